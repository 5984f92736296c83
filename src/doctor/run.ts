import { messageOf } from "../lib/errors.ts";
import { type ExecResult, exec } from "../lib/exec.ts";
import { count } from "../lib/fields.ts";
import { printable } from "../lib/text.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";
import { shownCommand, startedBy } from "./program.ts";

/** Milliseconds that one run may take here. Claude Code would wait longer, and show nothing meanwhile. */
const TIMEOUT = 5000;
/** More characters than this Claude Code does not show. */
const MOST = 1_000_000;
/** Runs that are timed, after a first one that warms the caches of the system. */
const TIMED = 5;
/** Milliseconds above which changes are seen to lag behind. */
const SLOW = 500;

/** Runs the configured command as Claude Code does, and sees what comes of it; and whether it is run often enough. */
export async function checkRun(ground: CheckContext): Promise<Check[]> {
  const command = ground.client.statusLine?.command ?? null;
  if (command === null) return [];
  const first = await run(command, ground);
  const wrong = typeof first === "string" ? first : wrongWith(first);
  if (wrong !== null)
    return [
      problem("run", `the command ${wrong}: Claude Code shows nothing`, hintFor(first, command)),
      interval(ground, null),
    ];
  const times: number[] = [];
  for (let n = 0; n < TIMED; n++) {
    const start = performance.now();
    await run(command, ground);
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(TIMED / 2)] ?? 0;
  const text = `it prints a row in ${Math.round(median)} ms`;
  const speed = median > SLOW ? warning("run", `${text}, which is slow`, SLOW_HINT) : ok("run", text);
  return [speed, interval(ground, median), ...padding(ground, command)];
}

const SLOW_HINT = "Claude Code ends a run when the next change comes: make the command faster.";

/** One run; the reason when it did not come to an end. */
async function run(command: string, { world, document }: CheckContext): Promise<ExecResult | string> {
  const cwd = world.cwd();
  // Without a session's id the run leaves no session behind in what is stored.
  const input = {
    ...document,
    cwd,
    workspace: { current_dir: cwd, project_dir: cwd, added_dirs: [] },
    session_id: null,
  };
  const env: Record<string, string> = {};
  // The command is the person's own, and Claude Code gives it the whole environment too.
  for (const [name, value] of Object.entries(world.env)) if (value !== undefined) env[name] = value;
  const ofClient = { CLAUDECODE: "1", CLAUDE_CODE_ENTRYPOINT: "cli", CLAUDE_PROJECT_DIR: cwd };
  const size = { COLUMNS: env.COLUMNS ?? "120", LINES: env.LINES ?? "40" };
  try {
    return await exec(["/bin/sh", "-c", command], {
      cwd,
      env: { ...env, ...ofClient, ...size },
      stdin: `${JSON.stringify(input)}\n`,
      timeout: TIMEOUT,
      maxOutput: 4 * MOST,
    });
  } catch (error) {
    const message = messageOf(error);
    if (/bytes of output/.test(message)) return TOO_MUCH;
    return /timed out after/.test(message)
      ? `timed out after ${TIMEOUT / 1000} s`
      : `cannot be started: ${message}`;
  }
}

const TOO_MUCH = "prints more than a million characters";

function wrongWith({ exitCode, stdout }: ExecResult): string | null {
  if (exitCode !== 0) return `ends with ${exitCode}`;
  if (stdout.trim() === "") return "prints nothing";
  return stdout.length > MOST ? TOO_MUCH : null;
}

function hintFor(result: ExecResult | string, command: string): string {
  if (typeof result === "string") return "Run it yourself to see what it waits for.";
  const lines = result.stderr.split("\n").map((line) => printable(line).trim());
  const said = (lines.find((line) => line !== "") ?? "").slice(0, 200);
  if (result.exitCode === 127) return said || "the shell finds no such command: use its absolute path";
  if (result.exitCode === 126) return said || "the file may not be executed: chmod +x";
  return said === ""
    ? `run it yourself: \`echo '{}' | ${printable(shownCommand(command))}\``
    : `it says: ${said}`;
}

/** @param median milliseconds that a run takes, null where none came to an end */
function interval({ client }: CheckContext, median: number | null): Check {
  const { refreshInterval, file } = client.statusLine ?? {};
  const set = `"refreshInterval": 10 in the statusLine of ${file?.path}`;
  if (refreshInterval === undefined)
    return warning("refresh", "no refreshInterval: an idle session keeps showing old values", set);
  const seconds = typeof refreshInterval === "number" ? refreshInterval : null;
  if (seconds === null || seconds < 1)
    return problem(
      "refresh",
      `refreshInterval is ${JSON.stringify(refreshInterval)}, which Claude Code ignores`,
      set,
    );
  if (median !== null && median >= seconds * 1000)
    return problem(
      "refresh",
      `a run takes longer than the ${seconds} s until the next one, which ends it`,
      set,
    );
  return ok("refresh", `every ${seconds} s`);
}

/** Claude Code's padding takes columns from the row; ours must know of it. */
function padding({ client, configuration, world }: CheckContext, command: string): Check[] {
  if (startedBy(command, world).kind === "other") return [];
  const { padding: given, file } = client.statusLine ?? {};
  const theirs = count(given) ?? 0;
  if (given !== undefined && count(given) === null) {
    const message = `padding in ${file?.path} is ${JSON.stringify(given)?.slice(0, 60)}, not a number of columns`;
    return [warning("padding", message, '"padding": 0 in that statusLine, or leave it out')];
  }
  const ours = configuration.effective.get("padding")?.value;
  if (ours === theirs) return [ok("padding", `${theirs} columns on both sides`)];
  const message = `padding is ${theirs} in ${file?.path} and ${ours} here: ${Number(ours) < theirs ? "long rows are cut off" : "some columns stay unused"}`;
  return [warning("padding", message, `statusline config set padding ${theirs}`)];
}
