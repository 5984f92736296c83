/** Follows what is stale; in ASCII `glyphs.ts` writes it as a word. */
export const STALE_MARK = " 🔴";
