/**
 * An error that the user can fix. `main` prints message and hint and exits with `code`:
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
