import { expect, test } from "bun:test";
import { keptFrom } from "../../src/broker/kept.ts";
import type { LastPart, Rest } from "../../src/broker/last-render.ts";
import { parseSession } from "../../src/parse-session.ts";

const part = (...uses: LastPart["uses"]): LastPart => ({
  forms: [],
  isAll: true,
  freshness: "current",
  uses,
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
const profile = { id: "work", label: "Work", owner: true, since: null };
const last: Rest = {
  session: { ...told(), profile, document: "{}" },
  texts: {},
  screen: { columns: 80, rows: 24, depth: 1, links: false },
  settings: "v",
  parts: {
    session: part("sessionName"),
    model: part("model", "transcriptPath"),
    account: part("profile"),
    style: part(),
  },
};

test("the parts that look at nothing new, the account and the screen", () => {
  const kept = keptFrom(last, told({ model: { id: "m", display_name: "N" } }));
  expect(kept?.session.profile).toEqual(profile);
  expect(kept?.session.model.displayName).toBe("N");
  expect(kept?.screen).toEqual(last.screen);
  const names = ["session", "model", "account", "style", "git"];
  expect(names.filter((name) => kept?.part(name) !== null)).toEqual(["session", "account", "style"]);
});

test("all of them where nothing has changed", () => {
  const kept = keptFrom(last, told());
  expect(Object.keys(last.parts).filter((name) => kept?.part(name) === null)).toEqual([]);
});

test.each([
  ["another project", { workspace: { current_dir: "/p", project_dir: "/q" } }],
  ["another session", { session_id: "b" }],
])("nothing of %s", (_, changes) => {
  expect(keptFrom(last, told(changes))).toBeNull();
});
