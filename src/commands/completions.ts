import type { World } from "../world.ts";
import { bashCompletions } from "./completions/bash.ts";
import { fishCompletions } from "./completions/fish.ts";
import { zshCompletions } from "./completions/zsh.ts";
import type { SHELLS } from "./definitions.ts";
import { print } from "./print.ts";
import { wrongUsage } from "./usage.ts";

const made: Readonly<Record<(typeof SHELLS)[number], () => string>> = {
  bash: bashCompletions,
  zsh: zshCompletions,
  fish: fishCompletions,
};

/** `statusline completions SHELL`: what the shell needs to complete our command lines. @throws UserError for another shell */
export async function completions(world: World, args: readonly string[]): Promise<void> {
  const [shell = ""] = args;
  if (args.length !== 1 || !Object.hasOwn(made, shell)) throw wrongUsage(["completions"]);
  await print(world, made[shell as keyof typeof made]());
}
