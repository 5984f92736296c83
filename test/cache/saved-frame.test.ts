import { expect, test } from "bun:test";
import { statSync, truncateSync } from "node:fs";
import { NEVER, type NewFrame, readFrame, type Stamp, writeFrame } from "../../src/cache/saved-frame.ts";
import { parseSession } from "../../src/parse-session.ts";
import { framePath } from "../../src/paths.ts";
import { realWorld } from "../../src/world.ts";
import { inSandbox } from "../harness.ts";

const id = "12121212-1b42-4793-a1b8-0a533aba93f8";
const files: readonly Stamp[] = [
  ["/a", 3],
  ["/b", null],
  ["/c", 5, { hash: "h", freshFor: 6 }],
];
const [a, b, c] = files as [Stamp, Stamp, Stamp];
const screen = { columns: 80, rows: 24, depth: 3, links: true, stamps: [c], validUntil: NEVER } as const;
const frameOf = (name: string): NewFrame => ({
  ...{ text: "│ 日本", at: 1, staleAt: 9, environment: "e", document: "d", durations: false, validUntil: 2 },
  session: parseSession(JSON.stringify({ session_id: id, session_name: name })),
  settings: "v",
  base: [a],
  screen,
  parts: [
    {
      ...{
        moduleId: "model",
        freshness: "current",
        uses: ["model"],
        stamps: [c, b],
        validUntil: 7,
        staleAt: 9,
      },
      drawn: [{ spans: [{ text: "日", tone: "plain" }], columns: 2 }],
    },
  ],
});

test("is read as it was written, by its own session only, and only when it is whole", () =>
  inSandbox(async (box) => {
    const world = realWorld(box.env);
    const path = framePath(world.paths, id);
    expect(readFrame(world, id)).toBeNull();
    const written = frameOf("one");
    await writeFrame(written, world);
    const read = readFrame(world, id);
    expect([read?.text, read?.at, read?.validUntil]).toEqual(["│ 日本", 1, 2]);
    // Each file once; who was made from it holds its place in the list.
    expect([...(read?.stamps ?? [])].sort()).toEqual([...files]);
    const details = read?.details();
    const stampsAt = (places: readonly number[] = []) => places.map((place) => read?.stamps[place] as Stamp);
    expect(stampsAt(details?.base)).toEqual([a]);
    expect(stampsAt(details?.screen.stamps)).toEqual([c]);
    expect(stampsAt(details?.parts.model?.stamps)).toEqual([c, b]);
    expect(details?.session).toEqual(written.session);
    expect(details?.parts.model).toMatchObject({ uses: ["model"], validUntil: 7, drawn: [{ columns: 2 }] });

    const other = framePath(world.paths, id.replaceAll("1", "2"));
    await world.write(other, box.read(path));
    expect(readFrame(world, id.replaceAll("1", "2"))).toBeNull();
    truncateSync(path, 200);
    expect(readFrame(world, id)).toBeNull();
  }));

test("never becomes shorter, however much less there is to write", () =>
  inSandbox(async (box) => {
    const world = realWorld(box.env);
    const size = () => statSync(framePath(world.paths, id)).size;
    await writeFrame(frameOf("x"), world);
    const small = size();
    await writeFrame({ ...frameOf("x"), text: "日".repeat(9000) }, world);
    const large = size();
    await writeFrame(frameOf("y"), world);
    expect([small, large > small, size()]).toEqual([16_384, true, large]);
    expect(readFrame(world, id)?.details().session.sessionName).toBe("y");
  }));
