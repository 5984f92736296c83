import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { root } from "../../build/compile.ts";
import { TARGETS } from "../../build/release/targets.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
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
const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));
const { scripts } = await Bun.file(`${root}package.json`).json();

describe.each(workflows)("%s", (file, { permissions, jobs }) => {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const commands = steps.map(({ run }) => run ?? "").join("\n");

  test("pins each action by its commit, with the version as a comment", () => {
    const actions = texts.get(file)?.match(/uses:.*/g) ?? [];
    expect(actions.length).toBe(steps.flatMap(({ uses }) => uses ?? []).length);
    for (const action of actions)
      expect(action).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("keeps no token in a checkout", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map((step) => step.with?.["persist-credentials"])).toEqual(checkouts.map(() => false));
  });

  test("runs no install script of a package where a token can write", () => {
    const writers = Object.values(jobs).filter((job) =>
      Object.values(job.permissions ?? {}).includes("write"),
    );
    for (const { run } of writers.flatMap((job) => job.steps))
      expect(run ?? "").not.toMatch(/npm (ci|install)(?! --ignore-scripts)/);
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
