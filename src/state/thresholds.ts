import type { StateDocument } from "./document.ts";
import { isFields, type Plain } from "./yaml-text.ts";

/** From these on a figure is worth a warning, or is critical; percent. */
export interface Marks {
  readonly warning: number;
  readonly critical: number;
}

/** What a person may set in `runtime-state.yaml`, for all accounts or for one. */
export interface Thresholds {
  /** Of the context window. */
  readonly context: Marks;
  /** Of a rate limit. */
  readonly limits: Marks;
  /** US dollars; null: no budget. */
  readonly budget: Readonly<Record<Period, number | null>>;
}

export const PERIODS = ["daily", "weekly", "monthly"] as const;
export type Period = (typeof PERIODS)[number];

const DEFAULTS: Thresholds = {
  context: { warning: 75, critical: 90 },
  limits: { warning: 80, critical: 95 },
  budget: { daily: null, weekly: null, monthly: null },
};

/** The thresholds of an account: its own, else those for all, else the defaults; field by field, one of a wrong type is not used. */
export function thresholdsOf(state: StateDocument | null, profileId: string): Thresholds {
  const layers = [state?.data.thresholds, state?.find("authProfiles", profileId)?.thresholds];
  return layers.reduce<Thresholds>(over, DEFAULTS);
}

function over(below: Thresholds, layer: Plain | undefined): Thresholds {
  const own = isFields(layer) ? layer : {};
  return {
    context: marksOver(below.context, own.context),
    limits: marksOver(below.limits, own.limits),
    budget: budgetOver(below.budget, own.budget),
  };
}

const isAmount = (value: Plain | undefined): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;

function marksOver(below: Marks, layer: Plain | undefined): Marks {
  const { warning, critical } = isFields(layer) ? layer : {};
  return {
    warning: isAmount(warning) ? warning : below.warning,
    critical: isAmount(critical) ? critical : below.critical,
  };
}

function budgetOver(below: Thresholds["budget"], layer: Plain | undefined): Thresholds["budget"] {
  const own = isFields(layer) ? layer : {};
  const of = (period: Period) => {
    const value = own[period];
    return value === null || isAmount(value) ? value : below[period];
  };
  return { daily: of("daily"), weekly: of("weekly"), monthly: of("monthly") };
}
