import { worldsOf } from "../cli/account-option.ts";
import { printStyled } from "../cli/print.ts";
import { table } from "../cli/table.ts";
import { wrongUsage } from "../cli/usage.ts";
import { messageOf } from "../lib/errors.ts";
import { timeSpan, usd } from "../lib/quantity.ts";
import { UserError } from "../lib/user-error.ts";
import { limitsText, windowsOf } from "../modules/limits.ts";
import { knownLimits } from "../refresher/known-limits.ts";
import type { StateDocument } from "../state/document.ts";
import { readState } from "../state/store.ts";
import { isFields, type YamlFields } from "../state/yaml-text.ts";
import type { World } from "../world.ts";
import { addProfile, removeProfile } from "./state-edit.ts";

const MINUTE = 60_000;

/**
 * `statusline profiles`: one line for each account, those of other configuration directories too.
 * @throws UserError, after the table where a state or limits cannot be read
 */
export async function profiles(world: World, args: readonly string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === "add") return add(world, rest);
  if (name === "remove") return remove(world, rest);
  if (name !== undefined) throw wrongUsage(["profiles"], name);
  const unreadable: string[] = [];
  const worlds = worldsOf(world);
  const rows: unknown[][] = [];
  for (const each of worlds)
    for (const row of await rowsOf(each, unreadable)) rows.push([...row, each.configDir]);
  const several = worlds.length > 1;
  const heads = ["label", "account", "sessions", "today", "block", "limits", "directory"];
  if (rows.length > 0)
    await printStyled(
      world,
      several
        ? table(heads, rows)
        : table(
            heads.slice(0, -1),
            rows.map((row) => row.slice(0, -1)),
          ),
    );
  else if (unreadable.length === 0)
    await printStyled(world, "no accounts yet: one appears with its first session\n");
  if (unreadable.length > 0) throw new UserError(1, unreadable.join("\n"));
}

async function add(world: World, args: readonly string[]): Promise<void> {
  const [profileId, label, ...more] = args;
  if (profileId === undefined || more.length > 0 || args.some((arg) => arg.startsWith("-")))
    throw wrongUsage(["profiles", "add"]);
  await addProfile(profileId, label, world);
}

async function remove(world: World, args: readonly string[]): Promise<void> {
  const [profileId, ...more] = args.filter((arg) => arg !== "--yes");
  if (profileId === undefined || more.length > 0 || profileId.startsWith("-"))
    throw wrongUsage(["profiles", "remove"]);
  await removeProfile(profileId, args.includes("--yes"), world);
}

function rowsOf(world: World, unreadable: string[]): Promise<unknown[][]> {
  const state = stateOf(world, unreadable);
  const sessions = (state?.list("sessions") ?? []).filter(isFields);
  const all = (state?.list("authProfiles") ?? []).filter(isFields);
  return Promise.all(
    all.map(async (profile) => {
      const id = String(profile.profileId);
      const billing = isFields(profile.billing) ? profile.billing : {};
      return [
        profile.label,
        id,
        sessions.filter(({ authProfile }) => authProfile === id).length,
        isToday(billing, world.now()) ? today(billing) : null,
        block(billing, world.now()),
        await limitsOf(id, world, unreadable),
      ];
    }),
  );
}

function stateOf(world: World, unreadable: string[]): StateDocument | null {
  try {
    return readState(world);
  } catch (error) {
    unreadable.push(messageOf(error));
    return null;
  }
}

function today({ costToday, costTodayAtLeast: least }: YamlFields): string | null {
  if (typeof costToday === "number") return usd(costToday);
  return typeof least === "number" ? `≥${usd(least)}` : null;
}

/** Whether a sum of "today" was counted on this day, by local time. */
function isToday({ lastFetched }: YamlFields, now: number): boolean {
  return (
    typeof lastFetched === "number" && new Date(lastFetched).toDateString() === new Date(now).toDateString()
  );
}

/** Time left in the block, counted from when it was written. */
function block({ budgetRemaining, lastFetched, resetTime }: YamlFields, now: number): string | null {
  if (typeof budgetRemaining !== "number" || typeof lastFetched !== "number") return null;
  const left = budgetRemaining * MINUTE - (now - lastFetched);
  return left > 0 ? `${timeSpan(left)} left, until ${resetTime} UTC` : "none";
}

async function limitsOf(id: string, world: World, unreadable: string[]): Promise<string | null> {
  try {
    const known = await knownLimits(id, world);
    return (known && limitsText(windowsOf(known, world.now()))) || null;
  } catch (error) {
    unreadable.push(messageOf(error));
    return null;
  }
}
