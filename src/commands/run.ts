import type { Env, World } from "../world.ts";
import { explain } from "./failure.ts";

type Command = (world: World, args: readonly string[]) => Promise<void>;

const help: Command = async (world, args) => (await import("./help.ts")).help(world, args);

/** All that can be called by name; each loads when it is called. */
export const commands: Readonly<Record<string, Command>> = {
  refresh: async (world, args) => (await import("./refresh.ts")).refresh(world, args),
  config: async (world, args) => (await import("./config.ts")).config(world, args),
  configure: async (world, args) => (await import("./configure.ts")).configure(world, args),
  preview: async (world, args) => (await import("./preview.ts")).preview(world, args),
  themes: async (world, args) => (await import("./themes.ts")).themes(world, args),
  modules: async (world, args) => (await import("./modules.ts")).modules(world, args),
  state: async (world, args) => (await import("./state.ts")).state(world, args),
  profiles: async (world, args) => (await import("./profiles.ts")).profiles(world, args),
  setup: async (world, args) => (await import("./setup.ts")).setup(world, args),
  uninstall: async (world, args) => (await import("./uninstall.ts")).uninstall(world, args),
  update: async (world, args) => (await import("./update.ts")).update(world, args),
  doctor: async (world, args) => (await import("./doctor.ts")).doctor(world, args),
  completions: async (world, args) => (await import("./completions.ts")).completions(world, args),
  man: async (world, args) => (await import("./man.ts")).man(world, args),
  help,
  "--help": help,
  "-h": help,
  "--version": async (world) => (await import("./help.ts")).showVersion(world),
};

/**
 * Runs the command that is named, and tells on stderr why it failed.
 * @returns the exit code; null where no command is named but flags of the row are
 */
export async function run(given: readonly string[], makeWorld: (env?: Env) => World): Promise<number | null> {
  let words = given;
  let env: Env | undefined;
  if (given.some((word) => word === "--account" || word.startsWith("--account="))) {
    try {
      const { environmentOf, takeAccount } = await import("./account.ts");
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
    await (await import("./timings.ts")).timings(() => makeWorld(env), flags);
    return 0;
  }
  const world = makeWorld(env);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined && name.startsWith("--")) return null;
  try {
    if (command === undefined) throw (await import("./usage.ts")).wrongUsage([], name);
    if (args.includes("--help") || args.includes("-h"))
      await (await import("./help.ts")).helpFor(world, words);
    else await command(world, args);
    return 0;
  } catch (error) {
    return explain(error);
  }
}
