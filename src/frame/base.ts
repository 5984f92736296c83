import type { SavedFrame, Stamp } from "../cache/saved-frame.ts";
import { isOtherLogin, loginOf, loginStamp, withProfile } from "../cache/session-profile.ts";
import { type Settings, settingsId, settingsOf } from "../config/settings.ts";
import { parseSession } from "../parse-session.ts";
import type { Session } from "../session.ts";
import { withFormerLimits, withLimitsAt } from "../sources/limits.ts";
import { withFirstSeen } from "../sources/spending.ts";
import type { World } from "../world.ts";
import { type Recorder, withValue } from "./recorder.ts";
import { type Reusable, reusable } from "./reusable-parts.ts";
import { builtIn, configured } from "./session-settings.ts";
import type { Input, Reuse } from "./validity.ts";

/** Takes what went wrong, for the log. */
export type Report = (error: unknown) => null;

/** What all parts of a frame are made from: configuration, session and account. */
export interface Base {
  readonly settings: Settings;
  readonly session: Session;
  /** The files that hold configuration and account. */
  readonly stamps: readonly Stamp[];
  /** What of the saved frame may be used again with these. */
  readonly reused: Reusable | null;
}

/**
 * Works out the base of a new frame. What cannot be read is reported; the defaults are used instead.
 * @throws SyntaxError when the input is not JSON
 */
export async function baseOf(
  input: Input,
  saved: SavedFrame | null,
  reuse: Reuse | null,
  recorder: Recorder,
  report: Report,
): Promise<Base> {
  const { world } = recorder;
  const before = saved?.details() ?? null;
  const former = before?.session ?? null;
  const now = world.now();
  const parsed = parseSession(input.text, world.env, input.flags);
  const session = withFirstSeen(withLimitsAt(parsed, former, now), former, now);
  const settings = await settingsOr(session, world, report);
  const mayReuse = before?.settings === settingsId(settings) && settings.renderer.deduplication;
  const reused = mayReuse && saved && reuse ? reusable(saved, reuse, session, now) : null;
  if (reused !== null) {
    recorder.stamps(); // They are among the reused ones; what the parts ask for is recorded next.
    return { settings, session: withDocument(reused.session, settings, input), stamps: reused.base, reused };
  }
  const { session: linked, login } = withAccount(session, world, report);
  const stamps = withValue(recorder.stamps(), login);
  const isSwapped = saved !== null && login !== null && isOtherLogin(saved.stamps, login);
  const limited = isSwapped && former !== null ? withFormerLimits(linked, former) : linked;
  return { settings, session: withDocument(limited, settings, input), stamps, reused };
}

/** The whole document belongs to the session where a command of the person's own is given it. */
function withDocument(session: Session, settings: Settings, { text }: Input): Session {
  return asksForDocument(settings) ? { ...session, document: text } : session;
}

/** What is stored is good to have; without it the row is made from stdin alone. */
function settingsOr(session: Session, world: World, report: Report): Settings | Promise<Settings> {
  const none = (error: unknown) => {
    report(error);
    return { ...builtIn, faulty: true };
  };
  try {
    const settings = configured(session, world);
    return settings instanceof Promise ? settings.catch(none) : settings;
  } catch (error) {
    return none(error);
  }
}

interface AccountSession {
  readonly session: Session;
  /** The file that holds the login; null where it could not be read. */
  readonly login: Stamp | null;
}

function withAccount(session: Session, world: World, report: Report): AccountSession {
  try {
    const login = loginOf(world);
    return { session: withProfile(session, login, world), login: loginStamp(login, world) };
  } catch (error) {
    report(error);
    return { session, login: null };
  }
}

/** Whether a command of the person's own is to be given the document. */
function asksForDocument(settings: Settings): boolean {
  const { enabled, run } = settingsOf(settings, "command") as { enabled: boolean; run?: string };
  return enabled && Boolean(run);
}
