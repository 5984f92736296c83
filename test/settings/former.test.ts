import { expect, test } from "bun:test";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { pathsBelow } from "../../src/paths.ts";
import { type Former, formerPath, readFormers, remember } from "../../src/settings/former.ts";
import { inSandbox } from "../harness.ts";

const former: Former = {
  value: "null",
  wrote: "{}",
  put: "{}",
  took: "null",
  lead: 0,
  made: false,
  kept: null,
};
const kept = { path: "/u", run: "x", before: null, after: "{}" };

test("what is remembered is there until it is forgotten, for this user only", () =>
  inSandbox(async ({ home }) => {
    const paths = pathsBelow(`${home}/.claude`);
    expect(readFormers(paths)).toEqual({});
    remember("a", former, paths);
    remember("b", { ...former, kept }, paths);
    expect(readFormers(paths)).toEqual({ a: former, b: { ...former, kept } });
    expect(statSync(formerPath(paths)).mode & 0o777).toBe(0o600);
    remember("a", null, paths);
    expect(readFormers(paths)).toEqual({ b: { ...former, kept } });
    remember("b", null, paths);
    expect(await Bun.file(formerPath(paths)).exists()).toBe(false);
  }));

test.each([
  "",
  "{",
  "[]",
  "null",
  '{"a": null}',
  '{"a": {}}',
  JSON.stringify({ a: { ...former, lead: "0" } }),
  JSON.stringify({ a: { ...former, kept: { ...kept, run: 1 } } }),
])("%p is refused, and never written over", (text) =>
  inSandbox(async ({ home }) => {
    const paths = pathsBelow(`${home}/.claude`);
    mkdirSync(paths.root, { recursive: true });
    writeFileSync(formerPath(paths), text);
    expect(() => readFormers(paths)).toThrow("cannot be read");
    expect(() => remember("a", former, paths)).toThrow("cannot be read");
    expect(await Bun.file(formerPath(paths)).text()).toBe(text);
  }));
