import { expect, test } from "bun:test";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { inSandbox, sessionIn } from "../harness.ts";
import { configure, newId } from "./configured.ts";

const INTERVAL = 4000;

test("a value that is asked for again and is the same leaves the frames as they are; another one shows at once", () =>
  inSandbox(async (box) => {
    configure(box, { layout: "minimal", "modules.git.refreshInterval": `${INTERVAL}ms` });
    const repository = box.repository("repo");
    const sessions = [newId(), newId()].map((id) => sessionIn(repository, id));
    const renderAll = async () => {
      const all = [];
      for (const session of sessions) all.push((await box.lines(session)).join("\n"));
      return all;
    };
    const drawn = () =>
      sessions.map(({ session_id }) => statSync(`${box.health}/frames/${session_id}.json`).mtimeMs);
    const cache = `${box.health}/cache`;
    const asked = () => {
      const name = readdirSync(cache).find((each) => each.startsWith("git-"));
      return statSync(`${cache}/${name}`).mtimeMs;
    };
    /** Asks git anew, shortly before a render would have it asked. */
    const askAgain = async () => {
      const before = asked();
      await Bun.sleep(before + 0.85 * INTERVAL - Date.now());
      await box.run("", {}, ["refresh"]);
      expect(asked()).toBeGreaterThan(before);
    };

    await renderAll();
    await box.settle();
    const shown = await renderAll();
    const before = drawn();
    await askAgain();
    expect(await renderAll()).toEqual(shown);
    expect(drawn()).toEqual(before);

    writeFileSync(`${repository}/new`, "");
    await askAgain();
    for (const row of await renderAll()) expect(row).toContain("main ?1");
    for (const [n, time] of drawn().entries()) expect(time).toBeGreaterThan(before[n] ?? 0);
  }));
