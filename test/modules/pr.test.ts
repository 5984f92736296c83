import { expect, test } from "bun:test";
import { pr } from "../../src/modules/pr.ts";
import { formsOf, linkOf, shown } from "./shown.ts";

test.each([
  ["none", {}, []],
  ["one without a review", { pr: { number: 12 } }, ["#12"]],
  ["one with a review", { pr: { number: 12, review_state: "approved" } }, ["#12 approved", "#12"]],
  ["one without a number", { pr: { review_state: "approved" } }, []],
])("pr: %s", (_, session, forms) => {
  expect(shown(pr, session, null)).toEqual(forms);
});

test.each([
  ["APPROVED", "approved", "good"],
  ["CHANGES_REQUESTED", "changes requested", "bad"],
  ["review_required", "review required", "warn"],
  ["draft", "draft", "muted"],
  ["something_new", "something new", "muted"],
  ["constructor", "constructor", "muted"],
])("pr: the state %s reads %s, %s", (review_state, text, tone) => {
  const [form] = formsOf(pr, { pr: { number: 1, review_state } }, null);
  expect(form?.[1]).toMatchObject({ text: ` ${text}`, tone });
});

test.each([
  ["https://github.com/acme/widgets/pull/12", "https://github.com/acme/widgets/pull/12"],
  ["javascript:alert(1)", null],
  [undefined, null],
])("pr: the address %p leads to %p", (url, link) => {
  for (const form of formsOf(pr, { pr: { number: 12, url, review_state: "draft" } }, null))
    expect(linkOf(form[0])).toBe(link);
});
