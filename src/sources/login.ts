import type { World } from "../world.ts";

/** Who is logged in, without anything secret. */
export interface Identity {
  /** Distinguishes two accounts; a hash, so that no id of the account is written anywhere. */
  readonly fingerprint: string;
  readonly email: string | null;
}

/** Claude Code's own `.claude.json`: inside `CLAUDE_CONFIG_DIR` if that is set, else in the home directory. */
export function accountFile({ env, configDir, home }: World): string {
  return `${env.CLAUDE_CONFIG_DIR ? configDir : home}/.claude.json`;
}

/** More than the client ever writes there; a longer file is not read. */
const LONGEST = 64 * 1024 * 1024;

/**
 * Reads `oauthAccount` from `.claude.json`. No credential file is ever opened. Null without a login (an API key, say);
 * undefined when the file cannot be read: most likely it is being written just now; `doctor` reports something else in its place.
 */
export function identityOf(world: World): Identity | null | undefined {
  const path = accountFile(world);
  try {
    const text = world.readReplaced(path, LONGEST);
    if (text === null) return world.size(path) > LONGEST ? undefined : null;
    const { accountUuid, organizationUuid, emailAddress } = accountIn(text);
    if (typeof accountUuid !== "string" || accountUuid === "") return null;
    const hash = Bun.hash(`${accountUuid}/${organizationUuid ?? ""}`)
      .toString(16)
      .padStart(16, "0");
    return { fingerprint: `account:${hash}`, email: typeof emailAddress === "string" ? emailAddress : null };
  } catch {
    return undefined;
  }
}

const NAME = '"oauthAccount":';

/**
 * The account's fields. Renders read this file when the client has replaced it, and it holds megabytes for some people: so
 * only these fields are parsed, unless the name is there twice, or something else than a flat object.
 * @throws SyntaxError when the file is not JSON
 */
function accountIn(text: string): Readonly<Record<string, unknown>> {
  const at = text.indexOf(NAME);
  const isWhole = text.trimEnd().endsWith("}");
  if (at < 0 && isWhole) return {};
  const object = text.slice(at + NAME.length, text.indexOf("}", at) + 1).trimStart();
  const isPlain =
    isWhole && text.lastIndexOf(NAME) === at && object.startsWith("{") && object.indexOf("{", 1) < 0;
  try {
    if (isPlain) return JSON.parse(object);
  } catch {
    // A brace in a text; then all of it is parsed.
  }
  return JSON.parse(text)?.oauthAccount ?? {};
}
