import { expect, test } from "bun:test";
import {
  type FrameDetails,
  NEVER,
  type SavedFrame,
  type SavedPart,
  type Stamp,
} from "../../src/cache/saved-frame.ts";
import { reusable } from "../../src/frame/reusable-parts.ts";
import { parseSession } from "../../src/parse-session.ts";
import type { Session } from "../../src/session.ts";

const NOW = 1000;
const FILES: readonly Stamp[] = [
  ["/config.json", 1],
  ["/cache/cost.json", 2],
  ["/p/.git/HEAD", 3],
  ["/cache/tmux.json", 4],
];
const [CONFIG, COST, HEAD, TMUX] = [0, 1, 2, 3];
const part = (uses: SavedPart["uses"], stamps: number[], validUntil = NEVER): SavedPart => ({
  ...{ drawn: [], freshness: "current", uses, stamps, validUntil, staleAt: NEVER },
});
const documentOf = (changes: object = {}) =>
  parseSession(
    JSON.stringify({
      session_id: "a",
      session_name: "one",
      model: { id: "m", display_name: "M" },
      workspace: { current_dir: "/p", project_dir: "/p" },
      ...changes,
    }),
  );
const profile: Session["profile"] = { id: "work", name: "Account", label: "Work", owner: true, since: null };
const details: FrameDetails = {
  session: { ...documentOf(), profile, document: "{}" },
  settings: "v",
  base: [CONFIG],
  screen: { columns: 80, rows: 24, depth: 1, links: false, stamps: [TMUX], validUntil: NOW + 5000 },
  parts: {
    session: part(["sessionName"], []),
    model: part(["model", "transcriptPath"], []),
    account: part(["profile"], []),
    git: part(["cwd"], [HEAD]),
    cost: part([], [COST]),
    block: part([], [COST], NOW + 500),
  },
};
const saved: SavedFrame = {
  ...{
    text: "",
    at: NOW,
    staleAt: NEVER,
    environment: "",
    document: "",
    durations: true,
    validUntil: 0,
    stamps: FILES,
  },
  details: () => details,
};

/** What may be used again where these files have changed. */
function reuse(document: object = {}, changed: readonly number[] = [], now = NOW) {
  const stamps = FILES.map((stamp, n) => (changed.includes(n) ? null : stamp));
  return reusable(saved, { frame: false, stamps }, documentOf(document), now);
}
const names = ["session", "model", "account", "git", "cost", "block", "weekly"];
const parts = (...given: Parameters<typeof reuse>) =>
  names.filter((name) => (reuse(...given)?.part(name) ?? null) !== null);

test("all parts, the account and the screen where nothing has changed", () => {
  expect(parts()).toEqual(["session", "model", "account", "git", "cost", "block"]);
  expect(reuse()?.screen).toMatchObject({ columns: 80, stamps: [FILES[TMUX]] });
  expect(reuse()?.base).toEqual([FILES[CONFIG]] as Stamp[]);
});

test("not the parts that use a field that has changed", () => {
  const model = { model: { id: "m", display_name: "N" } };
  expect(parts(model)).toEqual(["session", "account", "git", "cost", "block"]);
  expect(reuse(model)?.session).toMatchObject({ profile, model: { displayName: "N" } });
});

test("not the parts one of whose files has changed, and no others", () => {
  expect(parts({}, [COST])).toEqual(["session", "model", "account", "git"]);
  expect(parts({}, [HEAD])).toEqual(["session", "model", "account", "cost", "block"]);
});

test("not the parts that are past their time", () => {
  expect(parts({}, [], NOW + 499)).toContain("block");
  expect(parts({}, [], NOW + 500)).toEqual(["session", "model", "account", "git", "cost"]);
});

test("a screen that is past its time, or whose source has changed, costs no part", () => {
  for (const again of [reuse({}, [TMUX]), reuse({}, [], NOW + 5000)]) {
    expect(again?.screen).toBeNull();
    expect(again?.part("model")).not.toBeNull();
  }
});

test("the stamps that a part had, with their positions resolved", () => {
  expect(reuse()?.part("cost")?.stamps).toEqual([FILES[COST]] as Stamp[]);
});

test.each<[string, Parameters<typeof reuse>]>([
  ["another project", [{ workspace: { current_dir: "/p", project_dir: "/q" } }]],
  ["another session", [{ session_id: "b" }]],
  ["another configuration or account", [{}, [CONFIG]]],
])("nothing of %s", (_, given) => {
  expect(reuse(...given)).toBeNull();
});
