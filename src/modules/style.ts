import { defineLive } from "../define-module.ts";
import { truncate } from "../lib/text.ts";

/** The output style, where it is not the usual one. */
export const style = defineLive({
  moduleId: "style",
  description: "the output style, where it is not the default",
  icons: ["🎨", "\uf1fc", "style"],
  uses: ["outputStyle"],
  read: ({ outputStyle }) => (outputStyle === "default" ? null : outputStyle),
  format: (name) => [
    [{ text: truncate(name, 24), tone: "muted" }],
    [{ text: truncate(name, 10), tone: "muted" }],
  ],
});
