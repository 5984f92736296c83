import { expect, test } from "bun:test";
import { session } from "../../src/modules/session.ts";
import { shown } from "./shown.ts";

test.each([
  ["without a name", {}, []],
  ["of a name", { session_name: "my-session" }, Array(3).fill("my-session")],
  [
    "of a long name",
    { session_name: "a name that says all about it, and then more of it" },
    ["a name that says all about it, and then…", "a name that says all ab…", "a name that…"],
  ],
])("session: one %s", (_, document, forms) => {
  expect(shown(session, document, null)).toEqual(forms);
});
