import { UserError } from "../lib/user-error.ts";
import { download } from "./download.ts";

const RELEASES = "https://github.com/statusline-cc/statusline/releases";
const SUMS_LIMIT = 1024 * 1024;
const ARCHIVE_LIMIT = 512 * 1024 * 1024;
const NOTHING = "Nothing was changed.";

/** A release's archive for one kind of machine. */
export interface Release {
  readonly version: string;
  /** The archive's file name. */
  readonly archive: string;
  readonly url: string;
  readonly sha256: string;
}

/** Where releases lie: `STATUSLINE_BASE_URL`, else GitHub, as for `install.sh`. */
export function baseUrl(env: Readonly<Record<string, string | undefined>>): string {
  return (env.STATUSLINE_BASE_URL || RELEASES).replace(/\/$/, "");
}

/**
 * The latest release's archive for the kind of machine that `build` names. Its name and sum come from the sums; it is
 * downloaded from that release's own folder, so that a release made meanwhile does not come between.
 * @throws UserError when that cannot be determined
 */
export async function latestRelease(base: string, build: string): Promise<Release> {
  const url = `${base}/latest/download/SHA256SUMS`;
  const sums = new TextDecoder().decode(await download(url, SUMS_LIMIT));
  const lines = sums.split(/\r?\n/).map((line) => /^([0-9a-f]{64}) [ *](\S+)$/i.exec(line));
  for (const [, sha256 = "", archive = ""] of lines.filter((line) => line !== null)) {
    const version = versionIn(archive, build);
    if (version === null) continue;
    return { version, archive, url: `${base}/download/v${version}/${archive}`, sha256: sha256.toLowerCase() };
  }
  throw new UserError(1, `${url} has no checksum for statusline-*-${build}.tar.gz`, NOTHING);
}

function versionIn(archive: string, build: string): string | null {
  const [start, end] = ["statusline-", `-${build}.tar.gz`];
  if (!archive.startsWith(start) || !archive.endsWith(end)) return null;
  const version = archive.slice(start.length, -end.length);
  return /^\d[0-9A-Za-z.+-]*$/.test(version) ? version : null;
}

/**
 * Downloads the program of a release and checks it.
 * @throws UserError when the archive is not the one that the sums tell of, or has no program in it
 */
export async function programOf({ archive, url, sha256 }: Release): Promise<Uint8Array> {
  const bytes = await download(url, ARCHIVE_LIMIT);
  const actual = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
  if (actual !== sha256)
    throw new UserError(1, `${archive} has SHA-256 ${actual} instead of ${sha256}`, NOTHING);
  const name = `${archive.slice(0, -".tar.gz".length)}/statusline`;
  const file = await new Bun.Archive(bytes).files(name).then(
    (files) => files.get(name),
    () => undefined,
  );
  if (file === undefined) throw new UserError(1, `${archive} does not contain ${name}`, NOTHING);
  return file.bytes();
}
