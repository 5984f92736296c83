/** Columns of the terminal on stdout, or null when it is none. Apart, since to look at stdout costs a start 10 ms. */
export function terminalColumns(): number | null {
  return process.stdout.columns ?? null;
}
