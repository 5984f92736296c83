import { record } from "../lib/fields.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";
import { versionOf } from "./programs.ts";

/** The first version of Claude Code that is known to give something, and what is shown of it. */
const SINCE: readonly (readonly [version: string, what: string])[] = [
  ["1.0.71", "the status line itself"],
  ["2.0.65", "the context window"],
  ["2.1.69", "the work tree"],
  ["2.1.80", "limits"],
  ["2.1.97", "refreshInterval"],
  ["2.1.119", "effort and thinking"],
  ["2.1.145", "the pull request"],
  ["2.1.153", "the terminal's width"],
];

/** The variable that shows the former status line, and what sets it. */
function deprecated({ world, client }: CheckContext): Check[] {
  const file = client.files.find(({ settings }) => record(settings?.env).STATUSLINE_VERSION === "1");
  const where = file === undefined ? "the environment" : file.path;
  if (file === undefined && world.env.STATUSLINE_VERSION !== "1") return [];
  const message = `STATUSLINE_VERSION=1 in ${where} shows the former status line; it is deprecated`;
  return [
    warning(
      "version",
      message,
      "unset it; `statusline setup --keep` keeps the former line as a part of the row",
    ),
  ];
}

/** Our version and Claude Code's, and what an older Claude Code does not give. */
export async function checkVersions(ground: CheckContext): Promise<Check[]> {
  return [...deprecated(ground), ...(await versions(ground))];
}

async function versions({ world, version }: CheckContext): Promise<Check[]> {
  const own = ok("version", `statusline ${version}`);
  const claude = Bun.which("claude", { PATH: world.childEnv().PATH ?? "" });
  if (claude === null) return [own, ok("claude", "not on PATH: its version is unknown")];
  const theirs = await versionOf(claude, world);
  if (theirs === "unknown")
    return [own, warning("claude", `${claude} does not print its version`, "run `claude --version`")];
  const missing = SINCE.filter(([since]) => Bun.semver.order(theirs, since) < 0);
  const text = `Claude Code ${theirs}`;
  if (missing.length === 0) return [own, ok("claude", `${text} reports everything that modules can show`)];
  const parts = missing.map(([since, what]) => `${what} (${since})`);
  return [own, warning("claude", `${text} does not report ${parts.join(", ")}`, "`claude update`")];
}
