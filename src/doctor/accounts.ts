import { printable } from "../lib/text.ts";
import { limitsText, windowsOf } from "../modules/limits.ts";
import { knownLimits } from "../refresher/known-limits.ts";
import { indexPath, isOurs, knownAccounts, worldIn } from "../sources/account-index.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";

/** The accounts that are known on this machine, with their directories and limits; the one in use first. */
export async function checkAccounts({ world }: CheckContext): Promise<Check[]> {
  const path = indexPath(world);
  if (path === null)
    return [warning("accounts", "HOME is not set: accounts of other directories are unknown")];
  if (!isOurs(path))
    return [
      warning(
        "accounts",
        `${path} is not a file that only you can write: accounts of other directories are unknown`,
        "Remove it; it will be created again.",
      ),
    ];
  const isHere = (configDir: string) => configDir === world.configDir;
  const known = knownAccounts(world).sort(
    (a, b) => Number(isHere(b.configDir)) - Number(isHere(a.configDir)),
  );
  const checks = await Promise.all(
    known.map(async ({ configDir, profileId, label }) => {
      const limits = await knownLimits(profileId, worldIn(configDir, world));
      const text = limits === null ? "" : limitsText(windowsOf(limits, world.now()));
      const use = isHere(configDir) ? " (in use)" : "";
      return ok("accounts", `${printable(label)}: ${printable(configDir)}${use}${text && `, ${text}`}`);
    }),
  );
  return checks.length > 0 ? checks : [ok("accounts", `none yet in ${printable(world.configDir)}`)];
}
