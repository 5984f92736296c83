import { type Settings, settingsOf } from "../../src/config/settings.ts";
import { builtInSettings } from "../../src/frame/built-in-settings.ts";
import type { Asking, Fetched, Form, ModuleSettings, StatusModule } from "../../src/module.ts";
import { parseSession } from "../../src/parse-session.ts";
import { draw } from "../../src/render/glyphs.ts";
import { plainText } from "../../src/render/style.ts";
import type { Session } from "../../src/session.ts";
import { realWorld, type World } from "../../src/world.ts";

export const NOW = Date.parse("2026-11-21T12:00:00Z");
export const HOUR = 3_600_000;
export const worldAt = (now: number, env = {}): World =>
  realWorld({ HOME: "/home/me", STATUSLINE_NOW: String(now), ...env });

/** The settings when nobody says anything. */
export const defaults: Settings = builtInSettings();

/** A module's settings, with changes. */
export function settingsFor<Data, Cached, Options>(
  module: StatusModule<Data, Cached, Options>,
  changes: object = {},
): ModuleSettings & Options {
  return { ...settingsOf(defaults, module.moduleId), ...changes } as ModuleSettings & Options;
}

/** What a module's fetch is given when nothing is cached yet. */
export const asking = <Data, Cached, Options>(
  module: StatusModule<Data, Cached, Options>,
  session: Session,
  world: World,
  changes: object = {},
): Asking<never, Options> => ({
  session,
  sessions: [session],
  world,
  signal: new AbortController().signal,
  settings: settingsFor(module, changes),
  before: null,
});

/** A form as it stands on the screen, without colours. */
export const textOf = (form: Form): string => plainText(draw(form, "unicode"));

/** All forms that a module has for a session, from long to short. */
export function formsOf<Data, Cached, Options>(
  module: StatusModule<Data, Cached, Options>,
  session: object | Session,
  fetched: Fetched<Cached>,
  world = worldAt(NOW),
  changes: object = {},
): Form[] {
  const given = "timeZone" in session ? (session as Session) : parseSession(JSON.stringify(session));
  const settings = settingsFor(module, changes);
  const data = module.read(given, world, fetched, settings);
  return data === null ? [] : [...module.format(data, settings)];
}

/** The same as text. */
export function shown<Data, Cached, Options>(
  module: StatusModule<Data, Cached, Options>,
  session: object | Session,
  fetched: Fetched<Cached>,
  world?: World,
  changes?: object,
): string[] {
  return formsOf(module, session, fetched, world, changes).map(textOf);
}

/** Where a part of a form leads to; undefined for one that is no link. */
export const linkOf = (part: Form[number] | undefined): string | null | undefined =>
  part !== undefined && "link" in part ? part.link?.() : undefined;
