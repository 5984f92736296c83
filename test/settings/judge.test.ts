import { expect, test } from "bun:test";
import { judged } from "../../src/settings/judge.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["cut off", '{\n  "model": "opus",\n  "env": {', "/s:3:11: this is not JSON: close brace expected"],
  ["a comment", '{\n  // mine\n  "model": "opus"\n}', "/s:2:3: this is not JSON: comments are not allowed"],
  ["a comma too many", '{\n  "model": "opus",\n}', "/s:3:1: this is not JSON: "],
  ["a comma too few", '{"a": 1 "b": 2}', "/s:1:9: this is not JSON: comma expected"],
  ["single quotes", "{'a': 1}", "/s:1:2: this is not JSON: "],
  ["a control character", '{"a": "\u0001"}', "/s:1:7: this is not JSON: invalid character"],
  ["a bad escape", '{"a": "\\x"}', "/s:1:7: this is not JSON: invalid escape character"],
  ["something behind it", "{} {}", "/s:1:4: this is not JSON: end of file expected"],
  ["a number that JSON has not", '{"a": 01}', "/s:1:"],
  ["NaN", '{"a": NaN}', "/s:1:7: "],
  ["a list", "\n [1]", "/s:2:2: this is not a JSON object"],
  ["null", "null", "/s:1:1: this is not a JSON object"],
  ["a number", "  7", "/s:1:3: this is not a JSON object"],
  ["a text", '"{}"', "/s:1:1: this is not a JSON object"],
  ["two status lines", '{"statusLine": 1,\n"status\\u004cine": 2}', '/s:2:1: "statusLine" is set twice'],
  ["deep and broken", "[".repeat(200_000), "/s:1:1: this is not JSON"],
])("%s is refused at its place", (_, text, message) => {
  expect(() => judged(bytes(text), "/s")).toThrow(message);
});

test.each([
  ["UTF-16", Buffer.from('\ufeff{"a":1}', "utf16le"), "/s:1:1: this is not UTF-8 text"],
  ["Latin-1", Buffer.from('{\n "a": "\xfc"}', "latin1"), "/s:2:8: this is not UTF-8 text"],
  ["a lone surrogate", Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22]), "/s:1:3: this is not UTF-8 text"],
])("%s is refused at its place", (_, text, message) => {
  expect(() => judged(text, "/s")).toThrow(message);
});

test.each([
  ["", ""],
  ["\ufeff{}", "{}"],
  [" \n", " \n"],
  ['{"a": {"statusLine": 1, "statusLine": 2}, "a": 2}', undefined],
  ['{"a": "\\ud800"}', undefined],
  [`{"a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`, undefined],
])("%.20p is taken", (text, expected = text) => {
  expect(judged(bytes(text), "/s")).toBe(expected);
});
