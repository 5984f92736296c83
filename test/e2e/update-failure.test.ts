import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { tarGz } from "../../build/release/tar.ts";
import { archiveName } from "../../build/release/targets.ts";
import { binary } from "../harness.ts";
import { cutOffServer } from "../install/release.ts";
import { ARCHIVE, NEW, SUMS, target, Updating } from "./update-harness.ts";

const page = () =>
  new Response("<!doctype html><title>Sign in</title>", { headers: { "Content-Type": "text/html" } });

let at: Updating;
beforeEach(() => {
  at = new Updating();
});
afterEach(() => at.stop());

const packed = (path: string) => tarGz([{ path, bytes: new TextEncoder().encode("x"), executable: true }], 0);

/** What can be wrong with a release, and what is then said. */
const FAULTS: readonly (readonly [string, RegExp, () => void])[] = [
  ["a wrong sum", /has SHA-256 \w{64} instead of \w{64}/, () => at.server.files.set(ARCHIVE, "other bytes")],
  ["no sums", /cannot download .*SHA256SUMS: the server answered 404/, () => at.server.files.delete(SUMS)],
  ["no archive", /cannot download .*tar\.gz: the server answered 404/, () => at.server.files.delete(ARCHIVE)],
  [
    "a page in place of the sums",
    /has no checksum for statusline-\*-/,
    () => at.server.answers.set(SUMS, page),
  ],
  ["a page in place of the archive", /has SHA-256/, () => at.server.answers.set(ARCHIVE, page)],
  ["sums without this build", /has no checksum for/, () => at.server.sums(NEW, `${"0".repeat(64)}  other\n`)],
  [
    "a sum that is none",
    /has no checksum for/,
    () => at.server.sums(NEW, `x  ${archiveName(target, NEW)}\n`),
  ],
  [
    "a name that leads elsewhere",
    /has no checksum for/,
    () => at.server.sums(NEW, `${"0".repeat(64)}  statusline-9/../x-${target.name}.tar.gz\n`),
  ],
  [
    "an archive that is none",
    /does not contain statusline-.*\/statusline/,
    () => at.publish(new TextEncoder().encode("text")),
  ],
  [
    "an archive without a program",
    /does not contain .*\/statusline/,
    () => at.publish(packed("other/statusline")),
  ],
  [
    "a program that fails",
    /does not print a status line/,
    () => at.server.publish(NEW, "#!/bin/sh\necho a\nexit 3\n"),
  ],
  ["a program that prints nothing", /does not print/, () => at.server.publish(NEW, "#!/bin/sh\necho ' '\n")],
  ["a program of another system", /does not print/, () => at.server.publish(NEW, "\x7fELF\x02\x01\x01\x00")],
  [
    "redirections in a circle",
    /more than 10 redirects/,
    () => at.server.answers.set(ARCHIVE, () => Response.redirect(`${at.server.url}/${ARCHIVE}`)),
  ],
  [
    "a way off the web",
    /it redirects to file:/,
    () =>
      at.server.answers.set(
        ARCHIVE,
        () => new Response("", { status: 302, headers: { Location: "file:///etc/passwd" } }),
      ),
  ],
];

describe("what leaves the program as it was:", () => {
  const before = statSync(binary);

  async function leaves(why: RegExp, base?: string) {
    const { exitCode, stderr } = await at.update([], at.installed, base);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(why)]);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(statSync(at.installed).size).toBe(before.size);
    expect(readdirSync(dirname(at.installed))).toEqual(["statusline"]);
  }

  test.each(FAULTS)("%s", async (_, why, spoil) => {
    at.server.publish(NEW);
    spoil();
    await leaves(why);
  });

  test("a transfer that is cut off", async () => {
    at.server.publish(NEW);
    const cut = cutOffServer(100_000);
    at.server.answers.set(ARCHIVE, () => Response.redirect(`http://127.0.0.1:${cut.port}/${ARCHIVE}`));
    await leaves(/cannot download .*tar\.gz: /);
    cut.stop(true);
  });

  test("a server that is not there", () =>
    leaves(/cannot download http:\/\/127\.0\.0\.1:1\//, "http://127.0.0.1:1"));
  test("an address that is none", () => leaves(/cannot download nonsense\//, "nonsense"));
});
