// The tests' own world: no user's home, zone, locale or colours.
import { afterAll } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

const home = mkdtempSync(`${tmpdir()}/statusline-home-`);
// Runs after the last test file: what is registered here belongs to all of them. Bun's tests emit no "exit".
afterAll(() => rmSync(home, { recursive: true, force: true }));
process.env.HOME = home;
process.env.TZ = "UTC";
process.env.LC_ALL = "C.UTF-8";
for (const name of ["CLAUDE_CONFIG_DIR", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"]) {
  delete process.env[name];
}
for (const name of Object.keys(process.env)) {
  if (/^(GIT_|STATUSLINE_)/.test(name)) delete process.env[name];
}
