import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { type Asking, activeBlock, blocks, findCcusage, week, weeks } from "../../src/sources/ccusage.ts";
import { realWorld } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";

const folder = new URL("../fixtures/captures/ccusage/", import.meta.url).pathname;
const report = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, "utf8"));

describe("the active block", () => {
  test.each(["v18", "v20"])("of %s has its price", (version) => {
    expect(activeBlock(report(`${version}-blocks`).blocks[0])).toEqual({
      startsAt: Date.parse("2026-11-21T08:00:00.000Z"),
      endsAt: Date.parse("2026-11-21T13:00:00.000Z"),
      costUsd: 29.52118760000001,
      totalTokens: 49_602_068,
      burnRateUsdPerHour: 54.30559945712938,
      tokensPerMinute: 1_520_755.2360649237,
    });
  });

  test("of v15, which knows no price for the model, costs an unknown sum, not nothing", () => {
    expect(activeBlock(report("v15-blocks").blocks[0])).toMatchObject({
      costUsd: null,
      burnRateUsdPerHour: null,
      totalTokens: 49_602_068,
      tokensPerMinute: 1_520_755.2360649237,
    });
  });

  const row = report("v20-blocks").blocks[0];

  test("without any use costs 0", () => {
    expect(activeBlock({ ...row, costUSD: 0, totalTokens: 0 }).costUsd).toBe(0);
  });

  test.each([
    null,
    undefined,
    {},
    "fast",
    { costPerHour: "1", tokensPerMinute: null },
  ])("with the burn rate %j has none", (burnRate) => {
    expect(activeBlock({ ...row, burnRate })).toMatchObject({
      burnRateUsdPerHour: null,
      tokensPerMinute: null,
    });
  });

  test.each([
    "startTime",
    "endTime",
    "costUSD",
    "totalTokens",
  ])("without %s is an error that names it", (name) => {
    for (const value of [undefined, null, "?", {}]) {
      expect(() => activeBlock({ ...row, [name]: value })).toThrow(name);
    }
  });
});

describe("a week", () => {
  test.each([
    ["v15-weekly", "2026-09-20", null],
    ["v18-weekly", "2026-09-20", 32.4075526],
    ["v20-claude-weekly", "2026-09-20", 32.4075526],
    ["v20-weekly", "2026-09-21", 32.4075526],
  ])("of %s begins on %s and costs %p", (name, start, costUsd) => {
    expect(week(report(name).weekly[0])).toEqual({ start, costUsd, totalTokens: 54_937_301 });
  });

  const row = report("v20-claude-weekly").weekly[0];

  test("without any use costs 0", () => {
    expect(week({ ...row, totalCost: 0, totalTokens: 0 }).costUsd).toBe(0);
  });

  test.each(["week", "totalCost", "totalTokens"])("without %s is an error", (name) => {
    expect(() => week({ ...row, [name]: undefined })).toThrow();
  });
});

describe("asking ccusage", () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox.remove());

  /** Puts a ccusage on PATH that notes its arguments and answers as told. */
  async function asking(version: string, answer: string): Promise<Asking> {
    sandbox.program(
      "ccusage",
      `[ "$1" = --version ] && { echo "ccusage ${version}"; exit; }\necho "$@" > ${sandbox.path}/args\n${answer}`,
    );
    const world = realWorld(sandbox.env);
    const program = await findCcusage(world);
    return { program, world, timeout: 20_000, signal: new AbortController().signal };
  }

  const args = () => sandbox.read(`${sandbox.path}/args`).trim();

  test("finds it on PATH of the session, else says so", async () => {
    expect((await asking("20.0.1", "")).program).toBe(`${sandbox.path}/bin/ccusage`);
    await expect(findCcusage(realWorld({ PATH: `${sandbox.path}/none` }))).rejects.toThrow("not on PATH");
  });

  test.each(["v15", "v18", "v20"])("blocks of %s", async (version) => {
    const { all, active } = await blocks(
      "20261121",
      await asking("18.0.0", `cat ${folder}${version}-blocks.json`),
    );
    expect(active?.totalTokens).toBe(49_602_068);
    expect(all.map(({ lastUsedAt }) => lastUsedAt)).toEqual([Date.parse("2026-11-21T09:27:53.977Z")]);
    expect(args()).toBe("blocks --json --offline --since 20261121");
  });

  test("gaps are no blocks, and there may be no active one", async () => {
    const [row] = report("v20-blocks").blocks;
    const rows = [
      { ...row, isActive: false },
      { isGap: true },
      { ...row, isActive: false, actualEndTime: null },
    ];
    const answer = await asking("20.0.0", `echo '${JSON.stringify({ blocks: rows })}'`);
    const { all, active } = await blocks("20261121", answer);
    expect(active).toBeNull();
    expect(all.map(({ lastUsedAt }) => new Date(lastUsedAt).getUTCHours())).toEqual([9, 8]);
  });

  test.each([
    ["15.9.4", "weekly --json"],
    ["18.0.0", "weekly --json"],
    ["20.0.0", "claude weekly --json"],
    ["21.3.0", "claude weekly --json"],
  ])("version %s is asked for `%s`", async (version, command) => {
    const found = await weeks("20260901", await asking(version, `cat ${folder}v20-claude-weekly.json`));
    expect(found[0]?.totalTokens).toBe(54_937_301);
    expect(args()).toBe(`${command} --offline --start-of-week monday --since 20260901`);
  });

  test.each([
    ["no history", `cat ${folder}v20-no-data-dir.stderr.txt >&2; exit 1`],
    ["an empty report", "echo '{}'"],
    ["an empty list", "echo '[]'"],
  ])("%s means nothing used", async (_, answer) => {
    expect(await blocks("20261121", await asking("20.0.0", answer))).toEqual({ all: [], active: null });
  });

  test.each([
    [
      "a failure",
      "echo broken >&2; exit 1",
      "ccusage blocks exited with 1 (0 characters on stdout, 7 on stderr)",
    ],
    [
      "no JSON",
      "echo hello",
      "ccusage blocks printed something unexpected (6 characters on stdout, 0 on stderr)",
    ],
    ["nothing", "true", "printed something unexpected (0 characters"],
    ["another kind of JSON", "echo 7", "not a report"],
    ["another kind of list", `echo '{"blocks":[1]}'`, "not a list of blocks"],
  ])("%s is an error that tells it", async (_, answer, message) => {
    await expect(blocks("20261121", await asking("20.0.0", answer))).rejects.toThrow(message);
  });

  test("a version that cannot be read is an error", async () => {
    await expect(weeks("20261121", await asking("unknown", "echo '{}'"))).rejects.toThrow("--version");
  });
});
