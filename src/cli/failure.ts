import { hasCode, messageOf } from "../lib/errors.ts";
import { asUserError } from "../lib/system-error.ts";
import { UserError } from "../lib/user-error.ts";
import { printError } from "./print.ts";

/** Tells on stderr why a command failed. @returns the exit code: 2 for wrong usage, 1 for anything else */
export function explain(thrown: unknown): number {
  if (hasCode(thrown, "EPIPE")) return 0; // Whoever reads has seen enough: `statusline themes | head`.
  const error = asUserError(thrown);
  if (!(error instanceof UserError)) {
    printError(error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error));
    return 1;
  }
  printError(error.hint === "" ? error.message : `${error.message}\n${error.hint}`);
  return error.code;
}
