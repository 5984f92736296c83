import type { Session } from "../session.ts";
import type { World } from "../world.ts";

/** What sessions had cost in US dollars before their first share of today: by session. */
export type Carried = Readonly<Record<string, number>>;

/** A session's last frame may be this old, ms: its duration was that of then. */
const FRAME_AGE = 10 * 60_000;
/** The first line with a time is within this many bytes of a transcript. */
const HEAD = 65_536;

/**
 * Works out how much of each session's cost is not today's, or not the account's: nothing where the session began since then, else
 * what it had cost when it was first seen since then. What it has cost beyond that has been spent today.
 * @param since local midnight, or when the account took over the directory, whichever is later (epoch ms)
 * @param before what was known for the day that began at `before.startsAt`
 */
export async function carriedBy(
  sessions: readonly Session[],
  since: number,
  startsAt: number,
  before: { readonly carried: Carried; readonly startsAt: number } | null,
  world: World,
): Promise<Carried> {
  const isSameDay = before?.startsAt === startsAt;
  const carried: Record<string, number> = isSameDay ? { ...before.carried } : {};
  for (const session of sessions) {
    const { sessionId, cost, firstSeen } = session;
    if (sessionId === null || cost.totalUsd === null || carried[sessionId] !== undefined) continue;
    const isKnown = before?.carried[sessionId] !== undefined;
    const isNew = !isKnown && (await startOf(session, world)) >= since;
    const isSeen = firstSeen !== null && firstSeen.at >= since;
    carried[sessionId] = isNew ? 0 : isSeen ? firstSeen.usd : cost.totalUsd;
  }
  return carried;
}

/**
 * When a session began at the latest (epoch ms), by the first line of its transcript, else by its duration. -Infinity where
 * that is unknown, and for a fork, which starts with the cost of what it continues.
 */
async function startOf({ transcriptPath, durations: { totalMs } }: Session, world: World): Promise<number> {
  if (transcriptPath === null || !world.isFile(transcriptPath))
    return totalMs === null ? -Infinity : world.now() - FRAME_AGE - totalMs;
  const head = new TextDecoder().decode(await world.readBytes(transcriptPath, 0, HEAD));
  const first = Date.parse(/"timestamp":"([^"]{1,40})"/.exec(head)?.[1] ?? "");
  return Number.isNaN(first) || head.includes('"forkedFrom":') ? -Infinity : first;
}
