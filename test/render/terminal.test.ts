import { expect, test } from "bun:test";
import { colorDepth, hasLinks, terminalOf, usableColumns } from "../../src/render/terminal.ts";

test.each([
  [{}, 1],
  [{ TERM: "dumb" }, 0],
  [{ TERM: "xterm-256color" }, 2],
  [{ TERM: "xterm-256color", COLORTERM: "truecolor" }, 3],
  [{ COLORTERM: "24bit" }, 3],
  [{ NO_COLOR: "1", FORCE_COLOR: "3" }, 0],
  [{ NO_COLOR: "", COLORTERM: "truecolor" }, 3],
  [{ FORCE_COLOR: "0", COLORTERM: "truecolor" }, 0],
  [{ FORCE_COLOR: "1", COLORTERM: "truecolor" }, 1],
  [{ FORCE_COLOR: "2", TERM: "dumb" }, 2],
  [{ FORCE_COLOR: "3" }, 3],
  [{ FORCE_COLOR: "3", TERM: "dumb" }, 3],
  [{ FORCE_COLOR: "false", COLORTERM: "truecolor" }, 0],
  [{ FORCE_COLOR: "", COLORTERM: "truecolor" }, 3],
  [{ TERM: "dumb", COLORTERM: "truecolor" }, 0],
  [{ TERM: "screen-256color", COLORTERM: "no" }, 2],
] as const)("%j gives depth %i", (env, depth) => {
  expect(colorDepth(env)).toBe(depth);
});

test.each([
  [{}, false],
  [{ TERM: "xterm-256color" }, false],
  [{ TERM: "xterm-kitty" }, true],
  [{ TERM: "foot" }, true],
  [{ TERM_PROGRAM: "iTerm.app" }, true],
  [{ TERM_PROGRAM: "vscode" }, true],
  [{ TERM_PROGRAM: "Apple_Terminal" }, false],
  [{ TERM_PROGRAM: "tmux", WT_SESSION: "1" }, true],
  [{ VTE_VERSION: "4900" }, false],
  [{ VTE_VERSION: "7200" }, true],
  [{ KONSOLE_VERSION: "" }, false],
  [{ FORCE_HYPERLINK: "0", TERM: "xterm-kitty" }, false],
  [{ FORCE_HYPERLINK: "1", TERM: "dumb" }, true],
  [{ FORCE_HYPERLINK: "", TERM: "dumb" }, false],
])("%j has links: %p", (env, expected) => {
  expect(hasLinks(env)).toBe(expected);
});

test.each([
  [{ COLUMNS: "104", LINES: "40" }, 104, 40],
  [{}, null, null],
  [{ COLUMNS: "0", LINES: "-1" }, null, null],
  [{ COLUMNS: "80.5", LINES: "many" }, null, null],
  [{ COLUMNS: "", LINES: "Infinity" }, null, null],
])("%j is %p columns and %p rows", (env, columns, rows) => {
  expect(terminalOf(env)).toMatchObject({ columns, rows });
});

test.each([
  [null, 0, 76],
  [80, 0, 76],
  [80, 2, 72],
  [80, 100, 1],
  [4, 0, 1],
  [1, 0, 1],
  [1_000_000, 0, 2000],
])("of %p columns with a padding of %i, %i are used", (columns, padding, expected) => {
  expect(usableColumns(columns, padding)).toBe(expected);
});
