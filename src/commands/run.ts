import type { World } from "../world.ts";
import { explain, unknownCommand } from "./failure.ts";

type Command = (world: World, args: readonly string[]) => Promise<void>;

const commands: Readonly<Record<string, Command>> = {
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
  "--help": async (world) => (await import("./help.ts")).help(world),
  "--version": async (world) => (await import("./help.ts")).showVersion(world),
};

/**
 * Runs the command that is named, and tells on stderr why it failed.
 * @returns the exit code; null where no command is named but flags of the row are
 */
export async function run([name = "", ...args]: readonly string[], world: World): Promise<number | null> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    return name.startsWith("--") ? null : unknownCommand(name, Object.keys(commands));
  try {
    await command(world, args);
    return 0;
  } catch (error) {
    return explain(error);
  }
}
