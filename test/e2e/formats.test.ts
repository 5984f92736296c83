import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { root } from "../../build/compile.ts";
import { RuntimeState } from "../../src/state/schema.ts";
import { inSandbox } from "../harness.ts";
import { answeringCcusage, configure, fullSession, later, rendered } from "./configured.ts";

const page = readFileSync(`${root}docs/formats.md`, "utf8");

/** What the page says below a heading. */
function section(heading: string): string {
  const start = page.indexOf(`\n## ${heading}\n`);
  expect([heading, start]).not.toEqual([heading, -1]);
  const end = page.indexOf("\n## ", start + 1);
  return page.slice(start, end < 0 ? undefined : end);
}

/** The names of all fields, however deep; below `open` the names are data. */
function fieldsOf(value: unknown, open: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => fieldsOf(each, open));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    name,
    ...(open.includes(name) ? [] : fieldsOf(each, open)),
  ]);
}

test("every field of every file that a row and a refresh write is in docs/formats.md", () =>
  inSandbox(async (sandbox) => {
    answeringCcusage(sandbox);
    configure(sandbox, { layout: "full" });
    const document = fullSession(sandbox);
    for (const ms of [0, 5000]) {
      await rendered(sandbox, document, { env: later(ms) });
      await sandbox.settle(later(ms));
    }
    const known = (file: string, value: unknown, texts: readonly string[], open: readonly string[] = []) => {
      const names = [...new Set(fieldsOf(value, open))];
      expect(names.length).toBeGreaterThan(1);
      const missing = names.filter((name) => !texts.some((text) => text.includes(`\`${name}\``)));
      expect([file, missing]).toEqual([file, []]);
    };
    const state = section("runtime-state.yaml");
    const billing = section("billing-shared.json");
    known("state", parse(sandbox.read(`${sandbox.health}/runtime-state.yaml`)), [state, billing]);
    known("billing", JSON.parse(sandbox.read(`${sandbox.health}/billing-shared.json`)), [billing]);

    const files = (folder: string) =>
      readdirSync(`${sandbox.health}/${folder}`).filter((name) => /\.json$/.test(name));
    const [record] = files("").filter((name) => name !== "billing-shared.json");
    known("record", JSON.parse(sandbox.read(`${sandbox.health}/${record}`)), [
      section("<session-id>.json"),
      state,
      billing,
    ]);

    const [frame = ""] = files("frames");
    const [head = "", details = ""] = sandbox.read(`${sandbox.health}/frames/${frame}`).slice(16).split("\n");
    const lines = [JSON.parse(head), JSON.parse(details)];
    const { parts } = lines[1];
    known("frame", lines, [section("frames/<session-id>.json")], ["session", "parts"]);
    known("parts", Object.values(parts), [section("frames/<session-id>.json")]);

    const entries = files("cache").filter((name) => !name.startsWith("config-"));
    expect(entries.length).toBeGreaterThan(8);
    for (const name of entries)
      known(
        name,
        JSON.parse(sandbox.read(`${sandbox.health}/cache/${name}`)),
        [section("cache/<module>-<hash>.json")],
        ["data"],
      );
    const [snapshot] = files("cache").filter((name) => name.startsWith("config-"));
    known(
      "snapshot",
      JSON.parse(sandbox.read(`${sandbox.health}/cache/${snapshot}`)),
      [section("cache/config-<hash>.json")],
      ["settings"],
    );
  }));

/** The names of all fields of a schema, however deep; those of thresholds are in docs/configuration.md. */
function fieldsOfSchema(schema: object): string[] {
  const {
    properties = {},
    items,
    anyOf = [],
  } = schema as Partial<Record<"properties" | "items", object>> & {
    anyOf?: readonly object[];
  };
  const own = Object.entries(properties).flatMap(([name, each]) => [
    name,
    ...(name === "thresholds" ? [] : fieldsOfSchema(each)),
  ]);
  return [...own, ...[...(items === undefined ? [] : [items]), ...anyOf].flatMap(fieldsOfSchema)];
}

test("every field of the state's schema is in docs/formats.md, also those that few runs write", () => {
  const texts = section("runtime-state.yaml") + section("billing-shared.json");
  const names = [...new Set(fieldsOfSchema(RuntimeState))];
  expect(names).toContain("formerProfiles");
  expect(names.filter((name) => !texts.includes(`\`${name}\``))).toEqual([]);
});

test("every file and folder that they make is in docs/formats.md", () =>
  inSandbox(async (sandbox) => {
    answeringCcusage(sandbox);
    await rendered(sandbox, fullSession(sandbox), { env: later(0) });
    await sandbox.settle(later(0));
    const found = [...new Bun.Glob("**/*").scanSync({ cwd: sandbox.health, dot: true, onlyFiles: false })];
    const names = found.map((path) =>
      path
        .replace(/^[0-9a-f-]{36}\.json$/, "<session-id>.json")
        .replace(/^frames\/.*/, "frames/<session-id>.json")
        .replace(/^cache\/config-.*/, "cache/config-<hash>.json")
        .replace(/^cache\/[a-z]+-[0-9a-f]{16}\.json$/, "cache/<module>-<hash>.json")
        .replace(/^locks\/.*/, "locks/")
        .replace(/^(cache|frames|locks|work)$/, "$1/"),
    );
    const tables = page.slice(0, page.indexOf("\n## "));
    const missing = names.filter((name) => !tables.includes(`\`${name}\``));
    expect(missing.filter((name) => name !== "cache/" && name !== "frames/")).toEqual([]);
    expect(found.length).toBeGreaterThan(8);
  }));
