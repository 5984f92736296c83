import { expect, test } from "bun:test";
import { account } from "../../src/modules/account.ts";
import { parseSession } from "../../src/parse-session.ts";
import { shown } from "./shown.ts";

test("account: the label alone, and only where there is one", () => {
  const session = parseSession("{}");
  expect(shown(account, session, null)).toEqual([]);
  const labelled = { ...session, profile: { id: "work", label: "Work", owner: true, since: null } };
  expect(shown(account, labelled, null)[0]).toBe("Work");
});
