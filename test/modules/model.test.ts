import { describe, expect, test } from "bun:test";
import { model } from "../../src/modules/model.ts";
import { parseSession } from "../../src/parse-session.ts";
import { shown } from "./shown.ts";

describe("model", () => {
  const compaction = { model: null, enabled: true, window: null };
  test.each([
    [{ model: { id: "claude-opus-5-5", display_name: "Claude Opus 5.5" } }, null, ["Opus 5.5"]],
    [{ model: { id: "claude-opus-5-5" } }, null, ["Opus 5.5"]],
    [{}, { lastReplyModel: "claude-sonnet-5-5", compaction }, ["Sonnet 5.5"]],
    [{}, null, []],
    [{}, "pending", []],
    [{}, { lastReplyModel: null, compaction }, []],
    // The client's word counts, even where the transcript says otherwise.
    [
      { model: { display_name: "Opus 5.5" } },
      { lastReplyModel: "claude-haiku-5-5", compaction },
      ["Opus 5.5"],
    ],
    [
      { model: { display_name: "My gateway's model" } },
      null,
      ["My gateway's model", "My gateway's mo…", "My gatewa…"],
    ],
    [{ model: { display_name: "Opus 4.6 (1M context)" } }, null, ["Opus 4.6 (1M context)", "Opus 4.6"]],
  ] as const)("%j with %j", (session, checked, forms) => {
    expect(shown(model, session, checked)).toEqual([...forms]);
  });

  test.each([
    ["claude-opus-5-5", "claude-opus-5-5-20251101", 0],
    ["claude-opus-5-5[1m]", "claude-opus-5-5", 0],
    ["claude-opus-5-5", "claude-haiku-5-5", 1],
  ])("%s against %s in the transcript: %i warnings", (id, lastReplyModel, count) => {
    const session = parseSession(JSON.stringify({ model: { id } }));
    expect(model.validate?.({ lastReplyModel, compaction }, session).warnings).toHaveLength(count);
  });
});
