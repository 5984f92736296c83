import { readFileSync } from "node:fs";

/** Names one process for good: a pid alone is used again, a pid with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; "" where that is not known. */
  readonly startTime: string;
}

/** The identity of a process, or null when it is not running. */
export function identify(pid: number): ProcessIdentity | null {
  return isRunning(pid) ? { pid, startTime: startTimeOf(pid) } : null;
}

/** Whether that very process still runs. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  const now = identify(pid);
  return now !== null && (startTime === "" || now.startTime === "" || now.startTime === startTime);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    if ((error as { code?: string }).code !== "EPERM") return false;
  }
  return stateOf(pid) !== "Z";
}

/** Fields of /proc/PID/stat after the command name, which may hold spaces and brackets (proc(5)). */
function procStat(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return []; // No /proc, or the process has just gone.
  }
}

const stateOf = (pid: number) => procStat(pid)[0];

function startTimeOf(pid: number): string {
  const fromProc = procStat(pid)[19];
  if (fromProc !== undefined || process.platform !== "darwin") return fromProc ?? "";
  const { stdout } = Bun.spawnSync(["/bin/ps", "-o", "lstart=", "-p", String(pid)], { stderr: "ignore" });
  return stdout.toString().trim();
}
