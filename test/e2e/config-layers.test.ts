import { describe, expect, test } from "bun:test";
import type { Field } from "../../src/config/fields.ts";
import { layoutOf } from "../../src/config/lines.ts";
import type { Settings } from "../../src/config/settings.ts";
import { type LayoutName, presets } from "../../src/look/layouts.ts";
import { themeOf } from "../../src/look/theme-sgr.ts";
import { colors, type ThemeName } from "../../src/look/themes.ts";
import { modules } from "../../src/modules/all.ts";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import {
  accepted,
  configure,
  fields,
  fileOf,
  flags,
  LAYERS,
  type LayerName,
  newId,
  placeOf,
  rendered,
  snapshot,
  type Values,
  variables,
} from "./configured.ts";

/** What only a person's own files, variables and flags may set: it is more than looks. */
const NOT_OF_A_PROJECT =
  /^(renderer|broker|performance|reports)\.|^modules\.command\.|^modules\.model\.names$|\.(refreshInterval|cacheTTL|stalenessThreshold|timeout|maxRetries|retryBackoff|maxConcurrent)$/;
const RUN = "modules.command.run";

/** Two valid values that differ, the first not the default; times once as a number, once as text. */
function valuesOf({ key, schema, choices }: Field): [unknown, unknown] {
  if (key === "lines") return [[["cost", { module: "project", priority: 7, align: "right" }]], [["model"]]];
  if (key === RUN) return ["echo one", "echo two"];
  if (key === "reports.dsn") return ["https://one@example.org/1", "https://two@example.org/2"];
  if (schema.type === "object") return [{ large: "Large" }, { small: "Small" }];
  if (choices !== null) {
    const values = schema.type === "boolean" ? [false, true] : choices;
    const first = values.find((each) => each !== schema.default);
    return [first, values.findLast((each) => each !== first)];
  }
  const { minimum, maximum } = schema;
  return schema.type === "integer" || schema.type === "number"
    ? [maximum, minimum + 1 / 2 ** (schema.type === "number" ? 1 : 0)]
    : [maximum, `${minimum + 1}ms`];
}

const mayBeSetBy = (layer: LayerName) => (field: Field) =>
  layer === "project"
    ? !NOT_OF_A_PROJECT.test(field.key)
    : !(field.ownFilesOnly && (layer === "environment" || layer === "flag"));

/** Options that can be set together, so that each is seen in what the render works out. */
const GROUPS: readonly ((key: string) => boolean)[] = [
  (key) => key !== "layout" && !key.endsWith(".enabled"),
  (key) => key === "layout",
  (key) => key.endsWith(".enabled"),
];

const valuesFor = (chosen: readonly Field[], which: 0 | 1): Values =>
  Object.fromEntries(chosen.map((field) => [field.key, valuesOf(field)[which]]));

/** Says the values in one layer, and nothing there when there are none. */
function say(sandbox: Sandbox, layer: LayerName, values: Values) {
  if (layer === "environment") return { env: variables(values), args: [] };
  if (layer === "flag") return { env: {}, args: flags(values) };
  configure(sandbox, values, layer);
  return { env: {}, args: [] };
}

/** The value of an option in the settings that a render works with, and what it should be. */
function inSettings({ look, ...settings }: Settings, key: string, value: unknown): [unknown, unknown] {
  const iconsOf = (set: number) =>
    Object.fromEntries(
      modules.flatMap(({ moduleId, icons }) => (icons[set] ? [[moduleId, icons[set]]] : [])),
    );
  switch (key) {
    case "layout":
      return [look.lines, presets[value as LayoutName].lines];
    case "lines":
      return [look.lines, layoutOf(value as [])];
    case "theme":
      return [look.theme, JSON.parse(JSON.stringify(themeOf(colors[value as ThemeName])))];
    case "icons":
      return [look.icons, iconsOf(["emoji", "nerd", "ascii"].indexOf(String(value)))];
    case "renderer.colorEnabled":
      return [look.colorEnabled, value];
  }
  const tree: object = key.includes(".") ? settings : look;
  const found = key.split(".").reduce<unknown>((node, part) => (node as Values)[part], tree);
  return [found, value];
}

async function asJson(sandbox: Sandbox, env: Record<string, string>, args: string[]) {
  const { exitCode, stdout, stderr } = await sandbox.run("", env, ["config", "--json", ...args]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as {
    values: Record<string, { value: unknown; origin: { layer: string; source: string; line?: number } }>;
    problems: unknown[];
  };
}

const separate = (sandbox: Sandbox) => {
  sandbox.env.CLAUDE_CONFIG_DIR = `${sandbox.path}/config-dir`;
};

describe("every option is taken up from", () => {
  test.each(LAYERS.map((layer) => [layer] as const))("%s", (layer) =>
    inSandbox(async (sandbox) => {
      separate(sandbox);
      for (const isIn of GROUPS) {
        const chosen = fields.filter(({ key }) => isIn(key)).filter(mayBeSetBy(layer));
        const values = valuesFor(chosen, 0);
        const { env, args } = say(sandbox, layer, values);
        const { values: told, problems } = await asJson(sandbox, env, args);
        expect(problems).toEqual([]);
        const frame = await rendered(sandbox, sessionIn(sandbox.path, newId()), { env, args });
        expect(frame[0]).not.toContain("⚙⚠");
        const settings = snapshot(sandbox, sandbox.path, env, args);
        for (const field of chosen) {
          const { key } = field;
          const value = accepted(field, values[key]);
          expect([key, value]).not.toEqual([key, field.default]);
          expect([key, told[key]?.value, told[key]?.origin.layer]).toEqual([key, value, layer]);
          const [found, wanted] = inSettings(settings, key, value);
          expect([key, found]).toEqual([key, wanted]);
        }
        // The rest is as it was, but for what a layout brings along.
        const rest = fields.filter(
          (field) => !chosen.includes(field) && told[field.key]?.origin.layer !== "layout",
        );
        for (const { key, default: byDefault } of rest)
          expect([key, told[key]?.value, told[key]?.origin.layer]).toEqual([key, byDefault, "default"]);
      }
    }));

  test("where a value comes from: file, line and column, variable, flag, layout", () =>
    inSandbox(async (sandbox) => {
      separate(sandbox);
      const text = configure(sandbox, { layout: "classic", "modules.cost.timeout": "9s", links: "never" });
      const { values } = await asJson(sandbox, variables({ theme: "nord" }), flags({ padding: 2 }));
      const file = { layer: "user", source: fileOf(sandbox, "user") };
      // The place is the value's own.
      const at = (key: string, name: string) => {
        const [line, column] = placeOf(text, key).split(":").map(Number);
        return { ...file, line, column: (column ?? 0) + name.length + 4 };
      };
      const origins = Object.entries({
        layout: at("layout", "layout"),
        "modules.cost.timeout": at("modules.cost.timeout", "timeout"),
        icons: { layer: "layout", source: "classic" },
        theme: { layer: "environment", source: "STATUSLINE_THEME" },
        padding: { layer: "flag", source: "--padding" },
        charset: { layer: "default", source: "" },
      });
      for (const [key, origin] of origins)
        expect([key, values[key]?.origin]).toEqual([key, origin as { layer: string; source: string }]);
    }));
});

test("each later layer overrules all earlier ones, in every option", () =>
  inSandbox(async (sandbox) => {
    separate(sandbox);
    // From the fullest to the emptiest: the last layer that is left must win over all below it.
    for (let count = LAYERS.length; count > 0; count--) {
      const top = LAYERS[count - 1] as LayerName;
      let said = { env: {}, args: [] as string[] };
      for (const [n, layer] of LAYERS.entries()) {
        const chosen = n < count ? fields.filter(mayBeSetBy(layer)) : [];
        const { env, args } = say(sandbox, layer, valuesFor(chosen, n % 2 === 0 ? 0 : 1));
        said = { env: { ...said.env, ...env }, args: [...said.args, ...args] };
      }
      const { values, problems } = await asJson(sandbox, said.env, said.args);
      expect(problems).toEqual([]);
      await rendered(sandbox, sessionIn(sandbox.path, newId()), said);
      const settings = snapshot(sandbox, sandbox.path, said.env, said.args);
      for (const field of fields) {
        const layer = LAYERS.slice(0, count).findLast((each) => mayBeSetBy(each)(field)) as LayerName;
        const value = accepted(field, valuesOf(field)[LAYERS.indexOf(layer) % 2 === 0 ? 0 : 1]);
        const { key } = field;
        expect([top, key, values[key]?.value, values[key]?.origin.layer]).toEqual([top, key, value, layer]);
        // Lines that lack what is switched on have it added.
        if (key === "lines" || key === "layout") continue;
        const [found, wanted] = inSettings(settings, key, value);
        expect([top, key, found]).toEqual([top, key, wanted]);
      }
    }
  }));

describe("what must not come from just anywhere", () => {
  test("a project sets looks alone: all else is refused at its place, and the row shows it", () =>
    inSandbox(async (sandbox) => {
      const refused = fields.filter(({ key }) => NOT_OF_A_PROJECT.test(key));
      const text = configure(sandbox, valuesFor(refused, 0), "project");
      const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["config", "check"]);
      expect([exitCode, stdout]).toEqual([1, ""]);
      const path = fileOf(sandbox, "project");
      expect(stderr.trim().split("\n").sort()).toEqual(
        refused
          .map(
            ({ key }) =>
              `${path}:${placeOf(text, key)}: ${key} cannot be set by a project; expected it in your own file`,
          )
          .sort(),
      );
      const [first] = await rendered(sandbox, sessionIn(sandbox.path, newId()));
      expect(first).toContain("⚙⚠");
      const settings = snapshot(sandbox, sandbox.path, {}, []);
      for (const { key, default: byDefault } of refused)
        expect([key, ...inSettings(settings, key, byDefault)]).toEqual([key, byDefault, byDefault]);
    }));

  test.each([
    ["a variable", { STATUSLINE_MODULE_COMMAND_RUN: "touch ran" }, [], "STATUSLINE_MODULE_COMMAND_RUN"],
    ["a flag", {}, ["--run-command=touch ran"], "--run-command"],
  ] as const)("no command from %s", (_, env, args, name) =>
    inSandbox(async (sandbox) => {
      configure(sandbox, { [RUN]: "echo mine" });
      const document = sessionIn(sandbox.path, newId());
      const [first] = await rendered(sandbox, document, { env, args: [...args] });
      expect(first).toContain("⚙⚠");
      const settings = snapshot(sandbox, sandbox.path, env, [...args]);
      expect(inSettings(settings, RUN, "")[0]).toBe("echo mine");
      const { stderr } = await sandbox.run("", env, ["config", ...args]);
      expect(stderr).toBe(`${name}: ${RUN} cannot be set here; expected it in your own configuration file\n`);
      await sandbox.settle(env);
      expect((await rendered(sandbox, document, { env, args: [...args] }))[0]).toContain("mine");
      expect(await Bun.file(`${sandbox.path}/ran`).exists()).toBe(false);
    }));
});
