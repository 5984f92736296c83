import { readEntry } from "../broker/cache.ts";
import { readLastRender } from "../broker/last-render.ts";
import { PROFILE, profileKey } from "../broker/profile.ts";
import { messageOf } from "../lib/errors.ts";
import { isSafeId } from "../lib/paths.ts";
import { timeSpan, usd } from "../lib/quantity.ts";
import { UserError } from "../lib/user-error.ts";
import type { Session } from "../session.ts";
import { readState } from "../state/store.ts";
import { type Fields, isFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import { table } from "./table.ts";
import { takesNone } from "./usage.ts";

const MINUTE = 60_000;

/** `statusline profiles`: one line for each account. @throws UserError, after the table where a record cannot be read */
export async function profiles(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "profiles");
  const state = readState(world);
  const all = state.list("authProfiles").filter(isFields);
  if (all.length === 0) return world.stdout("no accounts yet: they appear with the first session\n");
  const sessions = state.list("sessions").filter(isFields);
  const { limits, unreadable } = limitsByProfile(sessions, world);
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
      limits.get(id),
    ];
  });
  await world.stdout(table(["label", "account", "sessions", "today", "block", "limits"], rows));
  if (unreadable.length > 0)
    throw new UserError(1, unreadable.join("\n"), "Without them limits may be missing.");
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

/** The limits that an account's latest session told; those whose time is over are left out. */
function limitsByProfile(sessions: readonly Fields[], world: World) {
  const found = new Map<string, Told>();
  const unreadable: string[] = [];
  for (const { sessionId } of sessions) {
    try {
      const told = limitsOf(String(sessionId), world);
      if (told !== null && told.at > (found.get(told.id)?.at ?? 0)) found.set(told.id, told);
    } catch (error) {
      unreadable.push(messageOf(error));
    }
  }
  return { limits: new Map([...found].map(([id, { text }]) => [id, text])), unreadable };
}

interface Told {
  /** The account. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

function limitsOf(sessionId: string, world: World): Told | null {
  const last = isSafeId(sessionId) ? readLastRender(world, sessionId) : null;
  if (last === null) return null;
  const { frame } = last;
  const { session } = last.rest();
  const entry = readEntry(world, PROFILE, profileKey(sessionId, session.profileHint));
  const id = (entry?.data as { id?: string } | null)?.id;
  const text = limitsText(session, world.now());
  return id === undefined || text === "" ? null : { id, at: frame.at, text };
}

function limitsText({ limits }: Session, now: number): string {
  const windows = { "5h": limits.fiveHour, week: limits.sevenDay };
  return Object.entries(windows)
    .flatMap(([name, limit]) =>
      limit !== null && limit.resetsAt * 1000 > now ? [`${name} ${limit.usedPercent}%`] : [],
    )
    .join(", ");
}
