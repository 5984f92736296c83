import { describe, expect, test } from "bun:test";
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { inSandbox, type Sandbox } from "../harness.ts";
import { flags, fullSession, later, newId, type Values } from "./configured.ts";

type Document = ReturnType<typeof fullSession> & Record<string, unknown>;

/** What a document may say otherwise than the one before it. */
const CHANGES: Readonly<Record<string, (before: Document) => object>> = {
  "a new message": () => ({
    cost: { total_cost_usd: 7.31, total_duration_ms: 9_560_000, total_lines_added: 999 },
    context_window: { context_window_size: 200_000, current_usage: { input_tokens: 150_000 } },
  }),
  "a compaction": () => ({
    context_window: { context_window_size: 200_000, current_usage: null, used_percentage: null },
  }),
  "another model": () => ({ model: { id: "claude-haiku-5-5", display_name: "Haiku 5.5" } }),
  "a name": () => ({ session_name: "another name" }),
  "no name": () => ({ session_name: undefined }),
  "another mode of the keys": () => ({ vim: { mode: "VISUAL" } }),
  "no pull request": () => ({ pr: undefined }),
  "other limits": () => ({ rate_limits: { five_hour: { used_percentage: 99, resets_at: 1_795_300_000 } } }),
  "another agent": () => ({ agent: { name: "planner" } }),
  "another effort": () => ({ effort: { level: "max" }, thinking: { enabled: true } }),
  "a cold cache": () => ({ prompt_cache: { warm: false } }),
  "another folder": ({ workspace }) => ({
    workspace: { ...(workspace as object), current_dir: "/" },
    cwd: "/",
  }),
  "another project": ({ workspace }) => ({
    workspace: { ...(workspace as object), project_dir: "/tmp" },
  }),
  "much less": ({ session_id, workspace }) => ({ ...NOTHING, session_id, workspace }),
  "all at once, and long": () => ({
    session_name: "a name that is so long that it cannot stand on any line beside the rest",
    model: { id: "x", display_name: "A model whose name is quite as long as that" },
    cost: { total_cost_usd: 123_456 },
  }),
};
const NOTHING = { cost: undefined, context_window: undefined, model: undefined, rate_limits: undefined };

const LOOKS: Readonly<Record<string, Values>> = {
  default: {},
  full: { layout: "full" },
  segments: { layout: "powerline" },
  ascii: { layout: "ascii" },
};

const print = async (box: Sandbox, document: object, columns: number, look: Values) => {
  const env = { ...later(0), COLUMNS: String(columns), NO_COLOR: "", FORCE_COLOR: "3", FORCE_HYPERLINK: "1" };
  const { stdout, stderr } = await box.run(JSON.stringify(document), env, flags(look));
  expect(stderr).toBe("");
  return stdout;
};

/** A session whose sources have answered. */
async function settled(box: Sandbox): Promise<Document> {
  Object.assign(box.env, later(0));
  const document = { ...fullSession(box), session_id: newId() } as Document;
  await print(box, document, 100, {});
  await box.settle();
  return document;
}

describe.each(Object.entries(LOOKS))("%s", (_, look) => {
  test("a new document shows what it would show if nothing were kept of the one before", () =>
    inSandbox(async (box) => {
      const document = await settled(box);
      const frame = `${box.health}/frames/${document.session_id}.json`;
      for (const columns of [40, 80, 160, 400]) {
        for (const [name, change] of Object.entries(CHANGES)) {
          const changed = { ...document, ...change(document) };
          await print(box, document, columns, look);
          const kept = await print(box, changed, columns, look);
          rmSync(frame);
          expect([name, kept]).toEqual([name, await print(box, changed, columns, look)]);
        }
      }
    }));
});

test("what has been fetched anew is shown, and so is the time, beside what is kept", () =>
  inSandbox(async (box) => {
    const document = await settled(box);
    expect(await print(box, document, 400, {})).toMatch(/main.* \?1.*09:15/s);
    writeFileSync(`${box.path}/widgets/newer`, "");
    const row = async (ms: number) => {
      Object.assign(box.env, later(ms), { COLUMNS: "400" });
      return (await box.lines(document)).join("\n");
    };
    await row(60_000);
    expect(await row(61_000)).toMatch(/main \?1.*09:16/s);
    await box.settle();
    expect(await row(62_000)).toMatch(/main \?2.*09:16/s);
  }));

test("nothing is kept where the configuration is another, though its file has the same time", () =>
  inSandbox(async (box) => {
    const document = await settled(box);
    const path = `${box.home}/.claude/statusline.user.json`;
    writeFileSync(path, JSON.stringify({ icons: "none" }));
    const { atime, mtime } = statSync(path);
    expect(await print(box, document, 400, {})).not.toContain("🌿");
    writeFileSync(path, JSON.stringify({ icons: "emoji" }));
    utimesSync(path, atime, mtime);
    expect(await print(box, { ...document, session_name: "renamed" }, 400, {})).toContain("🌿");
  }));

test("a part that the new document leaves alone is not made anew", () =>
  inSandbox(async (box) => {
    const document = await settled(box);
    const first = await print(box, document, 400, {});
    expect(first).toContain("main");
    const head = `${box.path}/widgets/.git/HEAD`;
    const { atime, mtime } = statSync(head);
    // Nobody but this test changes a file without its time.
    writeFileSync(head, "ref: refs/heads/secret\n");
    utimesSync(head, atime, mtime);
    const renamed = await print(box, { ...document, session_name: "renamed" }, 400, {});
    expect([renamed.includes("renamed"), renamed.includes("main"), renamed.includes("secret")]).toEqual([
      true,
      true,
      false,
    ]);
    utimesSync(head, atime, new Date(mtime.getTime() + 5000));
    expect(await print(box, { ...document, session_name: "again" }, 400, {})).toContain("secret");
  }));
