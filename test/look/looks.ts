import { loadConfiguration } from "../../src/config/load.ts";
import { resolve } from "../../src/config/resolve.ts";
import { type LayoutName, presets } from "../../src/look/layouts.ts";
import type { Look } from "../../src/look/look.ts";
import { modules } from "../../src/modules/all.ts";
import { NOW, worldAt } from "../modules/shown.ts";

/** The look that such flags make, when nobody else says anything. */
export async function lookOf(...flags: string[]): Promise<Look> {
  return resolve(await loadConfiguration(modules, [], flags, worldAt(NOW)), modules).look;
}

export const layoutNames = Object.keys(presets) as LayoutName[];

/** The look that each layout brings. */
export const looks = Object.fromEntries(
  await Promise.all(layoutNames.map(async (name) => [name, await lookOf(`--layout=${name}`)])),
) as Readonly<Record<LayoutName, Look>>;
