import { statSync } from "node:fs";
import { writeAtomic } from "../../lib/atomic.ts";
import { printable } from "../../lib/text.ts";
import type { World } from "../../world.ts";
import { observed } from "../observed.ts";

/** An error that some process has logged. */
export interface LoggedError {
  readonly source: string;
  readonly message: string;
  /** Epoch ms. */
  readonly at: number;
  /** What was thrown, where that was in this process; else undefined. */
  readonly error: unknown;
}

/** How much of the log is looked at, bytes; the last errors of one run. */
const TAIL = 64 * 1024;
const MOST = 20;
/** Milliseconds after which an error is not worth a report. */
const OLD = 7 * 86_400_000;
// A render adds the beginning of its session's id to its name.
const LINE = /^(\S+Z) error ([^:/]+)(?:\/[\w-]+)?: (.*)$/;

/**
 * The errors that any process has logged since the last call by any process; at the first one, since this process started.
 * Renders log too, and send nothing themselves.
 * @throws system errors
 */
export function newErrors(world: World): LoggedError[] {
  const mark = `${world.paths.reports}/.reported`;
  const reported = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
  const since = Math.max(reported ?? Math.floor(performance.timeOrigin) - 1, Date.now() - OLD);
  const found = (world.readTail(world.paths.log, TAIL) ?? "").split("\n").flatMap(parseLine);
  const errors = found.filter(({ at }) => at > since && at <= Date.now());
  const last = errors.at(-1)?.at;
  if (last !== undefined || reported === undefined) writeAtomic(mark, "", last ?? since);
  return errors.slice(-MOST);
}

function parseLine(line: string): LoggedError[] {
  const [, time = "", source = "", message = ""] = LINE.exec(line) ?? [];
  const at = Date.parse(time);
  if (Number.isNaN(at)) return [];
  const own = observed.failures.find(
    (each) => each.source === source && printable(each.message).startsWith(message),
  );
  return [{ source, message, at, error: own?.error }];
}
