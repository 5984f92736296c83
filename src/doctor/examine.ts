import { asUserError } from "../lib/system-error.ts";
import { UserError } from "../lib/user-error.ts";
import { checkAccounts } from "./accounts.ts";
import { type Check, type CheckContext, type Group, problem } from "./check.ts";
import { checkFiles } from "./files.ts";
import { checkLocks } from "./locks.ts";
import { checkLog } from "./log.ts";
import { checkProcesses } from "./processes.ts";
import { checkPrograms } from "./programs.ts";
import { checkReports } from "./reports.ts";
import { checkRun } from "./run.ts";
import { checkSettings } from "./status-line.ts";
import { checkConfiguration, checkSessions, checkStored } from "./stored.ts";
import { checkTerminal } from "./terminal.ts";
import { checkTrust } from "./trust.ts";
import { checkVersions } from "./versions.ts";

/** All groups, in the order in which they are shown. What a run repairs in the background is looked at before it. */
const GROUPS: readonly (readonly [name: string, group: Group])[] = [
  ["settings", checkSettings],
  ["trust", checkTrust],
  ["files", checkFiles],
  ["locks", checkLocks],
  ["processes", checkProcesses],
  ["configuration", checkConfiguration],
  ["state", checkStored],
  ["session", checkSessions],
  ["accounts", checkAccounts],
  ["log", checkLog],
  ["reports", checkReports],
  ["run", checkRun],
  ["programs", checkPrograms],
  ["versions", checkVersions],
  ["terminal", checkTerminal],
];

/** Makes all checks, one group after the other: what one does must not disturb the times that another takes. */
export async function examine(ground: CheckContext): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, group] of GROUPS) checks.push(...(await made(name, group, ground)));
  return checks;
}

/** A file that a group cannot ask for what it wants to know is a problem like others. @throws Error for a bug */
async function made(name: string, group: Group, ground: CheckContext): Promise<readonly Check[]> {
  try {
    return await group(ground);
  } catch (thrown) {
    const error = asUserError(thrown);
    if (!(error instanceof UserError)) throw error;
    return [problem(name, error.message, error.hint)];
  }
}
