import { afterAll, beforeEach, expect, test } from "bun:test";
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { inSandbox } from "../harness.ts";
import { configure, type Values, write } from "./configured.ts";
import { endPause, Ingest, logError, NOBODY, refresh, spooled } from "./ingest.ts";

const ingest = new Ingest();
afterAll(() => ingest.stop());
beforeEach(() => ingest.reset());

const DAY = 86_400_000;
const on = (values: Values = {}) => ({ "reports.dsn": ingest.dsn, "reports.sampleRate": 0, ...values });

test("without a network nothing waits: reports are kept, and sent later", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on({ "reports.dsn": NOBODY }));
    await refresh(sandbox);
    logError(sandbox, "refresh", "timed out after 7 s");
    expect(await refresh(sandbox)).toBeLessThan(2500);
    const [kept, ...others] = spooled(sandbox);
    expect(others).toEqual([]);
    expect(statSync(kept ?? "").mode & 0o777).toBe(0o600);
    configure(sandbox, on());
    await refresh(sandbox); // Within the pause nothing is tried.
    expect(ingest.requests).toEqual([]);
    endPause(sandbox);
    await refresh(sandbox);
    expect([ingest.values, spooled(sandbox)]).toEqual([["timed out after {}"], []]);
  }));

test("a server that never answers holds a refresher up for two seconds, and no other one after it", () =>
  inSandbox(async (sandbox) => {
    const silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
    configure(sandbox, on({ "reports.dsn": `http://public@127.0.0.1:${silent.port}/42` }));
    await refresh(sandbox);
    logError(sandbox, "refresh", "timed out after 7 s");
    expect(await refresh(sandbox)).toBeLessThan(4000);
    expect(await refresh(sandbox)).toBeLessThan(2000);
    expect(spooled(sandbox)).toHaveLength(1);
    silent.stop(true);
  }));

test("a server that is busy is asked again when it wants to be; one that refuses is not", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on());
    await refresh(sandbox);
    ingest.answer = () => new Response("", { status: 429, headers: { "retry-after": "7200" } });
    logError(sandbox, "refresh", "timed out after 7 s");
    await refresh(sandbox);
    const next = statSync(`${sandbox.health}/reports/.not-before`).mtimeMs - Date.now();
    expect([spooled(sandbox).length, Math.round(next / 3_600_000)]).toEqual([1, 2]);
    endPause(sandbox);
    ingest.answer = () => new Response("", { status: 403 });
    await refresh(sandbox);
    expect([spooled(sandbox), ingest.requests.length]).toEqual([[], 2]);
  }));

test("reports older than a week are dropped, and the oldest beyond 50 files or 256 KB", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on({ "reports.dsn": NOBODY }));
    const put = (name: string, ms: number, bytes: number) => {
      const path = `${sandbox.health}/reports/${name}.envelope`;
      write(path, "x".repeat(bytes));
      utimesSync(path, new Date(Date.now() - ms), new Date(Date.now() - ms));
    };
    const names = () =>
      spooled(sandbox)
        .map((path) => path.replace(/^.*\/|\..*$/g, ""))
        .sort();
    put("old", 7 * DAY + 60_000, 10);
    put("young", 7 * DAY - 60_000, 10);
    await refresh(sandbox);
    expect(names()).toEqual(["young"]);
    for (let n = 10; n < 70; n++) put(`n${n}`, n * 60_000, 10);
    await refresh(sandbox);
    expect(names()).toEqual(Array.from({ length: 50 }, (_, n) => `n${n + 10}`));
    for (let n = 10; n < 60; n++) put(`n${n}`, n * 60_000, 100 * 1024);
    await refresh(sandbox);
    expect(names()).toEqual(["n10", "n11"]);
  }));

test("links are not followed: neither the folder, nor a report in it", () =>
  inSandbox(async (sandbox) => {
    configure(sandbox, on());
    const [elsewhere, folder] = [`${sandbox.path}/elsewhere`, `${sandbox.health}/reports`];
    mkdirSync(sandbox.health, { recursive: true, mode: 0o700 });
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, folder);
    logError(sandbox, "refresh", "timed out after 7 s");
    await refresh(sandbox);
    expect([readdirSync(elsewhere), ingest.requests]).toEqual([[], []]);
    rmSync(folder);
    write(`${elsewhere}/secret`, "secret");
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(`${elsewhere}/secret`, `${folder}/x.envelope`);
    await refresh(sandbox);
    expect([spooled(sandbox), readdirSync(elsewhere), ingest.requests]).toEqual([[], ["secret"], []]);
  }));
