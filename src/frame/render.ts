import { CLOCK_SLACK } from "../cache/freshness.ts";
import { readFrame, type SavedFrame } from "../cache/saved-frame.ts";
import { messageOf } from "../lib/errors.ts";
import { isSafeId } from "../paths.ts";
import type { World } from "../world.ts";
import type { Print } from "./draw.ts";
import { inputOf, reuseOf, savedFrameOf, sessionIdIn } from "./validity.ts";

/** Milliseconds until the last good frame is printed instead of a new one; a read that the system holds up is not cut off. */
const DEADLINE = 200;
/** Milliseconds after that until the run ends, whatever it still waits for. */
const WIND_UP = 100;

export type Help = (world: World) => Promise<string>;

/**
 * Prints the status line of the session on stdin. Never throws, and always prints at least one line.
 * @param flags what configures it, `--theme=nord` say
 * @param help what is printed for a person who starts the program at a terminal
 */
export async function render(outside: World, flags: readonly string[], help: Help): Promise<void> {
  let world = outside;
  if (world.env.STATUSLINE_VERSION === "1") {
    const former = await (await import("./former-program.ts")).previous(world);
    if (former === null) return;
    world = former;
  }
  const print = once((text) => world.stdout(`${text}\n`).catch(() => {})); // Nobody reads: nothing is left to do.
  const work = show(world, flags, print).catch(async (error) => {
    await print(await instead(world, help, error));
    await tell(world, world.env.CLAUDE_CODE_SESSION_ID ?? "", messageOf(error));
  });
  // `new Promise` would cost a start 140 µs.
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const late = setTimeout(() => {
    const windUp = () => setTimeout(end, WIND_UP);
    instead(world, help).then(print).finally(windUp);
  }, DEADLINE);
  work.then(() => {
    clearTimeout(late);
    end();
  });
  await ended;
}

/** What is printed where no frame can be made: a terminal on stdin is a person who wants to know what this is. */
async function instead(world: World, help: Help, error?: unknown): Promise<string> {
  return world.stdinIsTerminal() ? help(world) : lastGood(world, error);
}

/** A saved frame that is still valid is printed again; what draws a new one is not even loaded. */
async function show(world: World, flags: readonly string[], print: Print): Promise<void> {
  const input = inputOf(await world.stdin(), flags, world);
  const problems: string[] = [];
  let saved: SavedFrame | null = null;
  try {
    saved = savedFrameOf(input.text, world);
  } catch (error) {
    problems.push(messageOf(error));
  }
  const reuse = saved === null ? null : reuseOf(saved, input, world);
  if (saved !== null && reuse?.frame) return print(saved.text);
  const { draw } = await import("./draw.ts");
  problems.push(...(await draw(input, saved, reuse, world, print)));
  await tell(world, sessionIdIn(input.text), ...problems);
}

/** The last frame of this session; Claude Code names it in the environment too. */
async function lastGood(world: World, error?: unknown): Promise<string> {
  const sessionId = world.env.CLAUDE_CODE_SESSION_ID ?? "";
  try {
    const saved = isSafeId(sessionId) ? readFrame(world, sessionId) : null;
    if (saved !== null && saved.text.trim() !== "") {
      const [{ replay }, { terminalOf }] = await Promise.all([
        import("../render/last-good.ts"),
        import("../render/terminal.ts"),
      ]);
      return replay(saved.text, isStale(saved, world.now()), terminalOf(world.env));
    }
  } catch {
    // The state directory cannot be read; a line without it is still better than none.
  }
  const { note } = await import("../render/note.ts");
  if (error === undefined) return note("statusline: waiting for Claude Code", world.env);
  const text =
    error instanceof SyntaxError
      ? "statusline: the input cannot be read"
      : "statusline: an error, see `statusline doctor`";
  return note(text, world.env);
}

/** The age of one from the future is unknown. */
function isStale({ at, staleAt }: SavedFrame, now: number): boolean {
  return now >= staleAt || now < at - CLOCK_SLACK;
}

/** Logs errors with the beginning of the session's id. */
async function tell(world: World, sessionId: string, ...errors: string[]): Promise<void> {
  if (errors.length === 0) return;
  const { log } = await import("../lib/log.ts");
  const source = isSafeId(sessionId) ? `render/${sessionId.slice(0, 8)}` : "render";
  for (const error of errors) log(world.paths.log, "error", source, error);
}

function once(print: Print): Print {
  let printing: Promise<void> | null = null;
  return (text) => {
    printing ??= print(text);
    return printing;
  };
}
