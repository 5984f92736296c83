import type { Settings } from "../../config/settings.ts";
import { record } from "../../lib/fields.ts";
import type { World } from "../../world.ts";

/** Where reports are sent. */
export interface Target {
  /** As it was given. */
  readonly dsn: string;
  readonly host: string;
  /** The address that takes envelopes (https://develop.sentry.dev/sdk/foundations/transport/envelopes/). */
  readonly url: string;
  /** The public key of the project there. */
  readonly key: string;
}

const VARIABLE = "SENTRY_DSN";

/** Where reports are to be sent; null: nowhere; a text: why what is wanted is not done. */
export function targetOf(
  { reports: { dsn } }: Pick<Settings, "reports">,
  world: World,
): Target | string | null {
  if (dsn === "off") return null;
  if (dsn !== "") return parseDsn(dsn) ?? "reports.dsn is not a DSN";
  const given = world.env[VARIABLE]?.trim() ?? "";
  if (given === "") return null;
  if (isSetByProject(world)) return `${VARIABLE} is set by the project, which may not say where reports go`;
  return parseDsn(given) ?? `${VARIABLE} is not a DSN, which is https://KEY@HOST/PROJECT`;
}

function parseDsn(dsn: string): Target | null {
  const url = URL.parse(dsn);
  const [, folder, project] = /^(.*\/)(\d+)$/.exec(url?.pathname ?? "") ?? [];
  if (url === null || !/^https?:$/.test(url.protocol) || url.username === "" || project === undefined)
    return null;
  return {
    dsn,
    host: url.host,
    url: `${url.origin}${folder}api/${project}/envelope/`,
    key: url.username,
  };
}

/** Bytes of a settings file that is read. */
const MOST = 1024 * 1024;

/** Claude Code gives its children the variables that a project's settings set. Settings that cannot be read may set any. */
function isSetByProject(world: World): boolean {
  const folders = [world.env.CLAUDE_PROJECT_DIR ?? world.cwd(), world.cwd()];
  const files = folders.flatMap((folder) => [
    `${folder}/.claude/settings.json`,
    `${folder}/.claude/settings.local.json`,
  ]);
  const own = `${world.configDir}/settings`;
  return files.some((path) => !path.startsWith(own) && world.mtime(path) !== null && mentions(path, world));
}

function mentions(path: string, world: World): boolean {
  try {
    return VARIABLE in record(record(JSON.parse(world.readText(path, MOST) ?? "")).env);
  } catch {
    return true;
  }
}
