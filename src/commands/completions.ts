import { bashCompletions } from "../cli/completions/bash.ts";
import { fishCompletions } from "../cli/completions/fish.ts";
import { zshCompletions } from "../cli/completions/zsh.ts";
import type { SHELLS } from "../cli/definitions.ts";
import { print } from "../cli/print.ts";
import { wrongUsage } from "../cli/usage.ts";
import type { World } from "../world.ts";

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
