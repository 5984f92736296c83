import { acquire } from "../../lib/lock.ts";
import { privateFolder } from "../../lib/private-folder.ts";
import type { StatusModule } from "../../module.ts";
import type { World } from "../../world.ts";
import { observed } from "../observed.ts";
import { sessionHash } from "./identity.ts";
import { newErrors } from "./logged.ts";
import { send } from "./send.ts";
import { dropSurplus, store } from "./spool.ts";
import type { Target } from "./target.ts";

/** Milliseconds after which a process that reports is stuck. */
const STUCK = 10_000;

/**
 * Reports what went wrong since the last time, where the person wants that, and which of it could not be sent then. One process
 * at a time does that; the others leave it to the next.
 * @param sampleRate share of the runs, 0 to 1, that report how long their fetches have taken
 * @throws system errors
 */
export async function report(
  modules: readonly StatusModule[],
  target: Target,
  sampleRate: number,
  world: World,
): Promise<void> {
  if (privateFolder(world.paths.reports) === null) return;
  const lock = acquire(`${world.paths.locks}/reports.lock`, STUCK);
  if (lock === null) return;
  try {
    await collect(modules, target, sampleRate, world);
    dropSurplus(world);
    await send(target, world);
  } finally {
    lock.release();
  }
}

/** Stores what is to be reported. Sentry's SDK is loaded only where there is something. */
async function collect(modules: readonly StatusModule[], target: Target, sampleRate: number, world: World) {
  const errors = newErrors(world);
  const timings = Math.random() < sampleRate ? observed.timings : [];
  if (errors.length === 0 && timings.length === 0) return;
  const { makeEnvelopes } = await import("./envelopes.ts");
  const failed = observed.timings.filter((each) => each.failed).map(({ moduleId }) => moduleId);
  const findings = {
    errors,
    timings,
    failedModules: [...new Set(failed)].sort(),
    session: sessionHash(world),
  };
  const moduleIds = modules.map(({ moduleId }) => moduleId);
  await makeEnvelopes(findings, target, moduleIds, (envelope) => store(envelope, world));
}
