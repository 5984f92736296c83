import { readEntry } from "../broker/cache.ts";
import { messageOf } from "../lib/errors.ts";
import { timeSpan, usd } from "../lib/quantity.ts";
import { UserError } from "../lib/user-error.ts";
import { limitsText, windowsOf } from "../modules/limits.ts";
import { type AccountLimits, limitsKey } from "../sources/limits.ts";
import { readState } from "../state/store.ts";
import { type Fields, isFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import { table } from "./table.ts";
import { takesNone } from "./usage.ts";

const MINUTE = 60_000;

/** `statusline profiles`: one line for each account. @throws UserError, after the table where limits cannot be read */
export async function profiles(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "profiles");
  const state = readState(world);
  const all = state.list("authProfiles").filter(isFields);
  if (all.length === 0) return world.stdout("no accounts yet: they appear with the first session\n");
  const sessions = state.list("sessions").filter(isFields);
  const unreadable: string[] = [];
  const rows = all.map((profile) => {
    const id = String(profile.profileId);
    const billing = isFields(profile.billing) ? profile.billing : {};
    const costToday = isToday(billing, world.now()) ? billing.costToday : null;
    return [
      profile.label,
      id,
      sessions.filter(({ authProfile }) => authProfile === id).length,
      typeof costToday === "number" ? usd(costToday) : null,
      block(billing, world.now()),
      limitsOf(id, world, unreadable),
    ];
  });
  await world.stdout(table(["label", "account", "sessions", "today", "block", "limits"], rows));
  if (unreadable.length > 0) throw new UserError(1, unreadable.join("\n"));
}

/** Whether a sum of "today" was counted on this day, by local time. */
function isToday({ lastFetched }: Fields, now: number): boolean {
  return (
    typeof lastFetched === "number" && new Date(lastFetched).toDateString() === new Date(now).toDateString()
  );
}

/** Time left in the block, counted from when it was written. */
function block({ budgetRemaining, lastFetched, resetTime }: Fields, now: number): string | null {
  if (typeof budgetRemaining !== "number" || typeof lastFetched !== "number") return null;
  const left = budgetRemaining * MINUTE - (now - lastFetched);
  return left > 0 ? `${timeSpan(left)} left, until ${resetTime} UTC` : "none";
}

/** The limits of an account, as its sessions' rows show them. */
function limitsOf(id: string, world: World, unreadable: string[]): string | null {
  try {
    const entry = readEntry(world, "limits", limitsKey(id, world));
    const windows = entry?.data ? windowsOf(entry.data as AccountLimits, world.now()) : [];
    return windows.length === 0 ? null : limitsText(windows);
  } catch (error) {
    unreadable.push(messageOf(error));
    return null;
  }
}
