import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { themeOf } from "../../src/look/theme-sgr.ts";
import { colors } from "../../src/look/themes.ts";
import { inSandbox, Sandbox, sessionIn } from "../harness.ts";
import {
  configure,
  flags,
  fullSession,
  later,
  newId,
  pastRateLimit,
  rendered,
  type Values,
} from "./configured.ts";

// One session that has everything; each test looks at it in its own way.
const sandbox = new Sandbox();
let document: object;
beforeAll(async () => {
  Object.assign(sandbox.env, later(0), { COLUMNS: "500" });
  document = fullSession(sandbox);
  // Everything is fetched that has a place in any layout.
  await rendered(sandbox, document, { args: flags({ layout: "full" }) });
  await sandbox.settle();
  Object.assign(sandbox.env, later(1000));
});
afterAll(() => sandbox.remove());

const shown = (values: Values, env: Record<string, string> = {}) =>
  rendered(sandbox, document, { env, args: flags(values) });

const COLOURS = { NO_COLOR: "", FORCE_COLOR: "3" };
const bare = (lines: readonly string[]) => lines.map((line) => Bun.stripANSI(line));

describe("layout", () => {
  test.each([
    ["default", 2, /^widgets\/below {2}│ {2}main \?1 {2}│ {2}#128 approved .* {2,}NORMAL {2}│ {2}09:15$/],
    ["classic", 2, /^📁 widgets\/below {2}🌿 main \?1 {2}🤖 Opus 5\.5 {2}🧠 .* {2}🕐 09:15$/],
    ["minimal", 1, /^widgets\/below · main \?1 · ▎░.* · \$2\.47 session/],
    ["powerline", 2, /^\uf07b widgets\/below {2}\ue0b1 {2}\ue0a0 main \?1 {2}\ue0b1 {2}\uf2db Opus 5\.5/],
    ["ascii", 2, /^widgets\/below {2}\| {2}git: main \?1 {2}\| {2}Opus 5\.5 {2}\| {2}ctx [#.\-=]+ /],
    ["full", 3, /^📁 widgets\/below {2}│ .*🌳 feat-x from trunk .*💬 my session .*👤 ann's/],
  ] as const)("%s", async (layout, count, first) => {
    const lines = await shown({ layout });
    expect(lines).toHaveLength(count);
    expect(lines[0]).toMatch(first);
  });
});

describe("theme", () => {
  test("each has its own colours, and the same text", async () => {
    const plain = bare(await shown({ layout: "full" }));
    const seen = new Set<string>();
    for (const [theme, each] of Object.entries(colors)) {
      const lines = await shown({ layout: "full", theme }, COLOURS);
      expect(bare(lines)).toEqual(plain);
      expect(lines[0]).toContain(`\x1b[${themeOf(each).tones.accent[3]}mwidgets\x1b[0m`);
      seen.add(lines.join("\n"));
    }
    expect(seen.size).toBe(Object.keys(colors).length);
  });

  test.each([
    ["as the terminal has them", {}, COLOURS, true],
    ["not where colours are off", { "renderer.colorEnabled": false }, COLOURS, false],
    ["not where the terminal has none", { "renderer.colorEnabled": true }, {}, false],
  ] as const)("colours %s", async (_, values, env, there) => {
    expect((await shown(values, env)).join("").includes("\x1b[")).toBe(there);
  });
});

describe("icons, separator, charset", () => {
  test.each([
    ["none", "│  ▎"],
    ["emoji", "│  🧠 ▎"],
    ["nerd", "│  \uf0e4 ▎"],
    ["ascii", "│  ctx ▎"],
  ])("icons %s", async (icons, text) => expect((await shown({ icons }))[0]).toContain(text));

  test.each([
    ["bar", "widgets/below  │  main", {}],
    ["dot", "widgets/below · main", {}],
    ["slash", "widgets/below / main", {}],
    ["space", "widgets/below  main", {}],
    ["powerline", "widgets/below  \ue0b1  main", {}],
    ["powerline", " widgets/below \ue0b0 main", COLOURS],
  ] as const)("separator %s", async (separator, text, env) =>
    expect(bare(await shown({ separator }, env))[0]).toContain(text));

  test("charset: unicode has signs, ascii nothing beyond ASCII", async () => {
    expect((await shown({ charset: "unicode" })).join("")).toMatch(/[│▎░↻→]/);
    expect((await shown({ charset: "ascii" })).join("")).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe("links", () => {
  const link = (url: string, text: string) => `\x1b]8;;${url}\x1b\\${text}\x1b]8;;\x1b\\`;
  const repository = "https://github.com/acme/widgets";
  const all = [
    link(repository, "widgets"),
    link(`${repository}/tree/main`, "main"),
    link(`${repository}/pull/128`, "#128"),
  ];
  test.each<[links: string, told: string, expected: string[]]>([
    ["auto", "", []],
    ["auto", "0", []],
    ["auto", "1", all],
    ["always", "0", all],
    ["always", "", all],
    ["never", "1", []],
  ])("%s where FORCE_HYPERLINK is %p", async (links, FORCE_HYPERLINK, expected) => {
    const [first = ""] = await shown({ links }, FORCE_HYPERLINK === "" ? {} : { FORCE_HYPERLINK });
    expect(
      [...first.matchAll(/\x1b\]8;;[^\x1b]+\x1b\\[^\x1b]*\x1b\]8;;\x1b\\/g)].map(([text]) => text),
    ).toEqual(expected);
  });
});

describe("maxLines, padding, lines", () => {
  test.each([
    [0, "500", 3],
    [1, "500", 1],
    [2, "500", 2],
    [0, "100", 3],
    // What does not fit goes on to the next row, while there is one.
    [5, "100", 5],
  ] as const)("maxLines %i at %s columns", async (maxLines, COLUMNS, count) => {
    const lines = await shown({ layout: "full", maxLines }, { COLUMNS });
    expect(lines).toHaveLength(count);
    for (const line of lines) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(Number(COLUMNS) - 4);
    if (COLUMNS === "500" || maxLines === 5) {
      for (const text of ["widgets/below", "09:15", "medium", "$2.47", "v2.1.329"])
        expect(lines.join("\n")).toContain(text);
    }
  });

  test.each([0, 1, 10])("padding %i: at each side so many columns less", async (padding) =>
    // The clock stands at the right, so the line fills its room.
    expect(Bun.stringWidth((await shown({ padding }, { COLUMNS: "200" }))[0] ?? "")).toBe(196 - 2 * padding));

  test("lines instead of the layout's, with their alignment and what leaves first", async () => {
    const lines = [
      ["vim", { module: "pr", align: "flex" }, { module: "version", align: "right" }],
      ["project"],
    ];
    expect(await shown({ lines, layout: "full", icons: "none" }, { COLUMNS: "44" })).toEqual([
      "NORMAL      #128 approved       v2.1.329",
      "widgets/below",
    ]);
    for (const [priorities, left] of [
      [[3, 7], "v2.1.329"],
      [[7, 3], "NORMAL"],
    ] as const) {
      const each = ["vim", "version"].map((module, n) => ({ module, priority: priorities[n] }));
      expect(await shown({ lines: [each] }, { COLUMNS: "14" })).toEqual([left]);
    }
  });
});

describe("when a frame is made anew", () => {
  const only = (...names: string[]) => ({ lines: [names] });
  const frameFile = (box: Sandbox, id: string) => box.read(`${box.health}/frames/${id}.json`);

  test.each([
    [true, "is not written again"],
    [false, "is written again"],
  ])("deduplication %p: an unchanged frame %s", (deduplication) =>
    inSandbox(async (box) => {
      configure(box, { ...only("project", "version"), "renderer.deduplication": deduplication });
      const id = newId();
      const [line] = await rendered(box, sessionIn("/x/y", id));
      expect(line).toBe("y  │  v2.1.329");
      await pastRateLimit();
      await rendered(box, sessionIn("/x/y", id)); // Now the settings are kept too.
      const before = frameFile(box, id);
      await pastRateLimit();
      expect(await rendered(box, sessionIn("/x/y", id))).toEqual([line as string]);
      expect(frameFile(box, id) === before).toBe(deduplication);
      await pastRateLimit();
      expect(await rendered(box, sessionIn("/x/z", id))).toEqual(["z  │  v2.1.329"]);
    }));

  test.each(["10s", "0ms"])("rateLimitMs %s: another branch shows at once", (rateLimitMs) =>
    inSandbox(async (box) => {
      configure(box, { ...only("git"), "renderer.rateLimitMs": rateLimitMs });
      const repository = box.repository("r");
      const document = sessionIn(repository, newId());
      const branch = async () => (await rendered(box, document))[0]?.replace(/^(\w+)$/, "$1 …");
      expect(await branch()).toBe("main …");
      box.git(repository, "checkout", "-qb", "other");
      expect(await branch()).toBe("other …");
      await box.settle();
    }));

  test("rateLimitMs: how late a clock may be", () =>
    inSandbox(async (box) => {
      for (const [rateLimitMs, isReplayed] of [
        ["10s", true],
        ["0ms", false],
      ] as const) {
        configure(box, {
          lines: [["project"]],
          "modules.project.refreshInterval": "1ms",
          "renderer.rateLimitMs": rateLimitMs,
        });
        const id = newId();
        for (let n = 0; n < 2; n++) await rendered(box, sessionIn("/x/y", id));
        const before = frameFile(box, id);
        await Bun.sleep(20);
        await rendered(box, sessionIn("/x/y", id));
        expect(frameFile(box, id) === before).toBe(isReplayed);
      }
    }));
});
