import { expect, test } from "bun:test";
import { appendFileSync, statSync, writeFileSync } from "node:fs";
import { inSandbox } from "../harness.ts";
import { fullSession, later, newId } from "./configured.ts";

const countIn = (state: string) => Number(/messageCount: (\d+)/.exec(state)?.[1]);

test("what changes by time alone goes into the state once a minute, anything else at once", () =>
  inSandbox(async (box) => {
    const path = `${box.health}/runtime-state.yaml`;
    const document = { ...(fullSession(box) as { transcript_path: string }), session_id: newId() };
    const at = async (ms: number, changes: object = {}) => {
      Object.assign(box.env, later(ms));
      await box.lines({ ...document, ...changes });
      await box.settle();
      return box.read(path);
    };
    const first = await at(0);
    expect(first).toContain("branch: main");
    // Git has been asked again, and says the same.
    expect(await at(15_000)).toBe(first);
    const moved = await at(30_000, { model: { id: "x", display_name: "Another" } });
    expect(moved).toContain("Another");
    const { mtimeMs } = statSync(path);
    expect(await at(45_000, { model: { id: "x", display_name: "Another" } })).toBe(moved);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    // A message that the document does not tell of.
    const message = { type: "user", uuid: "new", message: { role: "user", content: "more" } };
    appendFileSync(document.transcript_path, `${JSON.stringify(message)}\n`);
    const grown = await at(50_000, { model: { id: "x", display_name: "Another" } });
    expect(countIn(grown)).toBe(countIn(moved) + 1);
    const minute = await at(115_000, { model: { id: "x", display_name: "Another" } });
    expect(minute).not.toBe(grown);
    // Somebody writes a label: what stands beside it is brought up to date.
    writeFileSync(path, minute.replace(/label: .*/, "label: Mine"));
    const labelled = await at(130_000, { model: { id: "x", display_name: "Another" } });
    expect(labelled).toContain("label: Mine");
    expect(labelled).not.toBe(minute.replace(/label: .*/, "label: Mine"));
  }));
