import { baseName } from "../lib/paths.ts";
import { timeSpan } from "../lib/quantity.ts";
import { lifeOf } from "../refresher/refresher.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";

const SECOND = 1000;

/** A process as ps(1) lists it. */
interface Listed {
  readonly pid: number;
  readonly isOnTerminal: boolean;
  /** Milliseconds since it began. */
  readonly age: number;
  /** The name of its program. */
  readonly name: string;
}

/** Processes of this program that have been at work for longer than any has a reason to. */
export async function checkProcesses({ world, settings }: CheckContext): Promise<Check[]> {
  const ps = Bun.which("ps", { PATH: world.childEnv().PATH ?? "" });
  if (ps === null || process.getuid === undefined) return [];
  const columns = ["pid=", "tty=", "etime=", "comm="].flatMap((column) => ["-o", column]);
  const command = [ps, "-u", String(process.getuid()), ...columns];
  const { exitCode, stdout } = await world.exec(command, { timeout: 5 * SECOND });
  if (exitCode !== 0) return []; // A ps of another kind, that of BusyBox say.
  const longest = lifeOf(settings).end;
  const ours = stdout
    .split("\n")
    .flatMap(parseLine)
    .filter(({ name }) => name === "statusline");
  // Who configures sits at a terminal, and may take their time.
  const old = ours.filter(
    ({ age, isOnTerminal, pid }) => !isOnTerminal && age > longest && pid !== process.pid,
  );
  if (old.length === 0) return [ok("processes", "none left behind")];
  return old.map(({ pid, age }) => {
    const message = `process ${pid} of statusline has been running for ${timeSpan(age)}; none should run longer than ${timeSpan(longest)}`;
    return warning("processes", message, `kill ${pid}`);
  });
}

/** Reads `PID TTY [[DAYS-]HOURS:]MINUTES:SECONDS COMMAND`. */
function parseLine(line: string): Listed[] {
  const [, pid, tty = "", days = 0, hours = 0, minutes = 0, seconds = 0, command = ""] =
    /^ *(\d+) +(\S+) +(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+) +(.+)$/.exec(line) ?? [];
  if (pid === undefined) return [];
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const isOnTerminal = !/^[?-]+$/.test(tty);
  return [{ pid: Number(pid), isOnTerminal, age: total * SECOND, name: baseName(command.trim()) }];
}
