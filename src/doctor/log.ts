import { timeSpan } from "../lib/quantity.ts";
import { printable } from "../lib/text.ts";
import type { World } from "../world.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";

/** Bytes of the log's end that are read. */
const BYTES = 64 * 1024;
/** Lines that are shown below the checks. */
const LINES = 10;
const DAY = 86_400_000;
/** Different errors that are listed, the latest first. */
const LISTED = 5;

/** The last warnings and errors. */
export function recentLog(world: World): string[] {
  return textOf(world)
    .split("\n")
    .filter((line) => / (warning|error) /.test(line))
    .slice(-LINES)
    .map(printable);
}

function textOf(world: World): string {
  try {
    return world.readTail(world.paths.log, BYTES) ?? "";
  } catch {
    return ""; // Other checks report why.
  }
}

/** What has gone wrong in the last day: each error once, with how often it was logged and how long ago. */
export async function checkLog({ world }: CheckContext): Promise<Check[]> {
  const now = Date.now();
  const found = errorsSince(now - DAY, textOf(world));
  if (found.length === 0) return [ok("log", "no error in the last day")];
  const hint = "The lines below show what happened.";
  const lines = found.slice(0, LISTED).map(({ text, count, last, sessions }) => {
    const times = count === 1 ? "" : ` (${count} times)`;
    const ofSessions = sessions.size === 0 ? "" : ` in ${[...sessions].slice(0, LISTED).join(", ")}`;
    const ago = timeSpan(Math.max(now - last, 0));
    return warning("log", `${printable(text)}${times}${ofSessions}, ${ago} ago`, hint);
  });
  const more = found.length - lines.length;
  return more === 0 ? lines : [...lines, warning("log", `and ${more} other errors`, hint)];
}

interface LoggedError {
  /** Source and message. */
  readonly text: string;
  readonly count: number;
  /** Epoch ms. */
  readonly last: number;
  /** The beginnings of the ids of the sessions that logged it, where it was a row's. */
  readonly sessions: ReadonlySet<string>;
}

const LINE = /^(\S+) error ([^:/]+)(?:\/([\w-]+))?: (.+)$/;

/** The errors since a time, each once, the latest first. */
function errorsSince(since: number, log: string): LoggedError[] {
  const found = new Map<string, LoggedError>();
  for (const line of log.split("\n")) {
    const [, time = "", source = "", session, message = ""] = LINE.exec(line) ?? [];
    const last = Date.parse(time);
    if (!(last >= since)) continue;
    const text = `${source}: ${message}`;
    const before = found.get(text);
    found.delete(text);
    const sessions = new Set([...(before?.sessions ?? []), ...(session === undefined ? [] : [session])]);
    found.set(text, { text, count: (before?.count ?? 0) + 1, last, sessions });
  }
  return [...found.values()].reverse();
}
