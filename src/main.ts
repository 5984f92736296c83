import { render } from "./commands/render.ts";
import { realWorld } from "./world.ts";

// Without a command it draws the row, which flags may configure; all other commands load when they are called.
const args = process.argv.slice(2);
let exitCode: number | null = null;
if (args.length > 0) {
  const { run } = await import("./commands/run.ts");
  exitCode = await run(args, realWorld);
}
if (exitCode === null) await render(realWorld(), args);
process.exit(exitCode ?? 0);
