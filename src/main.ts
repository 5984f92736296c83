import { render } from "./commands/render.ts";
import { realWorld, type World } from "./world.ts";

/** Without a command it draws the row, which flags may configure; all other commands load when they are called. */
async function main(args: readonly string[], world: World): Promise<number> {
  if (args.length > 0) {
    const { run } = await import("./commands/run.ts");
    const exitCode = await run(args, world);
    if (exitCode !== null) return exitCode;
  }
  await render(world, args);
  return 0;
}

process.exit(await main(process.argv.slice(2), realWorld()));
