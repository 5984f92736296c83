import { describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { presets } from "../../src/look/layouts.ts";
import { colors } from "../../src/look/themes.ts";
import { modules } from "../../src/modules/all.ts";
import { documents } from "../../src/preview/sessions.ts";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { configure, fields, flags } from "./configured.ts";

const run = (sandbox: Sandbox, args: readonly string[], env: Record<string, string> = {}) =>
  sandbox.run("", env, [...args]);

async function printed(sandbox: Sandbox, args: readonly string[], env = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await run(sandbox, args, env);
  expect([args, exitCode, stderr]).toEqual([args, 0, ""]);
  return stdout;
}

const COLOURS = { NO_COLOR: "", FORCE_COLOR: "3" };

describe("themes", () => {
  test("each with its name, what it is for, and a line in its colours", () =>
    inSandbox(async (sandbox) => {
      const blocks = (await printed(sandbox, ["themes"], COLOURS)).trimEnd().split("\n\n");
      expect(blocks.map((block) => block.split("\n")[0])).toEqual(
        Object.entries(colors).map(([name, { description }]) => `${name}: ${description}`),
      );
      expect(new Set(blocks.map((block) => block.split("\n")[1])).size).toBe(blocks.length);
      expect(await printed(sandbox, ["themes"])).not.toContain("\x1b[");
    }));
});

describe("modules", () => {
  test("each with its place, how often it is fetched, and what it shows", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, {
        layout: "minimal",
        "modules.git.enabled": false,
        "modules.version.enabled": true,
        "modules.cost.refreshInterval": "7m",
      });
      const [head, ...rows] = (await printed(sandbox, ["modules"])).trimEnd().split("\n");
      expect(head).toMatch(/^MODULE +SHOWN +REFRESHED +WHAT IT SHOWS$/);
      expect(rows.map((row) => row.split(" ")[0])).toEqual(modules.map(({ moduleId }) => moduleId));
      for (const row of [
        /^project +line 1 +each run +the project's name/m,
        /^git +off +10s +branch/m,
        /^version +line 1 +each run/m,
        /^cost +line 1 +7m +/m,
        /^weekly {2,}5m +/m,
      ])
        expect(rows.join("\n")).toMatch(row);
    }));
});

describe("preview", () => {
  test("every sample session, each with its title", () =>
    inSandbox(async (sandbox) => {
      const blocks = (await printed(sandbox, ["preview"])).trimEnd().split("\n\n");
      expect(blocks.map((block) => block.split("\n")[0])).toEqual(Object.keys(documents));
      expect(blocks[0]).toContain("\nproj  │  main ↑1 +2 ?3  │  Opus 5.5  │  ");
    }));

  test.each([
    [["--layout", "ascii"], /^proj {2}\| {2}git: main/m],
    [["--layout=ascii"], /^proj {2}\| {2}git: main/m],
    [["--icons", "emoji", "--separator=dot"], /^📁 proj · 🌿 main/m],
    [["--max-lines", "1"], /^.* main .*\$2\.47/m],
    [["--cells-context=3"], /│ {2}█▏░ 38%/],
    [['--lines=[["vim"],["version"]]'], /^v2\.1\.329$/m],
    [["--enabled-version", "--layout=minimal"], /· v2\.1\.329$/m],
    [["--color-enabled", "false"], /^proj/m],
  ])("%j", (args, line) =>
    inSandbox(async (sandbox) =>
      expect(await printed(sandbox, ["preview", ...args], { COLUMNS: "164" })).toMatch(line),
    ));

  test("with every flag that there is, in both forms", () =>
    inSandbox(async (sandbox) => {
      // To switch a module on that is on already adds it where the layout lacks it.
      const shown = fields.filter(({ key, ownFilesOnly }) => !ownFilesOnly && !key.endsWith(".enabled"));
      const values = Object.fromEntries(shown.map((field) => [field.key, field.default]));
      const joined = flags(values);
      const apart = joined.flatMap((flag) => [
        flag.slice(0, flag.indexOf("=")),
        flag.slice(flag.indexOf("=") + 1),
      ]);
      const plain = await printed(sandbox, ["preview"]);
      expect(await printed(sandbox, ["preview", ...joined])).toBe(plain);
      expect(await printed(sandbox, ["preview", ...apart])).toBe(plain);
    }));

  test.each([
    [["--width", "60"], {}, 56],
    [["--width=120"], {}, 116],
    [["--width=120", "--padding", "5"], {}, 106],
    [[], { COLUMNS: "90" }, 86],
    [[], { COLUMNS: "" }, 76],
  ])("%j with %j: no line is wider than it may be, and the clock stands at its end", (args, env, columns) =>
    inSandbox(async (sandbox) => {
      const lines = (await printed(sandbox, ["preview", ...args], env)).split("\n");
      for (const line of lines) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(Bun.stringWidth(lines[1] ?? "")).toBe(columns);
    }));

  test("--all: one session in every theme, with what else was asked for", () =>
    inSandbox(async (sandbox) => {
      const text = await printed(
        sandbox,
        ["preview", "--all", "--theme", "nord", "--layout=minimal"],
        COLOURS,
      );
      const blocks = text.trimEnd().split("\n\n");
      expect(blocks.map((block) => block.split(":")[0])).toEqual(Object.keys(colors));
      expect(new Set(blocks.map((block) => block.slice(block.indexOf("\n")))).size).toBe(blocks.length);
      for (const block of blocks) expect(Bun.stripANSI(block)).toMatch(/\nproj · main [^\n]*\$2\.47[^\n]*$/);
    }));

  test.each<string[]>([
    ["--width", "wide"],
    ["--width", "0"],
    ["--width=-5"],
    ["--width=1.5"],
    ["--width"],
    ["--svg"],
    ["--all=yes"],
    ["--theme", "norrd"],
    ["--theme"],
    ["--thme=nord"],
    ["--run-command=date"],
    ["nord"],
    ["-x"],
  ])("%s %s is wrong usage: exit 2, and how it is used", (...args) =>
    inSandbox(async (sandbox) => {
      const { exitCode, stdout, stderr } = await run(sandbox, ["preview", ...args]);
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("usage: statusline preview");
    }));

  test("what the person has configured counts, also where it is wrong", () =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { separator: "slash", theme: "norrd" });
      const text = await printed(sandbox, ["preview"]);
      expect(text).toContain("proj / main ↑1 +2 ?3 / ");
      expect(text).toContain("⚙⚠");
    }));
});

describe("preview --svg", () => {
  /** The names of all elements of a document that is well-formed; throws when it is not. */
  function elementsOf(svg: string): string[] {
    const [open, names]: [string[], string[]] = [[], []];
    const token = /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<&]*(?:&#?\w+;[^"<&]*)*")*)(\/?)>|([^<]+)/gy;
    let end = 0;
    for (const [all, closing, name = "", , alone, text] of svg.matchAll(token)) {
      end += all.length;
      if (text !== undefined) {
        if (/&(?!(amp|lt|gt|quot|#x?[\da-fA-F]+);)/.test(text)) throw new Error(`a bare & in ${text}`);
        if (open.length === 0 && text.trim() !== "") throw new Error(`text outside: ${text}`);
      } else if (closing) {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      } else {
        names.push(name);
        if (!alone) open.push(name);
      }
    }
    if (end !== svg.length || open.length > 0) throw new Error(`no XML from ${end} on: ${open}`);
    return names;
  }

  test.each(
    Object.keys(presets).map((layout) => [layout]),
  )("%s is well-formed, with all its text", (layout) =>
    inSandbox(async (sandbox) => {
      const path = `${sandbox.path}/picture.svg`;
      const args = ["--layout", layout, "--width=164"];
      expect(await printed(sandbox, ["preview", ...args, "--svg", path])).toBe("");
      const svg = sandbox.read(path);
      const names = elementsOf(svg);
      expect([names[0], names.includes("text")]).toEqual(["svg", true]);
      const [, ...lines] = (await printed(sandbox, ["preview", ...args])).split("\n\n")[0]?.split("\n") ?? [];
      const text = [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, each = ""]) => each).join("");
      for (const word of lines
        .join(" ")
        .split(/[\s│|·\ue0a0-\ue0bf]+/)
        .filter((each) => /^[\w$%.]+$/.test(each)))
        expect(text).toContain(word);
    }));

  test("a theme has its own colours and background, also the person's own", () =>
    inSandbox(async (sandbox) => {
      const picture = async (...args: string[]) => {
        await printed(sandbox, ["preview", `--svg=${sandbox.path}/p.svg`, ...args]);
        return sandbox.read(`${sandbox.path}/p.svg`);
      };
      const [calm, latte] = [await picture(), await picture("--theme=latte")];
      expect(latte).not.toBe(calm);
      configure(sandbox, { theme: "latte" });
      expect(await picture()).toBe(latte);
    }));

  test("where it cannot be written: one clear line, exit 1", () =>
    inSandbox(async (sandbox) => {
      mkdirSync(`${sandbox.path}/folder`);
      for (const path of [`${sandbox.path}/folder`, "/dev/null/x.svg"]) {
        const { exitCode, stdout, stderr } = await run(sandbox, ["preview", "--svg", path]);
        expect([exitCode, stdout]).toEqual([1, ""]);
        expect(stderr).toMatch(/cannot be written: .*\n$/);
        expect(stderr.trim().split("\n")).toHaveLength(1);
      }
    }));
});

test.each([
  ["preview --all"],
  ["themes"],
  ["modules"],
  ["config"],
  ["config schema"],
])("`statusline %s | head -1` ends quietly", (command) =>
  inSandbox(async (sandbox) => {
    const script = `{ '${binary}' ${command}; echo "ended with $?" >&2; } | head -1`;
    const { stdout, stderr } = Bun.spawnSync(["sh", "-c", script], { env: sandbox.env, cwd: sandbox.path });
    expect(stdout.toString().split("\n")).toHaveLength(2);
    expect(stderr.toString()).toBe("ended with 0\n");
  }));

test.each([
  "themes x",
  "themes --all",
  "modules x",
  "modules --json",
  "configure x",
])("%s is wrong usage: exit 2 and one line", (command) =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout, stderr } = await run(sandbox, command.split(" "));
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`usage: statusline ${command.split(" ")[0]}\n`);
  }));
