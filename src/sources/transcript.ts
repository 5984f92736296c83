import { count } from "../lib/fields.ts";
import type { World } from "../world.ts";

/** What the last reply of the main conversation says. */
export interface LastReply {
  readonly model: string | null;
  /** Tokens in the context window after it: input, cache writes and cache reads. */
  readonly contextTokens: number | null;
  /** Tokens of the reply itself. */
  readonly outputTokens: number | null;
}

// Most often the last reply is within the first of these; rows of 611 KB were seen behind one (client 2.1.332).
const TAIL_BYTES = 512 * 1024;
const LONG_TAIL_BYTES = 8 * 1024 * 1024;

/**
 * Reads the last reply from the end of a transcript (`projects/…/<session>.jsonl`), or null when there is
 * none: no file yet, no reply yet, or a compaction since. Half-written and unknown lines are passed over.
 */
export function lastReply(path: string, world: World): LastReply | null {
  const found = lastIn(path, TAIL_BYTES, world);
  if (found !== null || world.size(path) <= TAIL_BYTES) return found === "compaction" ? null : found;
  const further = lastIn(path, LONG_TAIL_BYTES, world);
  return further === "compaction" ? null : further;
}

function lastIn(path: string, bytes: number, world: World): LastReply | "compaction" | null {
  const lines = (world.readTail(path, bytes) ?? "").split("\n");
  for (const line of lines.reverse()) {
    const entry = parseLine(line);
    if (entry?.type === "system" && entry.subtype === "compact_boundary") return "compaction";
    if (entry?.type === "assistant" && entry.isSidechain !== true && isReal(entry)) return replyOf(entry);
  }
  return null;
}

/** So many replies a sparkline shows. */
const REPLIES = 12;

/**
 * Tokens in the window after each of the last replies since the last compaction, oldest first. A reply is
 * written once for each part of its content, with the same id.
 */
export function contextOfReplies(path: string, world: World): number[] {
  const byReply = new Map<unknown, number>();
  for (const line of (world.readTail(path, TAIL_BYTES) ?? "").split("\n")) {
    const entry = parseLine(line);
    if (entry?.type === "system" && entry.subtype === "compact_boundary") byReply.clear();
    if (entry?.type !== "assistant" || entry.isSidechain === true || !isReal(entry)) continue;
    const { contextTokens } = replyOf(entry);
    if (contextTokens !== null) byReply.set(entry.message?.id ?? entry, contextTokens);
  }
  return [...byReply.values()].slice(-REPLIES);
}

interface Line {
  type?: unknown;
  subtype?: unknown;
  isSidechain?: unknown;
  message?: { id?: unknown; model?: unknown; usage?: Record<string, unknown> | null } | null;
}

function parseLine(line: string): Line | null {
  // Other lines may be of hundreds of KB; to parse them would cost a resumed session's first row several ms.
  if (!line.startsWith("{") || !(line.includes('"assistant"') || line.includes('"compact_boundary"')))
    return null;
  try {
    return JSON.parse(line);
  } catch {
    return null; // Half-written, or cut by the tail's edge.
  }
}

/** The client writes its own messages (an API error, say) as replies of the model `<synthetic>`. */
function isReal(entry: Line): boolean {
  return typeof entry.message?.model === "string" && entry.message.model !== "<synthetic>";
}

function replyOf(entry: Line): LastReply {
  const usage = entry.message?.usage ?? {};
  const parts = [usage.input_tokens, usage.cache_creation_input_tokens, usage.cache_read_input_tokens];
  const known = parts.map(count).filter((part) => part !== null);
  return {
    model: String(entry.message?.model),
    contextTokens: known.length > 0 ? known.reduce((sum, part) => sum + part, 0) : null,
    outputTokens: count(usage.output_tokens),
  };
}
