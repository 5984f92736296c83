import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { encoded, type SettingsFile } from "../../src/settings/file.ts";
import { judged } from "../../src/settings/judge.ts";
import { type Plan, planSetup, planUninstall, type Setup } from "../../src/settings/plan.ts";
import { binary } from "../harness.ts";
import { FORMER_STYLES, STYLES } from "./styles.ts";

const program = { path: binary, home: "/home/me", search: "" };
const wanted = { program, refresh: null };

function fileOf(text: string | null): SettingsFile {
  const bytes = text === null ? null : new TextEncoder().encode(text);
  return { path: "/s", target: "/s", bytes, text: bytes === null ? "" : judged(bytes, "/s") };
}

const text = ({ file, after }: Plan) =>
  after === null ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(encoded(after, file));

const setUp = (before: string | null) => planSetup(fileOf(before), null, wanted);

/** What an uninstall makes of `now` after the setup. */
function undone({ former }: Setup, now: string | null): string | null {
  const plan = planUninstall(fileOf(now), former, program);
  if (typeof plan === "string") throw new Error(plan);
  return text(plan);
}

const entry = { type: "command", command: `cd /; exec ${binary}`, padding: 0, refreshInterval: 10 };

/** What JSON.parse makes of it, in the same order. */
const value = (json: string) => (json.trim() === "" ? {} : JSON.parse(json.replace(/^\ufeff/, "")));

describe.each([...STYLES, ...FORMER_STYLES])("settings with %s", (_, before) => {
  const plan = setUp(before);
  const after = text(plan) ?? "";

  test("have our entry and all else as it was", () => {
    expect(value(after)).toEqual({ ...value(before), statusLine: entry });
    const former = Object.keys(value(before));
    expect(Object.keys(value(after))).toEqual(
      former.includes("statusLine") ? former : [...former, "statusLine"],
    );
    const { put, took } = plan.former ?? { put: "", took: "" };
    const at = plan.file.text.indexOf(took, after.replace(/^\ufeff/, "").indexOf(put));
    expect(plan.file.text.slice(0, at) + put + plan.file.text.slice(at + took.length)).toBe(plan.after ?? "");
  });

  test("are as they were, to the byte, after an uninstall", () => {
    expect(undone(plan, after)).toBe(before);
  });

  test("need nothing when it is set up again", () => {
    const again = planSetup(fileOf(after), plan.former, wanted);
    expect(again).toMatchObject({ again: true, after: plan.after, former: plan.former });
  });

  test("are as they were after another refresh was set, too", () => {
    const again = planSetup(fileOf(after), plan.former, { program, refresh: 5 });
    expect(value(text(again) ?? "").statusLine).toEqual({ ...entry, refreshInterval: 5 });
    expect(undone(again, text(again))).toBe(before);
  });

  test("that a person has edited elsewhere only lose our entry, or have theirs back", () => {
    for (const edit of edits(after)) {
      const { statusLine: _, ...others } = value(edit);
      const former = value(before).statusLine;
      const back = undone(plan, edit) ?? "";
      expect(value(back)).toEqual(former === undefined ? others : { ...others, statusLine: former });
    }
  });
});

/** What people and programs make of a file. */
function edits(after: string): string[] {
  const parsed = value(after);
  return [
    after.replace("{", '{"added first": {"statusLine": 1},'),
    after.replace(/\}(\s*)$/, ',"added last": [{}]}$1'),
    after.replace('"padding"', '\n\n"padding"'),
    after.replace(/("refreshInterval": ?)10/, "$130"),
    JSON.stringify(parsed),
    JSON.stringify(parsed, null, 8),
    JSON.stringify({ statusLine: parsed.statusLine, model: "haiku" }, null, 2),
    JSON.stringify({ statusLine: parsed.statusLine }),
  ];
}

test("a file that was not there goes again, unless something was added", () => {
  const plan = setUp(null);
  expect(plan.after).toBe(
    `{\n  "statusLine": ${JSON.stringify(entry, null, 2).replaceAll("\n", "\n  ")}\n}\n`,
  );
  expect(undone(plan, plan.after)).toBeNull();
  expect(undone(plan, (plan.after ?? "").replace("{", '{\n  "model": "opus",'))).toBe(
    '{\n  "model": "opus"\n}\n',
  );
});

test("any settings are as they were, to the byte, whatever their style", () => {
  const blank = fc.stringMatching(/^[ \t\r\n]{0,4}$/);
  const settings = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 });
  const style = fc.record({
    indent: fc.constantFrom("", " ", "  ", "\t", "   "),
    eol: fc.constantFrom("\n", "\r\n"),
    blank,
  });
  const former = fc.option(fc.jsonValue(), { nil: undefined });
  fc.assert(
    fc.property(settings, former, style, fc.boolean(), (others, statusLine, { indent, eol, blank }, mark) => {
      const json = JSON.stringify(
        { ...others, ...(statusLine === undefined ? {} : { statusLine }) },
        null,
        indent,
      );
      const before = `${mark ? "\ufeff" : ""}${blank}${json.replaceAll("\n", eol)}${blank}`;
      const plan = setUp(before);
      expect(value(text(plan) ?? "").statusLine).toEqual(entry);
      expect(undone(plan, text(plan))).toBe(before);
    }),
  );
});
