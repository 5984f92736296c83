import type { World } from "../world.ts";

/** Who is logged in, without anything secret. */
export interface Identity {
  /** Tells two accounts apart; a hash, so that no id of the account is written anywhere. */
  readonly fingerprint: string;
  readonly email: string | null;
}

/**
 * Reads `oauthAccount` from Claude Code's own `.claude.json`: inside `CLAUDE_CONFIG_DIR` if that is set, else in
 * the home directory. No credential file is ever opened. Null without a login (an API key, say); undefined when the
 * file cannot be understood: most likely it is being written just now.
 */
export function identityOf(world: World): Identity | null | undefined {
  const folder = world.env.CLAUDE_CONFIG_DIR ? world.configDir : world.home;
  const text = world.readText(`${folder}/.claude.json`);
  if (text === null) return null;
  try {
    const { accountUuid, organizationUuid, emailAddress } = JSON.parse(text)?.oauthAccount ?? {};
    if (typeof accountUuid !== "string" || accountUuid === "") return null;
    const hash = Bun.hash(`${accountUuid}/${organizationUuid ?? ""}`)
      .toString(16)
      .padStart(16, "0");
    return { fingerprint: `account:${hash}`, email: typeof emailAddress === "string" ? emailAddress : null };
  } catch {
    return undefined;
  }
}
