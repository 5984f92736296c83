import { NEVER, type Stamp, type Validity } from "../cache/saved-frame.ts";
import type { Settings } from "../config/settings.ts";
import type { Screen } from "../look/screen.ts";
import type { TmuxPane } from "../modules/tmux.ts";
import { terminalOf, usableColumns } from "../render/terminal.ts";
import type { Env } from "../world.ts";
import type { Reading } from "./readings.ts";

/** The screen, as the environment describes it; where that does not say how wide it is, tmux does. */
export function screenOf({ look }: Settings, readings: readonly Reading[], env: Env): Screen & Validity {
  const terminal = terminalOf(env);
  let { columns } = terminal;
  let stamps: readonly Stamp[] = [];
  let validUntil = NEVER;
  for (const reading of readings) {
    if (reading.module.moduleId !== "tmux") continue;
    columns ??= (reading.data as TmuxPane | null)?.width ?? null;
    ({ stamps, validUntil } = reading);
  }
  return {
    ...{ stamps, validUntil },
    columns: usableColumns(columns, look.padding),
    rows: terminal.rows,
    depth: look.colorEnabled ? terminal.depth : 0,
    links: look.links === "auto" ? terminal.links : look.links === "always",
  };
}
