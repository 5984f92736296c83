import { render } from "./frame/render.ts";
import { realWorld, type World } from "./world.ts";

/** For a person who starts the program at a terminal. */
const help = async (world: World) => (await import("./commands/help.ts")).helpText(world);

// Without a command it draws the row, which flags may configure; all other commands load when they are called.
const args = process.argv.slice(2);
let exitCode: number | null = null;
if (args.length > 0) {
  const { run } = await import("./dispatch.ts");
  exitCode = await run(args, realWorld);
}
if (exitCode === null) await render(realWorld(), args, help);
process.exit(exitCode ?? 0);
