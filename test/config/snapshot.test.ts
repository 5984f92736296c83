import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { settingsFor } from "../../src/config/snapshot.ts";
import { sealed } from "../../src/lib/sealed.ts";
import { modules } from "../../src/modules/all.ts";
import type { World } from "../../src/world.ts";
import { defaults } from "../modules/shown.ts";
import { Place } from "./given.ts";

/** A place with what its snapshots are asked for, and how often a file was read for them. */
class Kept extends Place {
  readonly reads: string[] = [];
  readonly watched: World = {
    ...this.world,
    readText: (path, most) => {
      this.reads.push(path);
      return this.world.readText(path, most);
    },
  };

  settings(overrides: readonly string[] = [], projectDir: string | null = this.project) {
    return settingsFor({ projectDir, overrides }, async () => modules, defaults, this.watched);
  }

  get snapshots(): string[] {
    const { cache } = this.world.paths;
    return existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith("config-")) : [];
  }

  snapshot(): string {
    return `${this.world.paths.cache}/${this.snapshots[0]}`;
  }
}

test("without files, variables and flags the settings are those built in, and nothing is kept", async () => {
  const place = new Kept();
  expect(await place.settings()).toBe(defaults);
  expect([place.reads, place.snapshots]).toEqual([[], []]);
});

describe("a snapshot", () => {
  test("is made once, and read from then on", async () => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    const first = await place.settings();
    expect(first.look.padding).toBe(3);
    expect([place.reads, place.snapshots.length]).toEqual([[place.user], 1]);
    expect(await place.settings()).toEqual(first);
    expect(place.reads).toEqual([place.user]);
  });

  test("is this user's alone to read", async () => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    await place.settings();
    expect(Bun.spawnSync(["ls", "-l", place.snapshot()]).stdout.toString()).toStartWith("-rw-------");
  });

  test.each<[string, (place: Kept) => void, number]>([
    ["the file's size changes", (place) => place.write(place.user, { padding: 12 }), 12],
    [
      "its time alone",
      (place) => {
        place.write(place.user, { padding: 4 });
        utimesSync(place.user, 1_000_000, 1_000_000);
      },
      4,
    ],
    ["another file comes", (place) => place.write(place.own, { padding: 5 }), 5],
    ["the file goes", (place) => rmSync(place.user), 0],
    ["the file is broken", (place) => place.write(place.user, "{ broken"), 0],
  ])("is made anew when %s", async (_, change, padding) => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    utimesSync(place.user, 2_000_000, 2_000_000);
    expect((await place.settings()).look.padding).toBe(3);
    change(place);
    expect((await place.settings()).look.padding).toBe(padding);
    expect((await place.settings()).look.padding).toBe(padding);
  });

  test("is made anew by another build", async () => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    await place.settings();
    const { key, settings } = JSON.parse(readFileSync(place.snapshot(), "utf8"));
    const [build, ...rest] = JSON.parse(key);
    expect(build).toMatch(/^[0-9]+$/);
    const other = JSON.stringify(["1", ...rest]);
    writeFileSync(place.snapshot(), sealed({ key: other, settings: { ...settings, look: {} } }));
    expect((await place.settings()).look.padding).toBe(3);
    expect(place.reads).toEqual([place.user, place.user]);
  });

  test("is one for each project and for each set of variables and flags", async () => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    place.write(place.own, { padding: 4 });
    const padding = async (...given: Parameters<Kept["settings"]>) =>
      (await place.settings(...given)).look.padding;
    for (let round = 0; round < 2; round++) {
      expect(await padding()).toBe(4);
      expect(await padding([], null)).toBe(3);
      expect(await padding(["--padding=5"])).toBe(5);
      expect(await padding(["STATUSLINE_PADDING=6"])).toBe(6);
    }
    expect([place.snapshots.length, place.reads.length]).toEqual([4, 7]);
  });

  test.each<[string, (path: string) => void]>([
    ["is cut off", (path) => writeFileSync(path, readFileSync(path, "utf8").slice(0, 100))],
    ["is empty", (path) => writeFileSync(path, "")],
    ["is no JSON", (path) => writeFileSync(path, "\0\0\0")],
    ["is null", (path) => writeFileSync(path, "null")],
    [
      "has a null in it",
      (path) =>
        writeFileSync(path, readFileSync(path, "utf8").replace(/"modules":\{/, '"modules":null,"x":{')),
    ],
    ["is another document", (path) => writeFileSync(path, "[1]")],
    [
      "has no settings",
      (path) => writeFileSync(path, JSON.stringify({ key: JSON.parse(readFileSync(path, "utf8")).key })),
    ],
  ])("that %s is made anew", async (_, damage) => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    const first = await place.settings();
    damage(place.snapshot());
    expect(await place.settings()).toEqual(first);
    expect(JSON.parse(readFileSync(place.snapshot(), "utf8")).settings).toEqual(first);
  });

  test("that is a folder, and cannot be written, is done without", async () => {
    const place = new Kept();
    place.write(place.user, { padding: 3 });
    const first = await place.settings();
    const path = place.snapshot();
    rmSync(path);
    mkdirSync(`${path}/x`, { recursive: true });
    expect(await place.settings()).toEqual(first);
    expect(readFileSync(place.world.paths.log, "utf8")).toContain("error config:");
  });
});

describe("what cannot be used", () => {
  test.each<[string, (path: string) => void, string]>([
    ["a pipe", (path) => void Bun.spawnSync(["mkfifo", path]), "is not a file"],
    ["a folder", (path) => void mkdirSync(path), "is not a file"],
    ["a huge file", (path) => writeFileSync(path, " ".repeat(1_000_001)), "is too large for a configuration"],
    ["a broken file", (path) => writeFileSync(path, "{"), ":1:2: cannot be read here: close brace expected"],
  ])("%s makes the settings faulty, and the log tells why once", async (_, make, reason) => {
    const place = new Kept();
    make(place.user);
    for (let round = 0; round < 2; round++)
      expect(await place.settings()).toMatchObject({ faulty: true, look: defaults.look });
    const lines = readFileSync(place.world.paths.log, "utf8").trim().split("\n");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(reason);
  });
});
