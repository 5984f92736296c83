// The tests' own world: no user's home, zone, locale or colours.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";

process.env.HOME = mkdtempSync(`${tmpdir()}/statusline-home-`);
process.env.TZ = "UTC";
process.env.LC_ALL = "C.UTF-8";
for (const name of ["CLAUDE_CONFIG_DIR", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"]) {
  delete process.env[name];
}
for (const name of Object.keys(process.env)) {
  if (/^(GIT_|STATUSLINE_)/.test(name)) delete process.env[name];
}
