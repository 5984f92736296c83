import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { root } from "../../build/compile.ts";
import { TARGETS } from "../../build/release/targets.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly needs?: string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly strategy?: { readonly matrix: { readonly include?: readonly { readonly target: string }[] } };
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = `${root}.github/workflows`;
const workflows = readdirSync(folder).map(
  (name) =>
    [name, parse(readFileSync(`${folder}/${name}`, "utf8"), { uniqueKeys: true }) as Workflow] as const,
);
const { scripts } = await Bun.file(`${root}package.json`).json();

describe.each(workflows)("%s", (_, { permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const commands = steps.map(({ run }) => run ?? "").join("\n");

  test("names each action by a full version", () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/^actions\/[a-z-]+@v\d+\.\d+\.\d+$/);
  });

  test("runs only what is there", () => {
    const named = [...commands.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
    const files = [...commands.matchAll(/(?<![\w/])(?:\.\/)?((?:build|test|\.ci)\/[\w./-]+|install\.sh)/g)];
    expect(named.length + files.length).toBeGreaterThan(0);
    for (const [, file] of files)
      expect({ file, exists: existsSync(`${root}${file}`) }).toEqual({ file, exists: true });
  });

  test("has jobs that end, wait for jobs that are there, and may write only where they say so", () => {
    expect(Object.values(permissions).filter((level) => level !== "read")).toEqual([]);
    for (const job of Object.values(jobs)) {
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
      if (job.needs !== undefined) expect(Object.keys(jobs)).toContain(job.needs);
    }
  });

  test("puts no text of the event into a command", () => {
    expect(commands).not.toMatch(/\$\{\{(?! matrix\.)/);
  });
});

test("the release is tried for every target, and written to by two jobs only", () => {
  const release = new Map(workflows).get("release.yml");
  const tried = release?.jobs.smoke?.strategy?.matrix.include?.map(({ target }) => target);
  expect(tried).toEqual(TARGETS.map(({ name }) => name));
  const writers = Object.entries(release?.jobs ?? {}).filter(([, job]) =>
    Object.values(job.permissions ?? {}).includes("write"),
  );
  expect(writers.map(([name]) => name)).toEqual(["publish", "formula"]);
});
