import { version } from "../../package.json";
import { print } from "../cli/print.ts";
import { usageOf } from "../cli/usage.ts";
import { UserError } from "../lib/user-error.ts";
import { buildName } from "../update/platform.ts";
import { baseUrl, latestRelease, programOf, type Release } from "../update/release.ts";
import { refuseForeign, replaceProgram } from "../update/replace.ts";
import type { World } from "../world.ts";

const NEWER_THERE_IS = 1;
const CANNOT_TELL = 2;

/**
 * `statusline update`: replaces this program by the latest release. With `--check` it only reports: exit code 0 when
 * this is the latest, 1 when there is a newer one, 2 when that cannot be found out. Nothing else of the program ever
 * opens a connection.
 * @throws UserError when it cannot be done: the program is as it was
 */
export async function update(world: World, args: readonly string[]): Promise<void> {
  const checks = args[0] === "--check";
  if (args.length > (checks ? 1 : 0)) throw new UserError(2, usageOf("update"));
  if (!Bun.isStandaloneExecutable)
    throw new UserError(CANNOT_TELL, "this runs from source", "`git pull` updates it.");
  return checks ? check(world) : replace(world);
}

async function check(world: World): Promise<void> {
  const latest = await latestOf(world).catch((error) => {
    throw error instanceof UserError ? new UserError(CANNOT_TELL, error.message, error.hint) : error;
  });
  if (isNewer(latest))
    throw new UserError(
      NEWER_THERE_IS,
      `statusline ${latest.version} is available; this is ${version}`,
      "`statusline update` installs it.",
    );
  await print(world, `statusline ${version} is the latest\n`);
}

async function replace(world: World): Promise<void> {
  refuseForeign(process.execPath);
  const latest = await latestOf(world);
  if (!isNewer(latest)) return print(world, `statusline ${version} is the latest\n`);
  await print(world, `downloading ${latest.url}\n`);
  await replaceProgram(process.execPath, await programOf(latest), world.childEnv());
  await print(
    world,
    `statusline ${latest.version} was installed as ${process.execPath}, replacing ${version}\n`,
  );
}

const latestOf = (world: World) => latestRelease(baseUrl(world.env), buildName(process.execPath));
const isNewer = (latest: Release) => Bun.semver.order(latest.version, version) > 0;
