import { explain } from "./cli/failure.ts";
import type { Env, World } from "./world.ts";

type Command = (world: World, args: readonly string[]) => Promise<void>;

const help: Command = async (world, args) => (await import("./commands/help.ts")).help(world, args);

/** All that can be called by name; each loads when it is called. */
export const commands: Readonly<Record<string, Command>> = {
  refresh: async (world, args) => (await import("./commands/refresh.ts")).refresh(world, args),
  config: async (world, args) => (await import("./commands/config.ts")).config(world, args),
  configure: async (world, args) => (await import("./commands/configure.ts")).configure(world, args),
  preview: async (world, args) => (await import("./commands/preview.ts")).preview(world, args),
  themes: async (world, args) => (await import("./commands/themes.ts")).themes(world, args),
  modules: async (world, args) => (await import("./commands/modules.ts")).modules(world, args),
  state: async (world, args) => (await import("./commands/state.ts")).state(world, args),
  profiles: async (world, args) => (await import("./commands/profiles.ts")).profiles(world, args),
  setup: async (world, args) => (await import("./commands/setup.ts")).setup(world, args),
  uninstall: async (world, args) => (await import("./commands/uninstall.ts")).uninstall(world, args),
  update: async (world, args) => (await import("./commands/update.ts")).update(world, args),
  doctor: async (world, args) => (await import("./commands/doctor.ts")).doctor(world, args),
  completions: async (world, args) => (await import("./commands/completions.ts")).completions(world, args),
  man: async (world, args) => (await import("./commands/man.ts")).man(world, args),
  help,
  "--help": help,
  "-h": help,
  "--version": async (world) => (await import("./commands/help.ts")).showVersion(world),
};

/**
 * Runs the command that is named, and reports on stderr why it failed.
 * @returns the exit code; null where no command is named but flags of the row are
 */
export async function run(given: readonly string[], makeWorld: (env?: Env) => World): Promise<number | null> {
  let words = given;
  let env: Env | undefined;
  if (given.some((word) => word === "--account" || word.startsWith("--account="))) {
    try {
      const { environmentOf, takeAccount } = await import("./cli/account-option.ts");
      const taken = takeAccount(given);
      words = taken.words;
      if (taken.account !== null) env = environmentOf(taken.account, makeWorld());
    } catch (error) {
      return explain(error);
    }
  }
  const [name = "", ...args] = words;
  if (name.startsWith("--") && words.includes("--timings")) {
    const flags = words.filter((word) => word !== "--timings");
    await (await import("./commands/timings.ts")).timings(() => makeWorld(env), flags);
    return 0;
  }
  const world = makeWorld(env);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined && name.startsWith("--")) return null;
  try {
    if (command === undefined) throw (await import("./cli/usage.ts")).wrongUsage([], name);
    if (args.includes("--help") || args.includes("-h"))
      await (await import("./commands/help.ts")).helpFor(world, words);
    else await command(world, args);
    return 0;
  } catch (error) {
    return explain(error);
  }
}
