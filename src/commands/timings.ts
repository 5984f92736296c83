import { printError } from "../cli/print.ts";
import { render } from "../frame/render.ts";
import type { World } from "../world.ts";
import { helpText } from "./help.ts";

/**
 * `statusline --timings`: renders as Claude Code's call would, and prints on stderr what took how long. All that comes
 * before, the system's start of a process and Bun's own, is the same for every program that is made with Bun.
 * @param flags what else the program was called with
 */
export async function timings(makeWorld: () => World, flags: readonly string[]): Promise<void> {
  const start = Bun.nanoseconds();
  const world = makeWorld();
  const spent = { stdin: 0, printing: 0, printedAt: 0 };
  const watched: World = {
    ...world,
    async stdin() {
      const from = Bun.nanoseconds();
      const text = await world.stdin();
      spent.stdin = Bun.nanoseconds() - from;
      return text;
    },
    async stdout(text) {
      const from = Bun.nanoseconds();
      await world.stdout(text);
      spent.printedAt = Bun.nanoseconds();
      spent.printing = spent.printedAt - from;
    },
  };
  await render(watched, flags, async () => helpText(world));
  const end = Bun.nanoseconds();
  const steps = {
    "reading stdin": spent.stdin,
    "work until the row is printed": spent.printedAt - start - spent.stdin - spent.printing,
    printing: spent.printing,
    "work after that": end - spent.printedAt,
  };
  for (const [step, nanoseconds] of Object.entries(steps))
    printError(`${step.padEnd(32)}${(nanoseconds / 1e6).toFixed(2).padStart(7)} ms`);
}
