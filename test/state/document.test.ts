import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parse } from "yaml";
import { StateDocument } from "../../src/state/document.ts";
import { StateSyntaxError } from "../../src/state/parse.ts";
import type { Plain, YamlFields } from "../../src/state/yaml-text.ts";

const comment = fc
  .stringMatching(/^[ -~äé中]{0,20}$/)
  .map((text) => `# ${text.trim()} ${Math.random().toString(36).slice(2)}`);
const blank = fc.constantFrom("", "\n", "\n\n\n");
const word = fc
  .stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
  .filter((each) => !/^(y|n|yes|no|on|off|true|false|null)$/.test(each));
const quoted = fc.constantFrom(
  (text: string) => text,
  (text: string) => `'${text}'`,
  (text: string) => `"${text}"`,
);

/** A session as a person may have left it: own quoting, own keys, own comments, blank lines. */
const session = fc.record({
  lead: comment,
  space: blank,
  own: word,
  quote: quoted,
  tail: comment,
  inner: comment,
  value: fc.string(),
});

interface Written {
  readonly text: string;
  readonly ids: string[];
  readonly kept: string[];
}

function write(
  name: string,
  sessions: readonly (typeof session extends fc.Arbitrary<infer S> ? S : never)[],
  indent: string,
  end: string,
): Written {
  const kept: string[] = [name];
  const items = sessions.map((each, n) => {
    const own = `own_${each.own}: ${JSON.stringify(each.value)}`;
    kept.push(each.lead, each.inner, each.tail, own);
    return [
      `${each.space}${indent}${each.lead}`,
      `${indent}- sessionId: ${each.quote(`s${n}`)}  ${each.tail}`,
      `${indent}  authProfile: ${each.quote("default")}`,
      `${indent}  ${own}`,
      `${indent}  ${each.inner}`,
      `${indent}  metadata: {gatheredAt: 1, lastActivity: 1}`,
    ].join("\n");
  });
  return {
    text: `${name}\nsessions:\n${items.join("\n")}\n${end}`,
    ids: sessions.map((_, n) => `s${n}`),
    kept,
  };
}

const written = fc
  .tuple(
    comment,
    fc.array(session, { minLength: 1, maxLength: 6 }),
    fc.constantFrom("", "  ", "    "),
    fc.constantFrom("", "extra: [1, 2]\n", "# end\n"),
  )
  .map((parts) => write(...parts));

const change = fc.record({
  id: fc.constantFrom("s0", "s1", "s2", "s3", "new"),
  fields: fc.constantFrom<YamlFields>(
    { metadata: { lastActivity: 99 } },
    { authProfile: "other: one # two" },
    { health: { status: "warning", lastUpdate: 3, issues: ["a, b", "c: d"] } },
    { context: { tokensUsed: null } },
    { model: { value: "Opus\n5 \u{1F600}", source: "jsonInput", confidence: 98 } },
  ),
});

describe("a person's file", () => {
  test("loses no comment, no key of theirs and no line through any number of edits", () => {
    fc.assert(
      fc.property(written, fc.array(change, { maxLength: 8 }), ({ text, kept }, changes) => {
        const state = new StateDocument(text);
        for (const { id, fields } of changes) state.upsert("sessions", id, fields);
        const after = state.text();
        for (const each of kept) expect(after).toContain(each);
        expect(parse(after)).toEqual(state.data);
        // Blank lines too: edits of scalars leave all of them, and none of the edits takes one away.
        expect((after.match(/^\s*$/gm) ?? []).length).toBeGreaterThanOrEqual(
          (text.match(/^\s*$/gm) ?? []).length - 1,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("is the same to the letter but for the scalars that change", () => {
    fc.assert(
      fc.property(written, ({ text, ids }) => {
        const state = new StateDocument(text);
        for (const id of ids)
          state.upsert("sessions", id, { metadata: { gatheredAt: 1, lastActivity: 777 } });
        expect(state.text()).toBe(text.replaceAll("lastActivity: 1}", "lastActivity: 777}"));
      }),
    );
  });

  test("nothing to change gives the same text", () => {
    fc.assert(
      fc.property(written, ({ text, ids }) => {
        const state = new StateDocument(text);
        for (const id of ids) state.upsert("sessions", id, { authProfile: "default" });
        expect(state.text()).toBe(text);
        expect(state.isChanged()).toBe(false);
      }),
    );
  });

  test("only the session taken out goes; what stands around it stays", () => {
    fc.assert(
      fc.property(written, ({ text, ids }) => {
        const state = new StateDocument(text);
        const removed = state.remove("sessions", "s0");
        expect(removed).toContain("s0");
        expect(state.list("sessions")).toHaveLength(ids.length - 1);
        expect(parse(state.text())).toEqual(state.data);
        expect(state.text()).toContain(text.split("\n")[0] ?? "");
      }),
    );
  });

  test("any text that can be read comes out saying the same, or with an error and untouched", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab: -\n'\"[]{}#|>&*!%@`,?~") }), (noise) => {
        let state: StateDocument;
        try {
          state = new StateDocument(noise);
        } catch (error) {
          expect(error).toBeInstanceOf(StateSyntaxError);
          return;
        }
        const before = structuredClone(state.data);
        state.upsert("sessions", "mine", { authProfile: "default" });
        let after: string;
        try {
          after = state.text();
        } catch (error) {
          expect((error as Error).message).toContain("cannot be edited");
          return;
        }
        const data = new StateDocument(after).data;
        for (const [name, value] of Object.entries(before))
          if (name !== "sessions") expect(data[name]).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("layouts", () => {
  const edited = (text: string, work: (state: StateDocument) => void) => {
    const state = new StateDocument(text);
    work(state);
    return state.text();
  };
  const add = (state: StateDocument) => state.upsert("sessions", "x", { authProfile: "default" });

  test.each([
    ["an empty file", "", "  - sessionId: x"],
    ["comments only", "# mine\n", "# mine\nsessions:\n  - sessionId: x"],
    ["an empty list", "sessions: [] # none\n", "sessions: # none\n  - sessionId: x"],
    [
      "an empty value",
      "sessions:\nother: 1\n",
      "sessions:\n  - sessionId: x\n    authProfile: default\nother: 1",
    ],
    ["no line end at the end", "other: 1", "other: 1\nsessions:\n  - sessionId: x"],
    ["a list in one line", "sessions: [{sessionId: a}] # c\n", "# c"],
    ["anchors", "sessions:\n  - &a {sessionId: a}\nmore: *a\n", "sessionId: x"],
  ])("%s", (_, text, part) => {
    const after = edited(text, add);
    expect(after).toContain(part);
    expect(new StateDocument(after).find("sessions", "x")).toEqual({
      sessionId: "x",
      authProfile: "default",
    });
  });

  test("a block scalar that looks like an item is none", () => {
    const text =
      "sessions:\n- sessionId: a\n  note: |\n    - sessionId: fake\n    sessions:\n- sessionId: b\n";
    const after = edited(text, (state) => state.upsert("sessions", "b", { authProfile: "p" }));
    expect(after.startsWith(text.slice(0, text.indexOf("- sessionId: b")))).toBe(true);
  });

  test.each([
    ["sessions: 5\n", 1],
    ["a: 1\nsessions: {x: 1}\n", 2],
    ["- a\n", 1],
    ["a: [1\nb: 2\n", 2],
  ])("%j cannot be used, and it is told where", (text, line) => {
    try {
      new StateDocument(text);
      expect.unreachable();
    } catch (error) {
      expect((error as StateSyntaxError).line).toBe(line);
    }
  });
});

test("the last item leaves an empty list", () => {
  const state = new StateDocument("sessions: # c\n  - sessionId: a\nx: 1\n");
  state.remove("sessions", "a");
  expect(state.text()).toBe("sessions: [] # c\nx: 1\n");
  const data: Plain = parse(state.text());
  expect(data).toEqual({ sessions: [], x: 1 });
});

test.each([
  ["metadata: # mine\n", "metadata: {version: 1x, lastUpdated: 1, TOTALS} # mine\n"],
  ["metadata:\n", "metadata: {version: 1x, lastUpdated: 1, TOTALS}\n"],
  ["metadata:   ~ # mine\n", "metadata:   {version: 1x, lastUpdated: 1, TOTALS} # mine\n"],
  ["sessions: # mine\n  # inside\n", "sessions: # mine\n  # inside\n  - sessionId: s\n"],
  ["authProfiles: # mine\nsessions: null # yours\n", "sessions: # yours\n  - sessionId: s\n"],
  ["authProfiles: # mine\n", "authProfiles: # mine\n  - profileId: p\n"],
  ["? sessions\n: # mine\n", "# mine\n"],
  ["sessions: &here # mine\n", "# mine\n"],
  ["authProfiles:\n  - profileId: p\n    billing: # mine\n", "    billing: {costToday: 1} # mine\n"],
])("what is empty is filled, and its comment stays: %j", (text, expected) => {
  const state = new StateDocument(text);
  state.upsert("authProfiles", "p", { label: "P", billing: { costToday: 1 } });
  state.upsert("sessions", "s", { authProfile: "p" });
  state.touch(1);
  const text1 = state.text().replace('"1.0"', "1x");
  expect(text1.replace("totalAuthProfiles: 1, totalActiveSessions: 1", "TOTALS")).toContain(expected);
  expect(parse(state.text())).toEqual(state.data);
});

test("metadata that are no fields stay as they are", () => {
  const state = new StateDocument("metadata: 7 # mine\n");
  state.upsert("sessions", "s", { authProfile: "p" });
  state.touch(1);
  expect(state.text()).toStartWith("metadata: 7 # mine\nsessions:\n");
});

describe("what the YAML library lays out anew", () => {
  const LONG = "1234567890123456789";
  const item = `  - profileId: p\n    org: ${LONG}\n`;

  test.each([
    ["an item that gets another key", `authProfiles:\n${item}`],
    ["a list in one line", `authProfiles: [{profileId: p, org: ${LONG}}]\n`],
  ])("keeps all digits of a long number: %s", (_, text) => {
    const state = new StateDocument(text);
    state.upsert("authProfiles", "p", { label: "P" });
    expect(state.text()).toContain(`org: ${LONG}`);
    expect(state.text()).toContain("label: P");
  });

  test("quotes what is another value to another reader", () => {
    const state = new StateDocument("authProfiles: [{profileId: p}]\n");
    state.upsert("authProfiles", "p", { billing: { resetTime: "13:00", a: "yes", b: "1_000", c: "word" } });
    for (const quoted of ['"13:00"', '"yes"', '"1_000"', "c: word"]) expect(state.text()).toContain(quoted);
  });
});
