import { expect, test } from "bun:test";
import { messageOf } from "../../src/lib/errors.ts";
import { asUserError } from "../../src/lib/system-error.ts";
import { UserError } from "../../src/lib/user-error.ts";

const systemError = (code: string, path: string, dest?: string) =>
  Object.assign(new Error(`${code}: …, open '${path}'`), { code, path, dest, syscall: "open" });

test.each([
  ["EACCES", "/h/daemon.log", undefined, "/h/daemon.log: permission denied"],
  ["EROFS", "/h/a.yaml.12.0f.tmp", undefined, "/h/a.yaml: the file system is read-only"],
  ["EACCES", "/h/a.lock.12.0f.tmp/nonce", undefined, "/h/a.lock: permission denied"],
  ["EISDIR", "/h/a.yaml.12.0f.tmp", "/h/a.yaml", "/h/a.yaml: a folder is where a file should be"],
  ["EIO", "/h/a", undefined, "/h/a: EIO on open"],
])("%s on %s tells the path and what is wrong", (code, path, dest, message) => {
  const told = asUserError(systemError(code, path, dest));
  expect(told).toBeInstanceOf(UserError);
  expect(messageOf(told)).toBe(message);
});

test("anything else stays what it is: a bug, or told already", () => {
  for (const error of [
    new Error("bug"),
    new UserError(2, "usage"),
    "text",
    null,
    undefined,
    { code: "EACCES" },
  ])
    expect(asUserError(error)).toBe(error);
});
