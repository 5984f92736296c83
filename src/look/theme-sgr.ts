import type { Theme } from "./look.ts";
import { foreground, isDark, surface } from "./palette.ts";
import type { Colors } from "./themes.ts";

/** A theme with its colours as SGR parameters. */
export function themeOf({ tones, surfaces, backgrounds }: Colors): Theme {
  const onDark = isDark(backgrounds[0] ?? "#000000");
  const entries = Object.entries(tones).map(([tone, color]) => [tone, foreground(color, onDark)]);
  return {
    tones: Object.fromEntries(entries) as Theme["tones"],
    surfaces: [surface(surfaces[0]), surface(surfaces[1])],
  };
}
