import { expect, test } from "bun:test";
import { isSameModel, modelNameOf, modelNameText } from "../../src/sources/model-name.ts";

test.each([
  ["claude-opus-5-5", "Opus 5.5"],
  ["claude-opus-5", "Opus 5"],
  ["claude-fable-5-2", "Fable 5.2"],
  ["claude-opus-5-5[1m]", "Opus 5.5"],
  ["claude-sonnet-4-20250514", "Sonnet 4"],
  ["claude-sonnet-4-5-20250929", "Sonnet 4.5"],
  ["claude-opus-4-5@20251101", "Opus 4.5"],
  ["claude-3-5-haiku@20241022", "Haiku 3.5"],
  ["claude-3-opus-20240229", "Opus 3"],
  ["us.anthropic.claude-sonnet-4-5-20250929-v1:0", "Sonnet 4.5"],
  ["us.anthropic.claude-opus-4-6-v1", "Opus 4.6"],
  ["anthropic.claude-3-7-sonnet-20250219-v1:0", "Sonnet 3.7"],
  ["arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.anthropic.claude-haiku-5-5", "Haiku 5.5"],
  ["anthropic/claude-sonnet-4.5", "Sonnet 4.5"],
  ["bedrock/converse/us.anthropic.claude-opus-4-1-20250805-v1:0", "Opus 4.1"],
  ["Claude-Sonnet-4-6", "Sonnet 4.6"],
  ["gpt-5", null],
  ["claude", null],
  ["claude-next", null],
  ["arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6", null],
  ["", null],
])("%s is %p", (id, text) => {
  const name = modelNameOf(id);
  expect(name && modelNameText(name)).toBe(text);
});

test.each([
  ["claude-opus-4-5", "us.anthropic.claude-opus-4-5-20251101-v1:0", true],
  ["claude-opus-4-5[1m]", "anthropic/claude-opus-4-5", true],
  ["claude-opus-4-5", "claude-opus-4-1", false],
  ["claude-opus-5", "claude-opus-5-5", false],
  ["gateway/large", "gateway/large[1m]", true],
  ["gateway/large", "gateway/small", false],
])("%s and %s are the same: %p", (a, b, same) => {
  expect(isSameModel(a, b)).toBe(same);
});
