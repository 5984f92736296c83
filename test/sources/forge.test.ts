import { describe, expect, test } from "bun:test";
import { branchUrl, folderUrl, repositoryUrl, webUrl } from "../../src/sources/forge.ts";

const widgets = { host: "github.com", owner: "acme", name: "widgets" };

describe("a repository's page", () => {
  test.each([
    ["is on its server", {}, "https://github.com/acme/widgets"],
    ["may be on a port", { host: "git.acme.org:8443" }, "https://git.acme.org:8443/acme/widgets"],
    ["may be in a group's group", { owner: "acme/tools" }, "https://github.com/acme/tools/widgets"],
    [
      "has what would end its path written out",
      { owner: "a b", name: "c?d#e%f" },
      "https://github.com/a%20b/c%3Fd%23e%25f",
    ],
    ["may be named in any script", { name: "ü" }, "https://github.com/acme/%C3%BC"],
    ["is one even of half a character", { name: "a\ud800" }, "https://github.com/acme/a%EF%BF%BD"],
    ["is none of a host that is a path", { host: "evil.org/x" }, null],
    ["is none of a host with a user in it", { host: "github.com@evil.org" }, null],
    ["is none of no host", { host: "" }, null],
    ["is none of an escape sequence", { host: "a\x1b]8;;" }, null],
  ])("%s", (_, changes, url) => {
    expect(repositoryUrl({ ...widgets, ...changes })).toBe(url);
  });

  test("is none without a repository", () => {
    expect(repositoryUrl(null)).toBeNull();
  });
});

describe("a branch's page", () => {
  test.each([
    ["github.com", "https://github.com/acme/widgets/tree/main"],
    ["git.acme.org", "https://git.acme.org/acme/widgets/tree/main"],
    ["gitlab.com", "https://gitlab.com/acme/widgets/-/tree/main"],
    ["GitLab.acme.org", "https://GitLab.acme.org/acme/widgets/-/tree/main"],
    ["bitbucket.org", "https://bitbucket.org/acme/widgets/branch/main"],
    ["codeberg.org", "https://codeberg.org/acme/widgets/src/branch/main"],
    ["gitea.acme.org", "https://gitea.acme.org/acme/widgets/src/branch/main"],
    ["forgejo.acme.org:3000", "https://forgejo.acme.org:3000/acme/widgets/src/branch/main"],
    ["a/b", null],
  ])("on %s", (host, url) => {
    expect(branchUrl({ ...widgets, host }, "main")).toBe(url);
  });

  test.each([
    ["feature/x", "feature/x"],
    ["fix#12?", "fix%2312%3F"],
    ["50%", "50%25"],
    ["日本", "%E6%97%A5%E6%9C%AC"],
    ["half\udc00", "half%EF%BF%BD"],
  ])("of the branch %j", (branch, path) => {
    expect(branchUrl(widgets, branch)).toBe(`https://github.com/acme/widgets/tree/${path}`);
  });

  test("is none without branch or repository", () => {
    expect([branchUrl(widgets, null), branchUrl(null, "main")]).toEqual([null, null]);
  });
});

test.each([
  ["https://github.com/acme/widgets/pull/12", true],
  ["http://localhost:3000/x?y#z", true],
  ["https://", false],
  ["ftp://example.org", false],
  ["file:///etc/passwd", false],
  ["javascript:alert(1)", false],
  [" https://example.org", false],
  ["https://example.org/a b", false],
  ["https://example.org\n", false],
  ["https://example.org/\x1b\\", false],
  ["https://example.org/ü", false],
  [null, false],
])("the address %j is one of the web: %p", (text, is) => {
  expect(webUrl(text)).toBe(is ? text : null);
});

test.each([
  ["/home/me/widgets", "file:///home/me/widgets"],
  ["/", "file:///"],
  ["/a b/ü", "file:///a%20b/%C3%BC"],
  ["/what?/#1/50%", "file:///what%3F/%231/50%25"],
  ["/half\ud800", "file:///half%EF%BF%BD"],
  ["/back\\slash", "file:///back%5Cslash"],
  ["C:\\Users\\me", "file:///C:/Users/me"],
  ["c:/Users/me", "file:///c:/Users/me"],
])("the folder %j is %s", (path, url) => {
  expect(folderUrl(path)).toBe(url);
});
