import type { World } from "../world.ts";

/** What a whole transcript says, read on from where the last reading ended. */
export interface TranscriptFacts {
  readonly exists: boolean;
  readonly sizeBytes: number;
  /** Epoch ms. */
  readonly lastModified: number;
  /** Messages of the person and of the model; a reply counts once, however many lines it has. */
  readonly messageCount: number;
  readonly lastMessageId: string;
  /** The beginning of the last text. */
  readonly lastMessagePreview: string;
  /** Kinds of secrets seen in it; never the secrets. */
  readonly secretTypes: readonly string[];
  /** Bytes read so far: up to the end of a line. */
  readonly readBytes: number;
}

const NOTHING: TranscriptFacts = {
  exists: false,
  sizeBytes: 0,
  lastModified: 0,
  messageCount: 0,
  lastMessageId: "",
  lastMessagePreview: "",
  secretTypes: [],
  readBytes: 0,
};

const PREVIEW = 80;
/** Read at once; a transcript of 50 MB is caught up with in a few steps without holding it in memory. */
const CHUNK = 4 * 1024 * 1024;

// Published forms of keys: each has a prefix that its issuer made for scanners like this.
const SECRETS: Readonly<Record<string, RegExp>> = {
  "anthropic-key": /sk-ant-[A-Za-z0-9_-]{20}/,
  "github-token": /\bgh[pousr]_[A-Za-z0-9]{36}/,
  "aws-access-key": /\bAKIA[0-9A-Z]{16}\b/,
  "slack-token": /\bxox[abprs]-[A-Za-z0-9-]{10}/,
  "private-key": /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
};

/** Reads what was added to a transcript since `before`; one that has shrunk is read from its start. */
export async function transcriptFacts(
  path: string,
  world: World,
  before: TranscriptFacts | null,
): Promise<TranscriptFacts> {
  const lastModified = world.mtime(path);
  if (lastModified === null || !world.isFile(path)) return NOTHING;
  const size = world.size(path);
  let facts: TranscriptFacts = before !== null && before.readBytes <= size ? before : NOTHING;
  for (let more = true; more && facts.readBytes < size; ) {
    const bytes = await world.readBytes(path, facts.readBytes, Math.min(size, facts.readBytes + CHUNK));
    const end = bytes.lastIndexOf(10) + 1;
    more = end > 0;
    // A line longer than a chunk is passed over; a half-written last line is read next time.
    const skip = end === 0 && bytes.byteLength === CHUNK ? CHUNK : end;
    facts = {
      ...addLines(facts, new TextDecoder().decode(bytes.subarray(0, end))),
      readBytes: facts.readBytes + skip,
    };
    more ||= skip > 0;
  }
  return { ...facts, exists: true, sizeBytes: size, lastModified };
}

function addLines(facts: TranscriptFacts, text: string): TranscriptFacts {
  let { messageCount, lastMessageId, lastMessagePreview } = facts;
  for (const line of text.split("\n")) {
    const message = messageIn(line);
    if (message === null) continue;
    if (message.id === "" || message.id !== lastMessageId) messageCount++;
    // A tool's result may come between two lines of one reply.
    lastMessageId = message.id || lastMessageId;
    lastMessagePreview = message.text || lastMessagePreview;
  }
  const seen = Object.keys(SECRETS).filter((name) => SECRETS[name]?.test(text));
  const secretTypes = [...new Set([...facts.secretTypes, ...seen])].sort();
  return { ...facts, messageCount, lastMessageId, lastMessagePreview, secretTypes };
}

function preview(text: string): string {
  return Object.values(SECRETS).some((secret) => secret.test(text))
    ? "(holds a secret)"
    : text.slice(0, PREVIEW);
}

function messageIn(line: string): { id: string; text: string } | null {
  if (!/"type": ?"(user|assistant)"/.test(line)) return null;
  try {
    const entry = JSON.parse(line);
    if ((entry.type !== "user" && entry.type !== "assistant") || entry.isSidechain === true) return null;
    const content = entry.message?.content;
    const part = Array.isArray(content)
      ? content.find((each) => typeof each?.text === "string")?.text
      : content;
    const text = typeof part === "string" ? part.replace(/\s+/g, " ").trim() : "";
    return { id: typeof entry.message?.id === "string" ? entry.message.id : "", text: preview(text) };
  } catch {
    return null;
  }
}
