import { expect, test } from "bun:test";
import { statSync, truncateSync } from "node:fs";
import { type Memo, type Rest, readLastRender, writeLastRender } from "../../src/cache/saved-frame.ts";
import { parseSession } from "../../src/parse-session.ts";
import { framePath } from "../../src/paths.ts";
import { realWorld } from "../../src/world.ts";
import { inSandbox } from "../harness.ts";

const id = "12121212-1b42-4793-a1b8-0a533aba93f8";
const memo: Memo = {
  environment: "e",
  document: "d",
  exact: false,
  rateLimit: 1,
  until: 2,
  files: [["/a", 3]],
};
const restOf = (name: string): Rest => ({
  session: parseSession(JSON.stringify({ session_id: id, session_name: name })),
  texts: { "/a": [3, "text – 日本"] },
  screen: { columns: 80, rows: 24, depth: 3, links: true, source: null, until: null },
  settings: "v",
  parts: {},
});
const frame = { text: "│ 日本", at: 1 };

test("is read as it was written, by its own session only, and only when it is whole", () =>
  inSandbox(async (box) => {
    const world = realWorld(box.env);
    const path = framePath(world.paths, id);
    expect(readLastRender(world, id)).toBeNull();
    await writeLastRender(restOf("one"), frame, memo, world);
    const read = readLastRender(world, id);
    expect([read?.frame, read?.memo, read?.rest()]).toEqual([frame, memo, restOf("one")]);

    const other = framePath(world.paths, id.replaceAll("1", "2"));
    await world.write(other, box.read(path));
    expect(readLastRender(world, id.replaceAll("1", "2"))).toBeNull();
    truncateSync(path, 200);
    expect(readLastRender(world, id)).toBeNull();
  }));

test("never becomes shorter, however much less there is to write", () =>
  inSandbox(async (box) => {
    const world = realWorld(box.env);
    const size = () => statSync(framePath(world.paths, id)).size;
    await writeLastRender(restOf("x"), frame, memo, world);
    const small = size();
    const long = { ...restOf("x"), texts: { "/a": [3, "日".repeat(9000)] as const } };
    await writeLastRender(long, frame, memo, world);
    const large = size();
    await writeLastRender(restOf("y"), frame, memo, world);
    expect([small, large > small, size()]).toEqual([16_384, true, large]);
    expect(readLastRender(world, id)?.rest().session.sessionName).toBe("y");
  }));
