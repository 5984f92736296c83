import { describe, expect, test } from "bun:test";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { defaultConfiguration } from "../../src/config/load.ts";
import type { Origin } from "../../src/config/problem.ts";
import { sourcesFor } from "../../src/config/sources.ts";
import { modules } from "../../src/modules/all.ts";
import { worldAt } from "../modules/shown.ts";
import { fields, Place, problems } from "./given.ts";

const origin = (layer: Origin["layer"]) => expect.objectContaining({ layer });

describe("a later layer counts over an earlier", () => {
  /** Values that each layer gives, from the first to the last; null where a layer may not give it. */
  const samples: readonly (readonly [string, readonly unknown[]])[] = [
    ["theme", ["nord", "dracula", "gruvbox", "mono", "okabe"]],
    ["padding", [1, 2, 3, 4, 5]],
    ["separator", ["dot", "slash", "space", "powerline", "bar"]],
    ["lines", [[["git"]], [["cost"]], [["time"]], [["model"]], [["context"]]]],
    ["modules.git.enabled", [false, true, false, true, false]],
    ["modules.git.maxLength", [10, 11, 12, 13, 14]],
    ["modules.git.refreshInterval", [1000, 2000, null, 4000, 5000]],
    ["modules.command.run", ["a", "b", null, null, null]],
    ["renderer.colorEnabled", [false, true, null, false, true]],
    ["broker.maxCacheSize", [10, 11, null, 13, 14]],
    ["performance.fetchPoolSize", [1, 2, null, 4, 5]],
  ];
  const layers = ["config", "user", "project", "environment", "flag"] as const;
  const document = (key: string, value: unknown) =>
    key.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;

  test.each(samples)("%s", async (key, values) => {
    const field = fields.find((each) => each.key === key);
    const place = new Place();
    const overrides: string[] = [];
    let [value, layer]: [unknown, Origin["layer"]] = [field?.default, "default"];
    for (const [n, each] of layers.entries()) {
      const next = values[n] ?? null;
      if (next !== null) {
        if (each === "environment")
          overrides.push(`${field?.variable}=${typeof next === "string" ? next : JSON.stringify(next)}`);
        else if (each === "flag")
          overrides.push(`${field?.flag}=${typeof next === "string" ? next : JSON.stringify(next)}`);
        else
          place.write(
            { config: place.config, user: place.user, project: place.own }[each],
            document(key, next),
          );
        [value, layer] = [next, each];
      }
      const { effective, problems } = await place.load(overrides);
      expect(problems).toEqual([]);
      expect(effective.get(key)).toEqual({ value, origin: origin(layer) });
    }
  });
});

describe("a layout is a layer above the defaults", () => {
  test("with its icons and separator", async () => {
    const { effective } = await new Place().load(["--layout=powerline"]);
    expect(effective.get("separator")).toEqual({
      value: "powerline",
      origin: { layer: "layout", source: "powerline" },
    });
    expect(effective.get("icons")).toEqual({
      value: "nerd",
      origin: { layer: "layout", source: "powerline" },
    });
    expect(effective.get("charset")).toEqual({ value: "unicode", origin: origin("default") });
    expect(effective.get("lines")).toEqual({ value: null, origin: origin("default") });
  });

  test("also below a layer that is below the one that chose it", async () => {
    const place = new Place();
    place.write(place.config, { separator: "dot" });
    place.write(place.own, { layout: "powerline" });
    const { effective } = await place.load();
    expect(effective.get("separator")?.value).toBe("dot");
    expect(effective.get("icons")?.value).toBe("nerd");
  });

  test("the last layout alone", async () => {
    const place = new Place();
    place.write(place.user, { layout: "classic" });
    const { effective } = await place.load(["--layout=ascii"]);
    const values = ["icons", "separator", "charset"].map((key) => effective.get(key)?.value);
    expect(values).toEqual(["ascii", "bar", "ascii"]);
  });

  test("a layout that is not known is none", async () => {
    const place = new Place();
    place.write(place.user, { layout: "classic" });
    const { effective, problems } = await place.load(["--layout=clasic"]);
    expect(effective.get("layout")?.value).toBe("classic");
    expect(problems[0]?.nearest).toBe("classic");
  });
});

test("when nobody says anything all are defaults", async () => {
  const { effective, problems } = await new Place().load();
  expect(problems).toEqual([]);
  expect(effective).toEqual(defaultConfiguration(modules).effective);
  for (const { key, default: value } of fields)
    expect(effective.get(key)).toEqual({ value, origin: { layer: "default", source: "" } });
});

test("a value that does not fit leaves the one below", async () => {
  const place = new Place();
  place.write(place.config, { theme: "nord" });
  place.write(place.user, { theme: "nrod", padding: 2 });
  const { effective, problems: found } = await place.load();
  expect([effective.get("theme")?.value, effective.get("padding")?.value]).toEqual(["nord", 2]);
  expect(found).toHaveLength(1);
});

describe("what is not a file to read is told of, and nothing waits for it", () => {
  const told = async (make: (place: Place) => void) => {
    const place = new Place();
    place.write(place.config, { theme: "nord" });
    make(place);
    const loaded = await place.load();
    expect(loaded.effective.get("theme")?.value).toBe("nord");
    return problems(loaded).map((text) => text.replace(place.home, "~"));
  };
  const USER = "~/.claude/statusline.user.json";

  test("a folder", async () => {
    expect(await told(({ user }) => void mkdirSync(user))).toEqual([`${USER}: is not a file`]);
  });

  test("a pipe", async () => {
    expect(await told(({ user }) => void Bun.spawnSync(["mkfifo", user]))).toEqual([
      `${USER}: is not a file`,
    ]);
  });

  test("a device", async () => {
    expect(await told(({ user }) => symlinkSync("/dev/zero", user))).toEqual([`${USER}: is not a file`]);
  });

  test("a huge file", async () => {
    const text = `{"theme":"mono"}${" ".repeat(1_000_000)}`;
    expect(await told((place) => place.write(place.user, text))).toEqual([
      `${USER}: is too large for a configuration`,
    ]);
  });

  test("one that cannot be read", async () => {
    const place = new Place();
    place.write(place.config, { theme: "nord" });
    place.write(place.user, { theme: "mono" });
    const readText = (path: string, most: number) => {
      if (path === place.user) throw new Error(`${path}: permission denied`);
      return place.world.readText(path, most);
    };
    const loaded = await place.load([], { ...place.world, readText });
    expect(loaded.effective.get("theme")?.value).toBe("nord");
    expect(problems(loaded)).toEqual([`${place.user}: ${place.user}: permission denied`]);
  });

  test("none at all is in order, and so are a link to none and a folder that is none", async () => {
    expect(await told(() => {})).toEqual([]);
    expect(await told(({ user }) => symlinkSync("/nowhere/at/all", user))).toEqual([]);
    expect(
      await told((place) => {
        rmSync(`${place.project}/.claude`, { recursive: true });
        place.write(`${place.project}/.claude`, "a file");
      }),
    ).toEqual([]);
  });
});

test("the files are those of the configuration directory, the home and the project", () => {
  const world = worldAt(1, { HOME: "/h", CLAUDE_CONFIG_DIR: "/c" });
  expect(sourcesFor("/p", world)).toEqual([
    { layer: "config", path: "/c/statusline.config.json" },
    { layer: "user", path: "/h/.claude/statusline.user.json" },
    { layer: "project", path: "/p/.claude/statusline.json" },
  ]);
  expect(sourcesFor(null, world)).toHaveLength(2);
});
