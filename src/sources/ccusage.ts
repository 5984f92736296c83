import { failureOf } from "../lib/exec.ts";
import type { World } from "../world.ts";
import { type Block, blockOf, type Day, dayOf, rowsOf } from "./ccusage-report.ts";

/** How one question to ccusage is asked: by which program, within how many milliseconds. */
export interface CcusageCall {
  readonly program: string;
  readonly world: World;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/**
 * Finds ccusage on PATH, and its native binary where its npm wrapper has one: the wrapper costs 100 ms of
 * Node and may leave the binary running when it is killed.
 * @throws Error when there is none
 */
export async function findCcusage(world: World): Promise<string> {
  const found = Bun.which("ccusage", { PATH: world.childEnv().PATH ?? "" });
  if (found === null) throw new Error("ccusage is not on PATH");
  return (await nativeBinary(found)) ?? found;
}

async function nativeBinary(found: string): Promise<string | null> {
  const [{ realpath, access, constants }, { dirname, join }] = await Promise.all([
    import("node:fs/promises"),
    import("node:path"),
  ]);
  const script = await realpath(found);
  if (!/[/\\]node_modules[/\\]ccusage[/\\]/.test(script)) return null;
  // …/node_modules/ccusage/src/cli.js → …/node_modules/@ccusage/ccusage-<platform>-<arch>/bin/ccusage
  const modules = script.slice(0, script.lastIndexOf("node_modules") + "node_modules".length);
  const name = `ccusage-${process.platform}-${process.arch}`;
  const suffix = process.platform === "win32" ? ".exe" : "";
  const candidates = [modules, join(dirname(dirname(script)), "node_modules")].map((folder) =>
    join(folder, "@ccusage", name, "bin", `ccusage${suffix}`),
  );
  for (const path of candidates) {
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

/** From which day on (`YYYYMMDD`), and the zone that days are counted in (IANA name). */
export interface Since {
  readonly since: string;
  readonly zone: string;
}

/**
 * Blocks that began on or after a day, oldest first.
 * @throws Error when ccusage fails or prints something else
 */
export async function blocks(from: Since, asking: CcusageCall): Promise<Block[]> {
  const rows = rowsOf(await ask(["blocks", ...options(from)], asking), "blocks");
  return rows.filter((row) => row.isGap !== true).map(blockOf);
}

/**
 * The days from `since` on that had any use, oldest first.
 * Since version 20 plain `daily` counts other agents too, and `claude daily` is Claude Code's own.
 * @throws Error when ccusage fails or prints something else
 */
export async function days(from: Since, asking: CcusageCall): Promise<Day[]> {
  const report = (await majorVersion(asking)) >= 20 ? ["claude", "daily"] : ["daily"];
  return rowsOf(await ask([...report, ...options(from)], asking), "daily").map(dayOf);
}

// All known generations (15 to 20) have these options.
const options = ({ since, zone }: Since) => ["--json", "--offline", "--since", since, "--timezone", zone];

async function majorVersion({ program, world, timeout, signal }: CcusageCall): Promise<number> {
  const result = await world.exec([program, "--version"], { timeout, signal });
  const major = Number(/(\d+)\.\d+\.\d+/.exec(result.stdout)?.[1]);
  if (!major) throw new Error(failureOf("ccusage --version", result));
  return major;
}

async function ask(args: string[], { program, world, timeout, signal }: CcusageCall): Promise<unknown> {
  const result = await world.exec([program, ...args], { timeout, signal });
  // Without any history it exits 1 with a text: that is an answer, and the answer is "nothing used".
  if (result.exitCode !== 0 && /No valid Claude data director/i.test(result.stderr)) return {};
  try {
    if (result.exitCode === 0) return JSON.parse(result.stdout);
  } catch {
    // Not JSON. The parser's message would quote what was printed.
  }
  throw new Error(failureOf(`ccusage ${args[0]}`, result));
}
