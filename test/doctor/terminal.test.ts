import { expect, test } from "bun:test";
import { spoilt } from "./well.ts";

/** What is said of the terminal in this environment. */
const said = async (name: string, env: Record<string, string>) => {
  const [check, ...more] = await spoilt(name, () => {}, { NO_COLOR: "", ...env });
  expect(more).toEqual([]);
  return [check?.status, check?.message];
};

test.each([
  [{ COLORTERM: "truecolor" }, "ok", "24-bit colours: COLORTERM=truecolor"],
  [{}, "ok", "256 colours: TERM=xterm-256color"],
  [{ TERM: "xterm" }, "ok", "16 colours: COLORTERM and TERM indicate no more"],
  [{ NO_COLOR: "1", COLORTERM: "truecolor" }, "ok", "no colours: NO_COLOR=1"],
  [{ FORCE_COLOR: "3", TERM: "xterm" }, "ok", "24-bit colours: FORCE_COLOR=3"],
  [{ TERM: "dumb" }, "warning", "no colours: TERM=dumb"],
])("colours: %j", async (env, status, message) => {
  expect(await said("colours", env)).toEqual([status, message]);
});

test.each([
  [{}, "ok", "104 columns (COLUMNS), 100 of them for the row"],
  [
    { LINES: "14" },
    "ok",
    "104 columns (COLUMNS), 100 of them for the row; all on one line, since there are 14 rows",
  ],
  [{ COLUMNS: "24" }, "warning", "24 columns (COLUMNS), 20 of them for the row"],
  [{ COLUMNS: "" }, "ok", "80 columns (COLUMNS is not set; assuming 80), 76 of them for the row"],
])("width: %j", async (env, status, message) => {
  expect(await said("width", env)).toEqual([status, message]);
});

test.each([
  [{}, "not shown: the terminal is not known to support them"],
  [{ TERM_PROGRAM: "WezTerm" }, "shown: TERM_PROGRAM=WezTerm"],
  [{ KITTY_WINDOW_ID: "1" }, "shown: KITTY_WINDOW_ID=1"],
  [{ TERM_PROGRAM: "WezTerm", FORCE_HYPERLINK: "0" }, "not shown: FORCE_HYPERLINK=0"],
])("links: %j", async (env, message) => {
  expect(await said("links", env)).toEqual(["ok", message]);
});
