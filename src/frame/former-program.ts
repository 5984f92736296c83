import { messageOf } from "../lib/errors.ts";
import { inTime } from "../lib/in-time.ts";
import { log } from "../lib/log.ts";
import { commandIn } from "../settings/entry.ts";
import { readFormers } from "../settings/former.ts";
import { accountPlace, projectPlace } from "../settings/places.ts";
import type { World } from "../world.ts";

/** Milliseconds that the former status line may take. */
const LIMIT = 5000;
/** Milliseconds in which what it has written arrives after its end: its own children may hold its stdout for ever. */
const REST = 100;
export const DEPRECATED =
  "it is deprecated: unset it to show this program's row; --keep keeps the former one as a part of it";
/** Characters above which Claude Code shows nothing. */
const LONGEST = 1_000_000;

/**
 * `STATUSLINE_VERSION=1`: prints what the status line before the setup prints.
 * @returns null when that is done; else the world to draw ours in, whose stdin can be read once more
 */
export async function previous(world: World): Promise<World | null> {
  if (world.stdinIsTerminal()) return world;
  const document = world.stdin();
  const again = { ...world, stdin: () => document };
  try {
    const command = formerCommand(world);
    if (command === null) throw new Error("no former command is stored");
    const run = async (signal: AbortSignal) => ran(command, await document, signal, world);
    const printed = (await inTime(LIMIT, run)) ?? new Uint8Array();
    if (Bun.stripANSI(new TextDecoder().decode(printed)).trim() === "") throw new Error("it prints nothing");
    if (printed.length > LONGEST) throw new Error("it prints too much");
    await Bun.write(Bun.stdout, printed);
    logDeprecation(world);
    return null;
  } catch (error) {
    log(world.paths.log, "warning", "STATUSLINE_VERSION=1", messageOf(error));
    return again;
  }
}

/** Bytes of the log's end in which the notice is looked for. */
const NOTICED_IN = 256 * 1024;

/** Says in the log, once as long as it is there, that the variable will go. */
function logDeprecation(world: World): void {
  if (world.readTail(world.paths.log, NOTICED_IN)?.includes(DEPRECATED)) return;
  log(world.paths.log, "warning", "STATUSLINE_VERSION=1", DEPRECATED);
}

/** The command that was there before ours: in the project's settings, else in the account's. */
function formerCommand(world: World): string | null {
  const project = projectPlace(world.env.CLAUDE_PROJECT_DIR || world.cwd(), world);
  const formers = readFormers(world.paths);
  const own = accountPlace(world.configDir);
  return commandIn((formers[project.name] ?? formers[own.name])?.value ?? null);
}

/** Runs it as Claude Code would. @throws Error when it fails, or `signal` aborts */
async function ran(
  command: string,
  document: string,
  signal: AbortSignal,
  world: World,
): Promise<Uint8Array> {
  // Without the variable: should that command lead back here, ours is drawn.
  const { STATUSLINE_VERSION: _, ...env } = world.env;
  // In a group of its own, so that all of it can be ended.
  const child = Bun.spawn(["/bin/sh", "-c", command], {
    env,
    stdio: [new Blob([document.endsWith("\n") ? document : `${document}\n`]), "pipe", "ignore"],
    detached: true,
  });
  signal.addEventListener("abort", () => end(child.pid));
  // A client that ends this run means that one too.
  const stop = () => {
    end(child.pid);
    process.kill(process.pid, "SIGKILL");
  };
  process.once("SIGTERM", stop);
  try {
    const output = gathered(child.stdout);
    const code = await child.exited;
    if (code !== 0) throw new Error(`exit code ${code}`);
    await Promise.race([output.done, Bun.sleep(REST)]);
    return Buffer.concat(output.chunks);
  } finally {
    process.off("SIGTERM", stop);
  }
}

function gathered(stream: ReadableStream<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  const read = async () => {
    for await (const chunk of stream) chunks.push(chunk);
  };
  return { chunks, done: read() };
}

function end(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
