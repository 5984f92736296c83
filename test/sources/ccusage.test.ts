import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { blocks, type CcusageCall, days, findCcusage } from "../../src/sources/ccusage.ts";
import { blockOf, dayOf, sumOf } from "../../src/sources/ccusage-report.ts";
import { realWorld } from "../../src/world.ts";
import { Sandbox } from "../harness.ts";

const folder = new URL("../fixtures/captures/ccusage/", import.meta.url).pathname;
const report = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, "utf8"));

describe("a block", () => {
  test.each(["v18", "v20"])("of %s has its price", (version) => {
    expect(blockOf(report(`${version}-blocks`).blocks[0])).toMatchObject({
      startsAt: Date.parse("2026-11-21T08:00:00.000Z"),
      endsAt: Date.parse("2026-11-21T13:00:00.000Z"),
      lastUsedAt: Date.parse("2026-11-21T09:27:53.977Z"),
      isActive: true,
      usd: 29.52118760000001,
      tokens: 49_602_068,
      atLeast: false,
    });
  });

  test("its first use follows from the rate of tokens, which ccusage counts from it to the last", () => {
    const { firstUsedAt } = blockOf(report("v20-blocks").blocks[0]);
    expect(Math.abs(firstUsedAt - Date.parse("2026-11-21T08:55:16.942Z"))).toBeLessThan(60_000);
  });

  test("of v15, which knows no price for the models, costs an unknown sum, not nothing", () => {
    expect(blockOf(report("v15-blocks").blocks[0])).toMatchObject({
      usd: null,
      atLeast: true,
      tokens: 49_602_068,
    });
  });

  const row = report("v20-blocks").blocks[0];

  test("without any use, and of the client's own answers alone, costs 0", () => {
    expect(blockOf({ ...row, costUSD: 0, totalTokens: 0 })).toMatchObject({ usd: 0, atLeast: false });
    expect(blockOf({ ...row, costUSD: 0, models: [] })).toMatchObject({ usd: 0, atLeast: false });
    expect(blockOf({ ...row, costUSD: 0, models: ["<synthetic>"] })).toMatchObject({
      usd: 0,
      atLeast: false,
    });
  });

  test.each([
    null,
    undefined,
    {},
    "fast",
    { tokensPerMinute: null },
  ])("with the burn rate %j was used once", (burnRate) => {
    const { firstUsedAt, lastUsedAt } = blockOf({ ...row, burnRate });
    expect(firstUsedAt).toBe(lastUsedAt);
  });

  test.each([
    "startTime",
    "endTime",
    "costUSD",
    "totalTokens",
  ])("without %s is an error that names it", (name) => {
    for (const value of [undefined, null, "?", {}]) {
      expect(() => blockOf({ ...row, [name]: value })).toThrow(name);
    }
  });
});

describe("a day", () => {
  test.each([
    ["v15-daily", null, true],
    ["v18-daily", 32.4075526, false],
  ])("of %s costs %p", (name, usd, atLeast) => {
    expect(dayOf(report(name).daily[0])).toMatchObject({
      date: "2026-09-26",
      usd,
      atLeast,
      tokens: 54_937_301,
    });
  });

  const row = report("v18-daily").daily[0];
  const model = (modelName: string, outputTokens: number, cost: number) => ({
    modelName,
    inputTokens: 0,
    outputTokens,
    cacheCreationTokens: 0,
    cacheReadTokens: 0,
    cost,
  });
  const day = (totalCost: number, modelBreakdowns: unknown) =>
    dayOf({ date: "2026-09-26", totalCost, totalTokens: 1000, modelBreakdowns });

  test.each<[string, number, object[], number | null, boolean]>([
    ["a model without a price beside one with", 0.02, [model("a", 5, 0.02), model("b", 995, 0)], 0.02, true],
    ["only models without a price", 0, [model("a", 5, 0), model("b", 995, 0)], null, true],
    ["a model that was not used", 0.02, [model("a", 5, 0.02), model("b", 0, 0)], 0.02, false],
    ["the client's own answers", 0, [model("<synthetic>", 5, 0)], 0, false],
    ["nothing that has a price", 0, [], 0, false],
  ])("with %s", (_, total, breakdowns, usd, atLeast) => {
    expect(day(total, breakdowns)).toMatchObject({ usd, atLeast });
  });

  test("without a list of models, and without a cost, has no known price", () => {
    expect(day(0, undefined)).toMatchObject({ usd: null, atLeast: true });
  });

  test.each([
    ["too much", 5, 1000, null, false],
    ["too little", 0.01, 5_000_000, 0.01, true],
  ])("that costs %s for its tokens is in doubt", (doubt, totalCost, totalTokens, usd, atLeast) => {
    const found = dayOf({ date: "2026-09-26", totalCost, totalTokens, modelBreakdowns: [] });
    expect(found).toMatchObject({ usd, atLeast });
    expect(found.doubts.join()).toContain(doubt);
    expect(found.doubts.join()).toContain("2026-09-26");
  });

  test.each(["date", "totalCost", "totalTokens"])("without %s is an error", (name) => {
    expect(() => dayOf({ ...row, [name]: undefined })).toThrow(name);
  });

  test("a negative amount is an error", () => {
    expect(() => dayOf({ ...row, totalCost: -1 })).toThrow("negative");
  });
});

test("days together are at least what is known of them", () => {
  const use = (usd: number | null, atLeast = false) => ({ usd, tokens: 10, atLeast, doubts: [] });
  expect(sumOf([])).toMatchObject({ usd: 0, tokens: 0, atLeast: false });
  expect(sumOf([use(1), use(2)])).toMatchObject({ usd: 3, tokens: 20, atLeast: false });
  expect(sumOf([use(1), use(2, true)])).toMatchObject({ usd: 3, atLeast: true });
  expect(sumOf([use(1), use(null, true)])).toMatchObject({ usd: 1, atLeast: true });
  expect(sumOf([use(0), use(null, true)])).toMatchObject({ usd: null, atLeast: true });
});

describe("asking ccusage", () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => sandbox.remove());

  /** Puts a ccusage on PATH that notes its arguments and answers as told. */
  async function asking(version: string, answer: string): Promise<CcusageCall> {
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

  const from = { since: "20261121", zone: "Asia/Kolkata" };
  const options = "--json --offline --since 20261121 --timezone Asia/Kolkata";

  test.each(["v15", "v18", "v20"])("blocks of %s", async (version) => {
    const [block] = await blocks(from, await asking("18.0.0", `cat ${folder}${version}-blocks.json`));
    expect(block?.tokens).toBe(49_602_068);
    expect(args()).toBe(`blocks ${options}`);
  });

  test("gaps are no blocks, and there may be no active one", async () => {
    const [row] = report("v20-blocks").blocks;
    const rows = [
      { ...row, isActive: false },
      { isGap: true },
      { ...row, isActive: false, actualEndTime: null },
    ];
    const all = await blocks(from, await asking("20.0.0", `echo '${JSON.stringify({ blocks: rows })}'`));
    expect(all.map(({ isActive }) => isActive)).toEqual([false, false]);
    expect(all.map(({ lastUsedAt }) => new Date(lastUsedAt).getUTCHours())).toEqual([9, 8]);
  });

  test.each([
    ["15.9.4", "daily", "v15"],
    ["18.0.0", "daily", "v18"],
    ["20.0.0", "claude daily", "v18"],
    ["21.3.0", "claude daily", "v18"],
  ])("version %s is asked for `%s`", async (version, command, answer) => {
    const found = await days(from, await asking(version, `cat ${folder}${answer}-daily.json`));
    expect(found[0]?.tokens).toBe(54_937_301);
    expect(args()).toBe(`${command} ${options}`);
  });

  test.each([
    ["no history", `cat ${folder}v20-no-data-dir.stderr.txt >&2; exit 1`],
    ["an empty report", "echo '{}'"],
    ["an empty list", "echo '[]'"],
  ])("%s means nothing used", async (_, answer) => {
    expect(await blocks(from, await asking("20.0.0", answer))).toEqual([]);
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
    await expect(blocks(from, await asking("20.0.0", answer))).rejects.toThrow(message);
  });

  test("a version that cannot be read is an error", async () => {
    await expect(days(from, await asking("unknown", "echo '{}'"))).rejects.toThrow("--version");
  });
});
