import { expect, test } from "bun:test";
import { printable } from "../../src/lib/text.ts";
import type { Form } from "../../src/module.ts";
import { git } from "../../src/modules/git.ts";
import { project } from "../../src/modules/project.ts";
import { compose, type Part } from "../../src/render/compose.ts";
import { inAscii } from "../../src/render/glyphs.ts";
import { readLine } from "../render/sequences.ts";
import { awkwardNames } from "./awkward-names.ts";
import { layoutNames, looks } from "./looks.ts";

const WIDTHS = Array.from({ length: 60 }, (_, n) => n + 1);
const LONGEST = { git: 40, project: Number.POSITIVE_INFINITY };
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

const formsOf = {
  git: (branch: string) =>
    git.format(
      { head: { branch, commit: null, operation: null }, kind: "main", status: null, link: () => null },
      { maxLength: LONGEST.git },
    ),
  project: (name: string) => project.format({ name, below: "", link: () => "file:///" }, {}),
};

/** What of a whole text a cut one shows, or null when that is not its beginning. */
function shownOf(whole: string, shown: string, ellipsis: string): string | null {
  if (shown === whole) return whole;
  const beginning = shown.slice(0, -ellipsis.length);
  return shown.endsWith(ellipsis) && whole.startsWith(beginning) ? beginning : null;
}

function boundaries(text: string): Set<number> {
  return new Set([...Array.from(graphemes.segment(text), ({ index }) => index), text.length]);
}

test("there are 200 awkward names and more", () => {
  expect(awkwardNames.length).toBeGreaterThanOrEqual(200);
});

test.each(
  layoutNames.flatMap((layout) =>
    (["git", "project"] as const).map((moduleId) => [layout, moduleId] as const),
  ),
)("%s: %s shows of each name what fits in 1 to 60 columns, and cuts no character", (layout, moduleId) => {
  const look = looks[layout];
  const [ascii, segments] = [look.charset === "ascii", look.separator === "powerline"];
  const icon = look.icons[moduleId] === undefined ? "" : `${look.icons[moduleId]} `;
  const wrong: unknown[] = [];
  for (const name of awkwardNames) {
    const clean = ascii ? inAscii(printable(name)) : printable(name);
    const whole = icon + clean;
    const [all, ends] = [Bun.stringWidth(whole), boundaries(whole)];
    const forms: Form[] = Array.from(formsOf[moduleId](name));
    const part: Part = { moduleId, forms: () => forms, freshness: "current" };
    for (const columns of WIDTHS) {
      const frame = compose([part], look, { columns, rows: null, depth: segments ? 2 : 0, links: false });
      const { text, faults } = readLine(frame);
      const edged = segments && columns > 3;
      const shown = edged ? text.replace(/^ ([\s\S]*) \ue0b0$/, "$1") : text;
      const room = edged ? columns - 3 : columns;
      const told = (what: string) => wrong.push([what, name, columns, text]);
      if (faults.length > 0) told(faults.join());
      if (Bun.stringWidth(frame) > columns) told("too wide");
      if (Bun.stringWidth(clean.trim()) === 0) {
        if (frame !== "") told("shown, and nothing to see");
        continue;
      }
      const beginning = shownOf(whole, shown, ascii ? "~" : "…");
      if (beginning === null) told("no beginning of the name");
      else if (!ends.has(beginning.length)) told("cut within a character");
      if (all <= room && all - Bun.stringWidth(icon) <= LONGEST[moduleId] && shown !== whole)
        told("cut in vain");
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
});
