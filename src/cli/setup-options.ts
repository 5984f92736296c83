import { UserError } from "../lib/user-error.ts";
import { accountPlace, accountPlaces, projectPlace, type SettingsPlace } from "../settings/places.ts";
import type { World } from "../world.ts";

/** What `setup` and `uninstall` are called with. */
export interface SetupOptions {
  /** Flags without their `--`. */
  readonly flags: ReadonlySet<string>;
  /** Seconds; null where none are named. */
  readonly refresh: number | null;
}

/** Flags that exclude each other. */
const EITHER = [
  ["project", "all-accounts"],
  ["replace", "keep"],
] as const;

/**
 * Reads the arguments of a command that knows `flags`; `refresh` is one with a value.
 * @throws UserError with `usage` for anything else
 */
export function optionsIn(args: readonly string[], flags: readonly string[], usage: string): SetupOptions {
  const found = new Set<string>();
  let refresh: number | null = null;
  const rest = args.flatMap((arg) => (arg.startsWith("--refresh=") ? ["--refresh", arg.slice(10)] : [arg]));
  for (let n = 0; n < rest.length; n++) {
    const name = rest[n] === "-y" ? "yes" : (rest[n] ?? "").replace(/^--/, "");
    if (!rest[n]?.startsWith("-") || !flags.includes(name)) throw new UserError(2, usage);
    if (name === "refresh") refresh = secondsIn(rest[++n]);
    else found.add(name);
  }
  for (const [one, other] of EITHER)
    if (found.has(one) && found.has(other))
      throw new UserError(2, `--${one} and --${other} exclude each other`);
  return { flags: found, refresh };
}

function secondsIn(text = ""): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 1 && seconds <= 86_400) return seconds;
  throw new UserError(2, `--refresh takes seconds, 1 or more, not ${JSON.stringify(text)}`);
}

/** The files that a command is to work on. */
export function placesOf({ flags }: SetupOptions, world: World): SettingsPlace[] {
  if (flags.has("project")) return [projectPlace(world.cwd(), world)];
  return flags.has("all-accounts") ? accountPlaces(world) : [accountPlace(world.configDir)];
}

/** @throws UserError when a person would have to be asked and there is none */
export function needTerminal(command: string, { flags }: SetupOptions, world: World): void {
  if (flags.has("yes") || flags.has("dry-run") || world.stdinIsTerminal()) return;
  throw new UserError(
    2,
    `statusline ${command} asks before it writes, but there is no terminal`,
    "Use --yes to write without asking, or --dry-run to only show what would be written.",
  );
}

/**
 * Works on one place after the other, also when one cannot be used.
 * @throws what is thrown for the only one; else a UserError with all that was
 */
export async function eachOf(
  places: readonly SettingsPlace[],
  work: (place: SettingsPlace) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const place of places) await work(place).catch((error) => errors.push(error));
  if (errors.length === 0) return;
  if (errors.length === 1) throw errors[0];
  const { asUserError } = await import("../lib/system-error.ts");
  const told = errors.map(asUserError);
  const bug = told.find((error) => !(error instanceof UserError));
  throw (
    bug ??
    new UserError(
      1,
      (told as UserError[]).map(({ message }) => message).join("\n"),
      "Nothing was written there.",
    )
  );
}
