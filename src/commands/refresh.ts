import type { Settings } from "../config/settings.ts";
import { messageOf } from "../lib/errors.ts";
import { log } from "../lib/log.ts";
import { asUserError } from "../lib/system-error.ts";
import type { StatusModule } from "../module.ts";
import { step } from "../refresher/step.ts";
import { HEAD_START, takeTurn } from "../refresher/turn.ts";
import { requireStorage } from "../storage.ts";
import type { World } from "../world.ts";

/**
 * `statusline refresh`: fetches what is due, then ends. Its flags configure it, `--max-cache-size=100` say. Where another
 * refresher is at work this one ends before it has loaded what works.
 * @throws UserError for other arguments, and where nothing may be stored; Error when a fetch does not end in time
 */
export async function refresh(world: World, args: readonly string[]): Promise<void> {
  if (args.some((arg) => !arg.startsWith("--")))
    throw (await import("../cli/usage.ts")).wrongUsage(["refresh"]);
  requireStorage(world);
  try {
    const turn = await takeTurn(world);
    if (turn === null) return;
    await Bun.sleep(HEAD_START);
    const [{ refresh: refreshAll }, { configured }, { modules }, { overridesIn }] = await Promise.all([
      import("../refresher/refresher.ts"),
      import("../frame/session-settings.ts"),
      import("../modules/all.ts"),
      import("../parse-session.ts"),
    ]);
    const own = await configured({ projectDir: null, overrides: overridesIn(world.env, args) }, world);
    try {
      await refreshAll(modules, own, (session) => configured(session, world), turn, world);
    } finally {
      await step("reports", world, () => reportIfWanted(modules, own, world));
    }
  } catch (error) {
    log(world.paths.log, "error", "refresh", messageOf(asUserError(error)));
    throw error;
  }
}

/** Without a place to send reports to, nothing of what makes them is loaded. @throws system errors */
async function reportIfWanted(modules: readonly StatusModule[], own: Settings, world: World): Promise<void> {
  const { targetOf } = await import("../refresher/reports/target.ts");
  const target = targetOf(own, world);
  if (target === null || typeof target === "string") return;
  const { report } = await import("../refresher/reports/report.ts");
  await report(modules, target, own.reports.sampleRate, world);
}
