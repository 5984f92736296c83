import type { Fetched, StatusModule } from "../../src/module.ts";
import { parseSession, type Session } from "../../src/session.ts";
import { realWorld, type World } from "../../src/world.ts";

export const NOW = Date.parse("2026-11-21T12:00:00Z");
export const HOUR = 3_600_000;
export const worldAt = (now: number, env = {}): World =>
  realWorld({ HOME: "/home/me", STATUSLINE_NOW: String(now), ...env });

/** All that a module shows of a session, from long to short. */
export async function shown<Data, Cached>(
  module: StatusModule<Data, Cached>,
  session: object | Session,
  fetched: Fetched<Cached>,
  world = worldAt(NOW),
) {
  const given = "timeZone" in session ? (session as Session) : parseSession(JSON.stringify(session));
  const data = await module.read(given, world, fetched);
  return data === null
    ? []
    : Array.from(module.format(data), (form) => form.map(({ text }) => text).join(""));
}
