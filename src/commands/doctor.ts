import kleur from "kleur";
import { version } from "../../package.json";
import { configurationHere } from "../cli/configuration.ts";
import { printableLines, printJson, printStyled } from "../cli/print.ts";
import { takesNone } from "../cli/usage.ts";
import { resolve } from "../config/resolve.ts";
import type { Check, CheckContext, Status } from "../doctor/check.ts";
import { clientSettings } from "../doctor/client.ts";
import { examine } from "../doctor/examine.ts";
import { recentLog } from "../doctor/log.ts";
import { flagsIn, startedBy } from "../doctor/program.ts";
import { printable } from "../lib/text.ts";
import { UserError } from "../lib/user-error.ts";
import { modules } from "../modules/all.ts";
import { workingDay } from "../preview/sessions.ts";
import type { World } from "../world.ts";

/**
 * `statusline doctor [--json]`: what makes rows blank or wrong here, and what to do about it.
 * @throws UserError when there is a problem, after the list
 */
export async function doctor(world: World, args: readonly string[]): Promise<void> {
  takesNone(
    args.filter((arg) => arg !== "--json"),
    "doctor",
  );
  const checks = await examine(await groundOf(world));
  const log = recentLog(world);
  const counts = countsOf(checks);
  if (args.length > 0) await printJson(world, { version, checks, log });
  else
    await printStyled(
      world,
      listed(checks, log, world) + (counts.problem === 0 ? `\n${verdict(counts)}\n` : ""),
    );
  if (counts.problem > 0) throw new UserError(1, verdict(counts));
}

async function groundOf(world: World): Promise<CheckContext> {
  const client = clientSettings(world);
  const command = client.statusLine?.command ?? "";
  const flags = startedBy(command, world).kind === "other" ? [] : flagsIn(command);
  const configuration = await configurationHere(world, flags);
  const settings = resolve(configuration, modules);
  return { world, client, configuration, settings, document: workingDay, version };
}

const SIGNS: Readonly<Record<Status, string>> = {
  ok: kleur.green("✓"),
  warning: kleur.yellow("!"),
  problem: kleur.red("✗"),
};

function listed(checks: readonly Check[], log: readonly string[], world: World): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, message, hint }) => {
    const line = `${SIGNS[status]} ${name.padEnd(width)}  ${printableLines(message)}`;
    return hint === "" ? [line] : [line, `  ${" ".repeat(width)}  ${kleur.dim(`→ ${printableLines(hint)}`)}`];
  });
  const told =
    log.length === 0
      ? []
      : ["", `Last of ${printable(world.paths.log)}:`, ...log.map((line) => `  ${printable(line)}`)];
  return `${[...lines, ...told].join("\n")}\n`;
}

function countsOf(checks: readonly Check[]): Record<Status, number> {
  const count = (status: Status) => checks.filter((check) => check.status === status).length;
  return { ok: count("ok"), warning: count("warning"), problem: count("problem") };
}

function verdict({ problem, warning }: Record<Status, number>): string {
  if (problem + warning === 0) return "no problems";
  const many = (count: number, what: string) =>
    `${count === 0 ? "no" : count} ${what}${count === 1 ? "" : "s"}`;
  return [many(problem, "problem"), ...(warning > 0 ? [many(warning, "warning")] : [])].join(", ");
}
