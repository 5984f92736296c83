import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { themeOf } from "../../src/look/theme-sgr.ts";
import { colors } from "../../src/look/themes.ts";
import { modules } from "../../src/modules/all.ts";
import { previewFrame } from "../../src/preview/frame.ts";
import { documents } from "../../src/preview/sessions.ts";
import { svg } from "../../src/preview/svg.ts";
import { compose } from "../../src/render/compose.ts";
import { layoutNames, looks } from "../look/looks.ts";
import { defaults } from "../modules/shown.ts";
import { partsOf, scene } from "../render/arbitrary.ts";
import { readLine } from "../render/sequences.ts";
import { parseXml } from "./xml.ts";

const [document = {}] = Object.values(documents);
const textsOf = (picture: string) => parseXml(picture).filter(({ name }) => name === "text");

describe("the check that a picture is XML", () => {
  test.each([
    "",
    "text",
    "<a>",
    "<a></b>",
    "<a/><b/>",
    "<a>&nbsp;</a>",
    "<a>a & b</a>",
    "<a b=c/>",
    '<a b="<"/>',
    '<a b="1" b="2"/>',
    "<a>\0</a>",
    "<a/>x",
  ])("refuses %j", (text) => expect(() => parseXml(text)).toThrow());

  test("reads what is well formed", () => {
    expect(parseXml('<a b="&quot;"><c/>&lt;&#x27;&#65;</a>\n')).toEqual([
      { name: "a", attributes: { b: '"' }, text: "<'A" },
      { name: "c", attributes: {}, text: "" },
    ]);
  });
});

describe("a picture", () => {
  const looked = layoutNames.flatMap((layout) =>
    Object.keys(colors).map((theme) => [layout, theme as keyof typeof colors] as const),
  );

  test.each(looked)("of the layout %s in %s is well formed and shows the frame's text", (layout, name) => {
    const look = { ...looks[layout], theme: themeOf(colors[name]) };
    const screen = { columns: 100, rows: null, depth: 3, links: true } as const;
    const frame = previewFrame(document, { ...defaults, look }, modules, screen).split("\n");
    const [background] = colors[name].backgrounds;
    const [root, ...elements] = parseXml(svg(frame, 100, background));
    expect(root).toMatchObject({ name: "svg", attributes: { xmlns: "http://www.w3.org/2000/svg" } });
    expect(elements[0]).toMatchObject({ name: "rect", attributes: { fill: background } });
    const shown = elements.filter((each) => each.name === "text").map(({ text }) => text);
    // The edges of segments are drawn.
    const bare = (text: string) => text.replace(/[\s\ue0b0\ue0b2]/g, "");
    expect(bare(shown.join(""))).toBe(bare(frame.map((line) => readLine(line).text).join("")));
  });

  test("of any frame is well formed, and nothing in it stands outside", () => {
    fc.assert(
      fc.property(scene, ({ look, screen, values, faulty }) => {
        const frame = compose(partsOf(values), look, { ...screen, depth: 3 }, faulty).split("\n");
        const [root, ...elements] = parseXml(svg(frame, screen.columns, "#1e1e1e"));
        const [, , width = 0, height = 0] = (root?.attributes.viewBox ?? "").split(" ").map(Number);
        for (const { name, attributes } of elements.filter(({ attributes }) => "x" in attributes)) {
          const length = Number(attributes.textLength ?? attributes.width);
          expect([name, Number(attributes.x) + length <= width, Number(attributes.y) <= height]).toEqual([
            name,
            true,
            true,
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("has what it shows escaped", () => {
    const [text] = textsOf(svg([`<b>&amp; "x" 'y'`], 40, "#000000"));
    expect(text?.text).toBe(`<b>&amp; "x" 'y'`);
  });

  test("has colours, weight, backgrounds and places as the sequences say", () => {
    const line = "a\x1b[1;38;2;1;2;3;48;2;4;5;6m日b\x1b[0mc \x1b]8;;https://example.org\x1b\\d\x1b]8;;\x1b\\";
    const elements = parseXml(svg(["", line], 10, "#ffffff")).slice(3);
    const pick = (...names: string[]) =>
      elements.map(({ name, text, attributes }) => [name, text, ...names.map((each) => attributes[each])]);
    expect(pick("x", "fill", "font-weight", "textLength")).toEqual([
      ["text", "a", "14.0", "#383838", undefined, "8.4"],
      ["rect", "", "22.4", "rgb(4,5,6)", undefined, undefined],
      ["text", "日b", "22.4", "rgb(1,2,3)", "bold", "25.2"],
      ["text", "c ", "47.6", "#383838", undefined, "16.8"],
      ["text", "d", "64.4", "#383838", undefined, "8.4"],
    ]);
    expect(
      new Set(elements.filter(({ name }) => name === "text").map(({ attributes }) => attributes.y)).size,
    ).toBe(1);
  });

  test("has ink that is read on its background", () => {
    expect(textsOf(svg(["a"], 4, "#ffffff"))[0]?.attributes.fill).toBe("#383838");
    expect(textsOf(svg(["a"], 4, "#1e1e1e"))[0]?.attributes.fill).toBe("#c8c8c8");
  });

  test("of nothing is well formed", () => {
    expect(parseXml(svg([], 0, "#000000")).map(({ name }) => name)).toEqual(["svg", "rect", "g"]);
    expect(textsOf(svg(["", "  "], 10, "#000000"))).toEqual([]);
  });
});

test("the edges of segments are as high as the line, and point where they lead", () => {
  const line = ["a", "\ue0b0", "\ue0b2"].map((text) => `\x1b[38;2;1;2;3m${text}\x1b[0m`).join("");
  const drawn = parseXml(svg([line], 10, "#000000")).filter(({ name }) => name === "polygon");
  expect(drawn.map(({ attributes: { points, fill } }) => [points, fill])).toEqual([
    ["22.4,14 30.8,24 22.4,34", "rgb(1,2,3)"],
    ["39.2,14 30.8,24 39.2,34", "rgb(1,2,3)"],
  ]);
});
