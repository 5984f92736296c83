import { printable } from "../lib/text.ts";
import { UserError } from "../lib/user-error.ts";
import { type KnownAccount, knownAccounts, worldIn } from "../sources/account-index.ts";
import { accountsIn } from "../state/account-index.ts";
import { attempt } from "../state/parse.ts";
import { readState } from "../state/store.ts";
import type { Env, World } from "../world.ts";
import { printError } from "./print.ts";

/** The words of a command line without `--account NAME`, and that name; null: not given. @throws UserError without a name */
export function takeAccount(words: readonly string[]): { words: string[]; account: string | null } {
  const rest: string[] = [];
  let account: string | null = null;
  for (let n = 0; n < words.length; n++) {
    const word = words[n] ?? "";
    if (word === "--account") account = words[++n] ?? "";
    else if (word.startsWith("--account=")) account = word.slice("--account=".length);
    else rest.push(word);
  }
  if (account === "")
    throw new UserError(2, "--account takes an account's id or label, or a configuration directory");
  return { words: rest, account };
}

/** The environment in which a session of that account runs, after saying on stderr which it is. @throws UserError */
export function environmentOf(account: string, world: World): Env {
  const configDir = directoryOf(account, world);
  printError(`account ${printable(account)}: ${printable(configDir)}`);
  const { CLAUDE_CONFIG_DIR: _, ...env } = world.env;
  // Claude Code keeps a login elsewhere when its default directory is named than when nothing is.
  return configDir === `${world.home}/.claude` ? env : { ...env, CLAUDE_CONFIG_DIR: configDir };
}

/**
 * The configuration directory of an account: the one in use where it is known there, else the only one that has it.
 * @param account an id, a label, or the directory itself
 * @throws UserError when there is none, or several
 */
export function directoryOf(account: string, world: World): string {
  const known = [...accountsHere(world), ...knownAccounts(world)];
  const directories = [...new Set(known.map(({ configDir }) => configDir))];
  const named = directories.find((each) => each === account.replace(/(?<=.)\/+$/, ""));
  if (named !== undefined) return named;
  const found = known.filter(({ profileId, label }) => profileId === account || label === account);
  const candidates = [...new Set(found.map(({ configDir }) => configDir))];
  const [only, ...others] =
    candidates.includes(world.configDir) && isExplicit(world) ? [world.configDir] : candidates;
  if (only !== undefined && others.length === 0) return only;
  const name = JSON.stringify(printable(account));
  if (only === undefined) {
    const labels = [...new Set(known.map(({ label }) => printable(label)))];
    throw new UserError(1, `no account ${name}; known: ${labels.join(", ") || "none yet"}`);
  }
  throw new UserError(
    1,
    `account ${name} is in several configuration directories: ${candidates.map(printable).join(", ")}`,
    "Specify the directory: `--account DIRECTORY`.",
  );
}

const isExplicit = ({ env }: World) => Boolean(env.CLAUDE_CONFIG_DIR);

/** Those of the directory in use, as its state has them now. A state that cannot be read has none. */
function accountsHere(world: World): KnownAccount[] {
  // The command says so itself, if it needs the state.
  return attempt(() => accountsIn(readState(world), world)) ?? [];
}

/** The world of each configuration directory with accounts, the one in use first. */
export function worldsOf(world: World): World[] {
  const others = knownAccounts(world).map(({ configDir }) => configDir);
  return [...new Set([world.configDir, ...others])].map((configDir) => worldIn(configDir, world));
}
