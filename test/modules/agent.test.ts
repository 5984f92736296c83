import { expect, test } from "bun:test";
import { agent } from "../../src/modules/agent.ts";
import { shown } from "./shown.ts";

test.each([
  ["none", {}, []],
  ["one", { agent: { name: "reviewer" } }, ["reviewer", "reviewer"]],
  [
    "one of a long name",
    { agent: { name: "reviewer-of-all-documentation" } },
    ["reviewer-of-all-documen…", "reviewer-…"],
  ],
])("agent: %s", (_, session, forms) => {
  expect(shown(agent, session, null)).toEqual(forms);
});
