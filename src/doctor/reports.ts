import { waiting } from "../refresher/reports/spool.ts";
import { targetOf } from "../refresher/reports/target.ts";
import { type Check, type CheckContext, ok, warning } from "./check.ts";

/** Whether errors are reported, where to, and how many reports have not been sent yet. */
export function checkReports({ settings, world }: CheckContext): Check[] {
  const target = targetOf(settings, world);
  const { length } = waiting(world);
  const count = length === 0 ? "none waits" : length === 1 ? "one waits" : `${length} wait`;
  if (target === null)
    return [ok("reports", `off: no errors are sent anywhere${length > 0 ? `; ${count}` : ""}`)];
  if (typeof target === "string")
    return [
      warning("reports", `off: ${target}`, 'Set reports.dsn in your own file, to "off" if you want none.'),
    ];
  return [ok("reports", `on: errors are sent to ${target.host}; ${count}`)];
}
