import { expect, test } from "bun:test";
import type { LastPart, LastRender, Rest, SeenFile } from "../../src/cache/saved-frame.ts";
import { keptFrom } from "../../src/frame/reuse.ts";
import { parseSession } from "../../src/parse-session.ts";

const NOW = 1000;
const part = (source: string, uses: LastPart["uses"], until: number | null = null): LastPart => ({
  forms: [],
  isAll: true,
  freshness: "current",
  uses,
  source,
  until,
});
const told = (changes: object = {}) =>
  parseSession(
    JSON.stringify({
      session_id: "a",
      session_name: "one",
      model: { id: "m", display_name: "M" },
      workspace: { current_dir: "/p", project_dir: "/p" },
      ...changes,
    }),
  );
const profile = { id: "work", name: "Account", label: "Work", owner: true, since: null };
const last: Rest = {
  session: { ...told(), profile, document: "{}" },
  texts: {},
  screen: { columns: 80, rows: 24, depth: 1, links: false, source: "tmux", until: NOW + 5000 },
  settings: "v",
  parts: {
    session: part("session", ["sessionName"]),
    model: part("model", ["model", "transcriptPath"]),
    account: part("account", ["profile"]),
    cost: part("cost", []),
    block: part("cost", [], NOW + 500),
    tmux: part("tmux", []),
  },
};

const files: SeenFile[] = [["/p/.git/HEAD", 5]];
const lastRender: LastRender = {
  frame: { text: "", at: NOW },
  memo: { environment: "", document: "", exact: true, rateLimit: 0, until: 0, files: [] },
  rest: () => last,
};
const kept = (changes: object = {}, renewed: Record<string, true> = {}, now = NOW) =>
  keptFrom(lastRender, { frame: false, renewed, files }, told(changes), now);
const names = ["session", "model", "account", "cost", "block", "git"];
const partsOf = (...given: Parameters<typeof kept>) =>
  names.filter((name) => (kept(...given)?.part(name) ?? null) !== null);

test("the parts that look at nothing new, the account and the screen", () => {
  const all = kept({ model: { id: "m", display_name: "N" } });
  expect([all?.session.profile, all?.session.model.displayName]).toEqual([profile, "N"]);
  expect(all?.screen).toEqual(last.screen);
  expect(partsOf({ model: { id: "m", display_name: "N" } })).toEqual(["session", "account", "cost", "block"]);
});

test("all of them where nothing has changed", () => {
  expect(partsOf()).toEqual(["session", "model", "account", "cost", "block"]);
});

test("those that do not show what has been fetched anew, and whose time is not over", () => {
  expect(partsOf({}, { cost: true })).toEqual(["session", "model", "account"]);
  expect(partsOf({}, {}, NOW + 500)).toEqual(["session", "model", "account", "cost"]);
});

test("the files that stand, and what the frame counted", () => {
  expect([kept()?.files, kept()?.exact]).toEqual([files, true]);
});

test.each<[string, Parameters<typeof kept>]>([
  ["another project", [{ workspace: { current_dir: "/p", project_dir: "/q" } }]],
  ["another session", [{ session_id: "b" }]],
  ["another account", [{}, { profile: true }]],
  ["a screen that is to be looked at", [{}, {}, NOW + 5000]],
  ["a screen whose source is another", [{}, { tmux: true }]],
])("nothing of %s", (_, given) => {
  expect(kept(...given)).toBeNull();
});
