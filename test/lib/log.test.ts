import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { log } from "../../src/lib/log.ts";
import { Sandbox } from "../harness.ts";

let sandbox: Sandbox;
let path: string;

beforeEach(() => {
  sandbox = new Sandbox();
  path = `${sandbox.path}/health/daemon.log`;
});
afterEach(() => sandbox.remove());

const lines = (file = path) => readFileSync(file, "utf8").split("\n").slice(0, -1);

test("appends one line each, in a folder that is made, for this user only", () => {
  log(path, "info", "git", "first");
  log(path, "error", "cost", "second");
  expect(lines()).toHaveLength(2);
  expect(lines()[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z info git: first$/);
  expect(lines()[1]).toEndWith(" error cost: second");
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("control characters are gone: a message is one line and colours nothing", () => {
  log(path, "warning", "git", "a\nb\r\x1b[31mred\x1b[0m\u202e\0");
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toEndWith(" git: abred");
});

test("an endless message is cut", () => {
  log(path, "info", "git", "x".repeat(100_000));
  expect(lines()[0]).toEndWith(`git: ${"x".repeat(1000)}`);
});

test("a full log moves aside, and the one before it goes", () => {
  mkdirSync(`${sandbox.path}/health`);
  writeFileSync(`${path}.1`, "oldest\n");
  writeFileSync(path, `${"x".repeat(256 * 1024)}\n`);
  log(path, "info", "git", "new");
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toEndWith("git: new");
  expect(lines(`${path}.1`)).toEqual(["x".repeat(256 * 1024)]);
});

test("a log that is not full stays", () => {
  mkdirSync(`${sandbox.path}/health`);
  writeFileSync(path, "old\n");
  log(path, "info", "git", "new");
  expect(lines()).toHaveLength(2);
  expect(existsSync(`${path}.1`)).toBe(false);
});

test("never throws where nothing can be written", () => {
  writeFileSync(`${sandbox.path}/plain`, "");
  expect(() => log(`${sandbox.path}/plain/daemon.log`, "info", "git", "text")).not.toThrow();
  expect(() => log(sandbox.path, "info", "git", "text")).not.toThrow();
  expect(readFileSync(`${sandbox.path}/plain`, "utf8")).toBe("");
});

test("the same is told once", () => {
  for (const text of ["one", "one", "two"]) log(path, "info", "git", text);
  expect(lines()).toHaveLength(2);
});

test("a pipe in its place holds nobody up", () => {
  mkdirSync(`${sandbox.path}/health`);
  Bun.spawnSync(["mkfifo", path]);
  log(path, "info", "git", "text");
  expect(statSync(path).isFIFO()).toBe(true);
});
