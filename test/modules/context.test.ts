import { describe, expect, test } from "bun:test";
import { root } from "../../build/compile.ts";
import type { Tone } from "../../src/module.ts";
import { context } from "../../src/modules/context.ts";
import { formsOf, NOW, shown, worldAt } from "./shown.ts";

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
  ])("%s", (_, session, env, text) => {
    expect(shown(context, session, null, worldAt(NOW, env))[0]).toBe(text);
  });

  test("of which the use is unknown has no form that says a percentage", () => {
    const forms = shown(context, window(null), null);
    expect(forms).toEqual(["░░░░░░░░░░ –/200k", "░░░░░░ –/200k", "–/200k"]);
  });

  test.each([
    [
      "what is not quite full is not 100 %",
      window(199_200, 200_000, 100),
      "██████████ 99% 199k/200k · 0 until compaction",
    ],
    [
      "what is not empty is not 0 %",
      window(800, 200_000, 0),
      "░░░░░░░░░░ <1% 800/200k · 166k until compaction",
    ],
    ["nothing used is 0 %, which is known", window(0), "░░░░░░░░░░ 0% 0/200k · 167k until compaction"],
    ["a percentage alone is shown", window(null, 200_000, 30), "███░░░░░░░ 30% –/200k"],
    [
      "the tokens go before a percentage that does not fit them",
      window(77_000, 1_000_000, 68),
      "▊░░░░░░░░░ 8% 77k/1M · 890k until compaction",
    ],
    [
      "of a window that is smaller than its use only the use is shown",
      window(5_000_000, 1_000_000, 2),
      "5M tokens",
    ],
    [
      "a use of an unknown window is a count",
      { context_window: { current_usage: { input_tokens: 5000 } } },
      "5k tokens",
    ],
    ["a window too small to compact has no such point", window(10_000, 30_000), "███▎░░░░░░ 33% 10k/30k"],
  ])("%s", (_, session, text) => {
    expect(shown(context, session, null)[0]).toBe(text);
  });

  test("says the same whatever the model is called", () => {
    const names = ["claude-opus-5-5", "claude-haiku-5-5[1m]", "gpt", ""];
    const all = names.map((id) =>
      shown(context, { ...window(50_000), model: { id, display_name: `${id} (200k)` } }, null),
    );
    expect(new Set(all.map(String)).size).toBe(1);
  });

  test.each([
    [50_000, "good"],
    [146_999, "good"],
    [150_000, "warn"],
    [166_999, "warn"],
    [167_000, "bad"],
    [190_000, "bad"],
  ])("%i of 200,000 tokens are %s", (used, tone) => {
    expect(formsOf(context, window(used), null).at(-1)?.[0]?.tone).toBe(tone as Tone);
  });

  test.each([
    [0, ["25% 50k/200k · 117k until compaction", "25% 50k/200k · 117k left", "25% 50k/200k", "25%"]],
    [4, ["█░░░ 25% 50k/200k · 117k until compaction", "█░░░ 25% 50k/200k", "█░░░ 25%", "25%"]],
    [20, ["█████░░░░░░░░░░░░░░░ 25% 50k/200k", "█▌░░░░ 25% 50k/200k"]],
  ])("has a gauge of %i columns, of 6 at the most in less room", (cells, expected) => {
    const forms = shown(context, window(50_000), null, worldAt(NOW), { cells });
    expect(forms).toEqual(expect.arrayContaining(expected));
  });

  test("an older client's session is read from the transcript", () => {
    const session = { session_id: "s", transcript_path: `${root}test/fixtures/captures/transcript.jsonl` };
    expect(shown(context, session, null)).toEqual(["26.5k tokens"]);
    expect(shown(context, { ...session, transcript_path: "/nonexistent" }, null)).toEqual([]);
  });
});
