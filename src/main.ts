import { render } from "./commands/render.ts";
import { realWorld, type World } from "./world.ts";

/** The commands besides rendering. They load when they are called: rendering must not pay for them. */
const commands: Readonly<Record<string, (world: World, args: readonly string[]) => Promise<void>>> = {
  refresh: async (world, args) => (await import("./commands/refresh.ts")).refresh(world, args),
  config: async (world, args) => (await import("./commands/config.ts")).config(world, args),
  configure: async (world, args) => (await import("./commands/configure.ts")).configure(world, args),
  preview: async (world, args) => (await import("./commands/preview.ts")).preview(world, args),
  themes: async (world, args) => (await import("./commands/themes.ts")).themes(world, args),
  modules: async (world, args) => (await import("./commands/modules.ts")).modules(world, args),
  state: async (world, args) => (await import("./commands/state.ts")).state(world, args),
  profiles: async (world, args) => (await import("./commands/profiles.ts")).profiles(world, args),
  doctor: async (world, args) => (await import("./commands/doctor.ts")).doctor(world, args),
  completions: async (world, args) => (await import("./commands/completions.ts")).completions(world, args),
  man: async (world, args) => (await import("./commands/man.ts")).man(world, args),
  help: async (world, args) => (await import("./commands/help.ts")).help(world, args),
  "--help": async (world, args) => (await import("./commands/help.ts")).help(world, args),
  "-h": async (world, args) => (await import("./commands/help.ts")).help(world, args),
  "--version": async (world) => (await import("./commands/help.ts")).showVersion(world),
};

async function main(args: readonly string[], world: World): Promise<number> {
  const [name, ...rest] = args;
  // Without a command it draws the row; flags then say how.
  if (name === undefined || (name.startsWith("--") && !Object.hasOwn(commands, name))) {
    await render(world, args);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (command === undefined) throw (await import("./commands/usage.ts")).wrongUsage([], name);
    if (rest.includes("--help") || rest.includes("-h"))
      await (await import("./commands/help.ts")).helpFor(world, args);
    else await command(world, rest);
    return 0;
  } catch (error) {
    return (await import("./commands/failure.ts")).explain(error);
  }
}

process.exit(await main(process.argv.slice(2), realWorld()));
