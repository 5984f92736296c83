import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { root } from "../build/compile.ts";

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

const files = [...new Bun.Glob("**/*.ts").scanSync({ cwd: `${root}src` })].sort();
const source = (file: string) => readFileSync(`${root}src/${file}`, "utf8");

function importsOf(file: string): Import[] {
  const text = source(file);
  const target = (path: string) =>
    path.startsWith(".") ? relative(`${root}src`, join(root, "src", dirname(file), path)) : path;
  const fixed = [
    ...text.matchAll(
      /^(?:import|export) (type )?(?:[^;"'`=]*? from )?"([^"]+)"( with \{ type: "macro" \})?;/gm,
    ),
  ];
  const dynamic = [...text.matchAll(/\bimport\("([^"]+)"\)/g)];
  return [
    // A macro runs when the program is built, and its file is not in it.
    ...fixed
      .filter(([, , , macro]) => macro === undefined)
      .map(([, type, path = ""]) => ({
        from: file,
        to: target(path),
        typeOnly: type !== undefined,
        dynamic: false,
      })),
    ...dynamic.map(([, path = ""]) => ({ from: file, to: target(path), typeOnly: false, dynamic: true })),
  ];
}

const all = files.flatMap(importsOf);
const room = (file: string) => (file.includes("/") ? file.slice(0, file.indexOf("/")) : file);

/** From the top of the house to its foundation; an import goes down, or stays in its room. */
const RANKS: Readonly<Record<string, number>> = {
  "main.ts": 0,
  "dispatch.ts": 1,
  commands: 2,
  cli: 3,
  doctor: 3,
  refresher: 4,
  frame: 5,
  cache: 6,
  configure: 6,
  preview: 6,
  settings: 6,
  modules: 7,
  config: 7,
  render: 7,
  state: 7,
  update: 7,
  look: 8,
  sources: 8,
  "parse-session.ts": 9,
  "clean-session.ts": 10,
  "session.ts": 10,
  "define-module.ts": 10,
  "module.ts": 10,
  "world.ts": 10,
  "storage.ts": 10,
  "build-id.ts": 11,
  "paths.ts": 11,
  lib: 12,
};

/** The names of the modules, each with its file; all of them loaded; and what is made of all when the program is built. */
const LISTS = ["modules/registry.ts", "modules/all.ts", "modules/shapes.ts"];

const shown = (imports: readonly Import[]) => imports.map(({ from, to }) => `${from} → ${to}`);
const inside = all.filter(({ to }) => files.includes(to));

describe("the plan of the house", () => {
  test("every file has a rank, and every local import a file", () => {
    expect(files.filter((file) => RANKS[room(file)] === undefined)).toEqual([]);
    const local = all.filter(({ to }) => to.endsWith(".ts") && !files.includes(to));
    expect(shown(local)).toEqual([]);
    expect(inside.length).toBeGreaterThan(100);
  });

  test("imports go down or stay in their room", () => {
    const rank = (file: string) => RANKS[room(file)] ?? Number.NaN;
    const wrong = inside.filter(({ from, to, typeOnly }) => {
      if (room(from) === room(to)) return false;
      // Session, module and world know each other by their types.
      return rank(to) < rank(from) || (rank(to) === rank(from) && !(typeOnly && rank(to) === 10));
    });
    expect(shown(wrong)).toEqual([]);
  });

  test("a module imports no other module", () => {
    const wrong = inside.filter(
      ({ from, to }) => room(from) === "modules" && !LISTS.includes(from) && room(to) === "modules",
    );
    expect(shown(wrong)).toEqual([]);
  });

  test("what serves any module sees no list of them", () => {
    const may = ["commands", "cli", "frame", "modules"];
    const wrong = inside.filter(({ from, to }) => LISTS.includes(to) && !may.includes(room(from)));
    expect(shown(wrong)).toEqual([]);
  });

  test("render is pure: no file, no clock, no environment", () => {
    const wrong = all.filter(
      ({ from, to, typeOnly }) =>
        room(from) === "render" && !typeOnly && !["render", "lib"].includes(room(to)),
    );
    expect(shown(wrong)).toEqual([]);
    const impure = files.filter(
      (file) => room(file) === "render" && /Date\.|process\.|Bun\.(file|write|env)/.test(source(file)),
    );
    expect(impure).toEqual([]);
  });

  test("lib knows nothing of the product", () => {
    const wrong = all.filter(
      ({ from, to }) => room(from) === "lib" && room(to) !== "lib" && !to.startsWith("node:"),
    );
    expect(shown(wrong)).toEqual([]);
  });

  test("there is one way out", () => {
    expect(files.filter((file) => source(file).includes("process.exit("))).toEqual(["main.ts"]);
  });

  test("what a render loads imports no library and no node module", () => {
    const reached = new Set<string>();
    const visit = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { to, typeOnly, dynamic } of importsOf(file))
        if (!typeOnly && !dynamic && files.includes(to)) visit(to);
    };
    // What draws a new frame is loaded by itself: a frame that stands is printed without it.
    visit("main.ts");
    expect(reached.size).toBeLessThan(15);
    visit("frame/draw.ts");
    for (const { from, to } of inside) if (from === "modules/registry.ts") visit(to);
    expect(reached.size).toBeGreaterThan(50);
    const wrong = all.filter(
      ({ from, to, typeOnly, dynamic }) => reached.has(from) && !typeOnly && !dynamic && !files.includes(to),
    );
    expect(shown(wrong)).toEqual([]);
  });
});
