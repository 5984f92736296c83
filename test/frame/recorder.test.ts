import { afterEach, beforeEach, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { Entry } from "../../src/cache/entry.ts";
import { entryPath, entryText } from "../../src/cache/store.ts";
import { collect, type Reading } from "../../src/frame/readings.ts";
import { type Recorder, recorded } from "../../src/frame/recorder.ts";
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

const read = (modules: readonly StatusModule[], recorder: Recorder) =>
  collect(modules, settings, parseSession("{}"), recorder);
const hashes = ({ stamps }: Reading) => stamps.map(([, , value]) => value?.hash);

test("each part has the stamps of what it read, and a value that was replaced in between has two hashes", () => {
  store("old", NOW - 2000);
  const modules = [showing("one", () => store("new", NOW - 1000)), showing("two")];
  const [one, two] = read(modules, recorded(world, [])) as [Reading, Reading];
  expect([one.data, two.data]).toEqual(["old", "new"]);
  const path = entryPath(world, "one", "k");
  // The file's time is looked up once, before it is read: the part that read the newer value is redrawn in the next run.
  expect([one, two].map(({ stamps }) => stamps.map(([file, time]) => [file, time]))).toEqual([
    [[path, NOW - 2000]],
    [[path, NOW - 2000]],
  ]);
  expect(hashes(one)).not.toEqual(hashes(two));
});

test("files whose time is known are not asked again", () => {
  store("old", NOW - 2000);
  const path = entryPath(world, "one", "k");
  const asked: string[] = [];
  const outside = {
    ...world,
    mtime: (file: string) => {
      asked.push(file);
      return world.mtime(file);
    },
  };
  const [reading] = read([showing("one")], recorded(outside, [[path, NOW - 2000], null]));
  expect(reading?.stamps.map(([file]) => file)).toEqual([path]);
  expect(asked).toEqual([]);
});

test("an absent file is covered by its folder, where that is asked for too", () => {
  const { world: watched, stamps } = recorded(world, []);
  const [folder, file] = [box.path, `${box.path}/absent`];
  expect(watched.readReplaced(file, 10)).toBeNull();
  expect(stamps()).toEqual([[file, null]]);
  writeFileSync(`${box.path}/there`, "");
  for (const path of [folder, file, `${box.path}/there`]) watched.mtime(path);
  const times = Object.fromEntries(stamps());
  expect(Object.keys(times).sort()).toEqual([folder, `${box.path}/there`].sort());
  expect(stamps()).toEqual([]);
});
