import { describe, expect, test } from "bun:test";
import { root } from "../../build/compile.ts";
import { context } from "../../src/modules/context.ts";
import { NOW, shown, worldAt } from "./shown.ts";

describe("context", () => {
  const window = (
    used: number | null,
    size = 200_000,
    percent: number | null = used === null ? null : Math.round((100 * used) / size),
  ) => ({
    model: { id: "claude-haiku-1m[1m]" },
    context_window: {
      context_window_size: size,
      current_usage: used === null ? null : { input_tokens: used },
      used_percentage: percent,
    },
  });
  test.each([
    ["before the first reply", window(null), {}, "░░░░░░░░░░ –/200k"],
    [
      "by the payload's size, whatever the model is called",
      window(50_000),
      {},
      "██▌░░░░░░░ 25% 50k/200k · 117k until compaction",
    ],
    ["at the point of compaction", window(167_000), {}, "████████▍░ 84% 167k/200k · 0 until compaction"],
    ["when compaction is off", window(50_000), { DISABLE_COMPACT: "1" }, "██▌░░░░░░░ 25% 50k/200k"],
    [
      "with an override",
      window(50_000),
      { CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: "50" },
      "██▌░░░░░░░ 25% 50k/200k · 40k until compaction",
    ],
    [
      "with a smaller window for compaction",
      window(50_000),
      { CLAUDE_CODE_AUTO_COMPACT_WINDOW: "100000" },
      "██▌░░░░░░░ 25% 50k/200k · 17k until compaction",
    ],
  ])("%s", async (_, session, env, text) => {
    expect((await shown(context, session, null, worldAt(NOW, env)))[0]).toBe(text);
  });

  test("an older client's session is read from the transcript", async () => {
    const session = { session_id: "s", transcript_path: `${root}test/fixtures/captures/transcript.jsonl` };
    expect(await shown(context, session, null)).toEqual(["26.5k tokens"]);
    expect(await shown(context, { ...session, transcript_path: "/nonexistent" }, null)).toEqual([]);
  });
});
