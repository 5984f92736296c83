import type { Layout, Place, Separator } from "./look.ts";

/** A named look: settings that override the defaults, and that a person's configuration overrides. */
export interface Preset {
  readonly description: string;
  readonly lines: Layout;
  readonly icons?: "none" | "emoji" | "nerd" | "ascii";
  readonly separator?: Separator;
  readonly charset?: "unicode" | "ascii";
}

// What leaves first when room is scarce, from the least to the most important.
const IMPORTANCE =
  "version api tmux duration style trend time lines weekly fast agent effort account worktree limits promptcache block vim command cost pr session model git project context".split(
    " ",
  );

/** A line of modules; `>` before a name puts it at the right, `^` in the middle of the room that is left. */
function line(names: string): Place[] {
  return names.split(" ").map((name) => {
    const moduleId = name.replace(/^[>^]/, "");
    const align = name.startsWith(">") ? "right" : name.startsWith("^") ? "flex" : "left";
    return { moduleId, priority: priorityOf(moduleId), align };
  });
}

/** How important a module is unless a layout sets it, from 1 on. */
export function priorityOf(moduleId: string): number {
  return IMPORTANCE.indexOf(moduleId) + 1;
}

/** The layouts that a person chooses from by name. */
export const presets = {
  default: {
    description: "where you are and with whom, the clock at the right; what it costs below",
    lines: [
      line("project git pr session model agent context account >command >vim >time"),
      line("cost block limits weekly"),
    ],
  },
  classic: {
    description: "emoji, two lines: project, branch, model, context, clock; time left or limits, cost, week",
    lines: [line("project git model context account time"), line("block limits cost weekly")],
    icons: "emoji",
    separator: "space",
  },
  minimal: {
    description: "one line: project, branch, context, cost",
    lines: [line("project git context account cost")],
    separator: "dot",
  },
  powerline: {
    description: "segments with edges; needs a Nerd Font",
    lines: [line("project git model context account >time"), line("cost block limits weekly")],
    icons: "nerd",
    separator: "powerline",
  },
  ascii: {
    description: "for any terminal and font: no emoji, no drawing characters, no colour needed",
    lines: [line("project git model context account >time"), line("cost block limits weekly")],
    icons: "ascii",
    charset: "ascii",
  },
  full: {
    description: "all there is to know, three lines",
    lines: [
      line("project git worktree pr session agent account >vim >command >time"),
      line("model effort fast style context trend promptcache"),
      line("cost block limits weekly lines duration api tmux >version"),
    ],
    icons: "emoji",
  },
} as const satisfies Record<string, Preset>;

export type LayoutName = keyof typeof presets;
