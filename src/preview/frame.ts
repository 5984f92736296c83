import { type Settings, settingsOf } from "../config/settings.ts";
import type { Screen } from "../look/screen.ts";
import type { StatusModule } from "../module.ts";
import { parseSession } from "../parse-session.ts";
import { compose, type Part } from "../render/compose.ts";
import type { SessionProfile } from "../session.ts";
import { realWorld, type World } from "../world.ts";
import { NOW, samples } from "./sessions.ts";

export interface PreviewOptions {
  /** The account that the session belongs to, where several are known. */
  readonly account?: SessionProfile | null;
  /** Whether a module that has nothing to show is shown by its name. */
  readonly marksEmpty?: boolean;
}

/**
 * The frame of a sample session: what a render would print, with a fixed clock and sources that have
 * all answered. Touches no file.
 */
export function previewFrame(
  document: object,
  settings: Settings,
  modules: readonly StatusModule[],
  screen: Screen,
  { account = null, marksEmpty = false }: PreviewOptions = {},
): string {
  const env = { TZ: "UTC", TMUX: "/tmp/tmux,1,0", TMUX_PANE: "%1" };
  const session = { ...parseSession(JSON.stringify(document), env), profile: account };
  const world = sampleWorld((document as { worktree?: { branch?: string } }).worktree?.branch ?? "main");
  const parts = modules.map((module): Part => {
    const own = settingsOf(settings, module.moduleId);
    const key = module.key?.(session, world, own);
    const fetched = key ? (samples[module.cachedBy ?? module.moduleId] ?? null) : null;
    const data = module.read(session, world, fetched, own);
    const empty = marksEmpty ? [[{ text: `(${module.moduleId})`, tone: "muted" } as const]] : [];
    const forms = () => (data === null ? empty : module.format(data, own));
    return { moduleId: module.moduleId, forms, freshness: "current" };
  });
  return compose(parts, settings.look, screen, settings.faulty);
}

/** A world in which every folder is a repository on `branch`. */
function sampleWorld(branch: string): World {
  const isHead = (path: string) => path.endsWith("/.git/HEAD");
  const read = (path: string) => (isHead(path) ? `ref: refs/heads/${branch}\n` : null);
  return {
    ...realWorld({ HOME: "/home/user", STATUSLINE_NOW: String(NOW) }),
    mtime: (path) => (isHead(path) || path.endsWith("/.git") ? NOW : null),
    readText: read,
    readReplaced: read,
    readTail: read,
  };
}
