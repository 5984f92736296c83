import type { Look } from "../look/look.ts";
import type { ModuleSettings } from "../module.ts";
import type { BrokerOptions, PerformanceOptions, RendererOptions, ReportsOptions } from "./sections.ts";

/**
 * What the program runs with: the configuration of one session, checked, with every name worked out. Kept as a
 * snapshot, so that a render reads it as it is.
 */
export interface Settings {
  readonly look: Look;
  readonly modules: Readonly<Record<string, ModuleSettings>>;
  readonly renderer: Omit<RendererOptions, "colorEnabled">;
  readonly broker: BrokerOptions;
  readonly performance: PerformanceOptions;
  readonly reports: ReportsOptions;
  /** Differs between different settings. */
  readonly version: string;
  /** Whether something in the configuration is wrong: the row shows ⚙⚠. */
  readonly faulty: boolean;
}

/** Differs between settings that draw something otherwise. */
export function settingsId({ version, faulty }: Settings): string {
  return faulty ? `${version} faulty` : version;
}

/** A module's settings; one that the settings do not know is off. */
export function settingsOf(settings: Settings, moduleId: string): ModuleSettings {
  return settings.modules[moduleId] ?? OFF;
}

const OFF: ModuleSettings = {
  enabled: false,
  refreshInterval: 0,
  cacheTTL: 0,
  stalenessThreshold: 0,
  timeout: 0,
  maxRetries: 0,
  retryBackoff: 0,
  maxConcurrent: 1,
};
