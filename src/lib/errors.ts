/**
 * An error that is the user's to mend. `main` prints message and hint and exits with `code`:
 * 1 for "could not be done", 2 for wrong usage. Anything else that is thrown is a bug.
 */
export class UserError extends Error {
  constructor(
    readonly code: 1 | 2,
    message: string,
    readonly hint = "",
  ) {
    super(message);
    this.name = "UserError";
  }
}

/** The message of anything that was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, " ").trim();
}

/** Whether `error` is a system error with one of these codes (`ENOENT`, `EEXIST` …). */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && codes.includes(code);
}
