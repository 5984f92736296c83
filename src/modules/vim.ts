import { defineLive } from "../define-module.ts";

/** The mode of the client's vim keys. */
export const vim = defineLive({
  moduleId: "vim",
  description: "the mode of the client's vim keys",
  icons: ["📟", "\ue7c5", ""],
  uses: ["vimMode"],
  read: (session) => session.vimMode,
  format(mode) {
    const tone = mode === "INSERT" ? "good" : mode === "NORMAL" ? "accent" : "warn";
    return [[{ text: mode, tone }], [{ text: [...mode][0] ?? "", tone }]];
  },
});
