import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../build/compile.ts";

const pages = Bun.spawnSync(["git", "ls-files", "*.md"], { cwd: root }).stdout.toString().trim().split("\n");
const textOf = (page: string) => readFileSync(join(root, page), "utf8");

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = textOf(page).matchAll(/^#+ (.*)$/gm);
  return Array.from(headings, ([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The links of a page to files of this repository. */
const linksOf = (page: string) =>
  Array.from(textOf(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g), ([, link = ""]) => link);

test("there are the pages that the repository is read by", () => {
  const expected = ["README", "CONTRIBUTING", "CHANGELOG", "SECURITY", "docs/architecture", "docs/formats"];
  expect(pages).toEqual(expect.arrayContaining(expected.map((page) => `${page}.md`)));
});

test.each(pages)("the links of %s lead to files and headings that are there", (page) => {
  const dead = linksOf(page).filter((link) => {
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? page : join(dirname(page), file);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(target).includes(anchor);
  });
  expect(dead).toEqual([]);
});

test("README is short, and links to each other page", () => {
  expect(textOf("README.md").split("\n").length).toBeLessThan(200);
  const others = pages.filter((page) => page !== "README.md" && !page.startsWith("Formula/"));
  expect(linksOf("README.md").map((link) => link.split("#")[0])).toEqual(expect.arrayContaining(others));
});
