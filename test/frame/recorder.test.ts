import { afterEach, beforeEach, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { Entry } from "../../src/cache/entry.ts";
import type { SeenFile } from "../../src/cache/saved-frame.ts";
import { entryPath, entryText } from "../../src/cache/store.ts";
import { collect, type Reading } from "../../src/frame/readings.ts";
import { watched } from "../../src/frame/recorder.ts";
import { writeAtomic } from "../../src/lib/atomic.ts";
import type { StatusModule } from "../../src/module.ts";
import { parseSession } from "../../src/parse-session.ts";
import { realWorld, type World } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";
import { defaults, NOW } from "../modules/shown.ts";

let box: Sandbox;
let world: World;
beforeEach(() => {
  box = new Sandbox();
  world = realWorld({ ...box.env, STATUSLINE_NOW: String(NOW) });
});
afterEach(() => box.remove());

const settings = { ...defaults, modules: { ...defaults.modules, one: defaults.modules.git as never } };
const store = (data: string, fetchedAt: number) => {
  const entry: Entry = {
    moduleId: "one",
    key: "k",
    data,
    fetchedAt,
    validUntil: fetchedAt + 30_000,
    failure: null,
    warnings: [],
    sessionId: null,
    fetchCount: 1,
    lastAccessedAt: fetchedAt,
  };
  writeAtomic(entryPath(world, "one", "k"), entryText(entry), fetchedAt);
};
const showing = (moduleId: string, afterwards = () => {}): StatusModule => ({
  moduleId,
  description: "",
  icons: ["", "", ""],
  uses: [],
  cachedBy: "one",
  key: () => "k",
  read: (_session, _world, fetched) => {
    afterwards();
    return fetched;
  },
  format: () => [],
});

/** The files of the values that were read. */
const filesOf = (readings: readonly Reading[]) =>
  readings.map(({ file }) => file).filter((file) => file !== null);

test("a value that is replaced between two parts counts as the one that was seen first", () => {
  store("old", NOW - 2000);
  const watch = watched(world, {}, null);
  const modules = [showing("one", () => store("new", NOW - 1000)), showing("two")];
  const readings = collect(modules, settings, parseSession("{}"), watch.world);
  expect(readings.map(({ data }) => data)).toEqual(["old", "new"]);
  const [seen] = watch.files(filesOf(readings));
  expect(seen).toEqual(readings[0]?.file as SeenFile);
  expect(seen?.[2]?.hash).not.toBe(readings[1]?.file?.[2]?.hash);
});

test("a kept part's value counts, whatever a part beside it has found since", () => {
  store("old", NOW - 2000);
  const collected = collect([showing("one")], settings, parseSession("{}"), world);
  const [file] = collected.map((each) => each.file);
  const watch = watched(world, {}, [file as SeenFile]);
  store("new", NOW - 1000);
  const readings = collect([showing("two")], settings, parseSession("{}"), watch.world);
  expect(watch.files(filesOf(readings))).toEqual([file as SeenFile]);
});

test("what the last render read of a small file is taken from there while its time is the same", () => {
  const path = `${box.path}/file`;
  writeFileSync(path, "now");
  const time = world.mtime(path) ?? 0;
  const read = (before: number) =>
    watched(world, { [path]: [before, "before"] }, null).world.readReplaced(path, 4096);
  expect([read(time), read(time - 1)]).toEqual(["before", "now"]);
});
