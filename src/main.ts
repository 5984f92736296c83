import { render } from "./commands/render.ts";
import { realWorld, type World } from "./world.ts";

/** The commands besides rendering. They load when they are called: rendering must not pay for them. */
const commands: Readonly<Record<string, (world: World, args: readonly string[]) => Promise<void>>> = {
  refresh: async (world) => (await import("./commands/refresh.ts")).refresh(world),
  state: async (world, args) => (await import("./commands/state.ts")).state(world, args),
  profiles: async (world, args) => (await import("./commands/profiles.ts")).profiles(world, args),
  doctor: async (world, args) => (await import("./commands/doctor.ts")).doctor(world, args),
  "--help": async (world) => (await import("./commands/help.ts")).help(world),
  "--version": async (world) => (await import("./commands/help.ts")).showVersion(world),
};

async function main(args: readonly string[], world: World): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) return renderOrHelp(world);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    return (await import("./commands/failure.ts")).unknownCommand(name, Object.keys(commands));
  try {
    await command(world, rest);
    return 0;
  } catch (error) {
    return (await import("./commands/failure.ts")).explain(error);
  }
}

/** A terminal on stdin is a person who wants to know what this is, not Claude Code. */
async function renderOrHelp(world: World): Promise<number> {
  const command = world.stdinIsTerminal() ? (commands["--help"] ?? render) : render;
  await command(world, []);
  return 0;
}

process.exit(await main(process.argv.slice(2), realWorld()));
