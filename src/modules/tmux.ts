import { defineFetched } from "../define-module.ts";

/** Where in tmux a session runs, and how large its pane is, in columns and rows. */
export interface TmuxPane {
  readonly session: string;
  readonly window: string;
  readonly pane: string;
  readonly width: number;
  readonly height: number;
}

const FORMAT = ["session_name", "window_index", "pane_index", "pane_width", "pane_height"];

/** The tmux pane: for the session's entry in the state, and for the width where the client does not tell it. */
export const tmux = defineFetched({
  moduleId: "tmux",
  description: "the tmux session, window and pane",
  icons: ["🪟", "\uf120", "tmux:"],
  uses: ["tmux"],
  config: {
    refreshInterval: 60_000,
    cacheTTL: 300_000,
    stalenessThreshold: 3_600_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 10_000,
    maxConcurrent: 3,
  },
  schema: (t) =>
    t.Object({
      session: t.String(),
      window: t.String(),
      pane: t.String(),
      width: t.Integer({ minimum: 1 }),
      height: t.Integer({ minimum: 1 }),
    }),
  key: ({ tmux: pane }) => pane && `tmux:${pane.socket}:${pane.pane}`,
  async fetch({ session: { tmux: pane }, world, signal, settings }) {
    const format = FORMAT.map((name) => `#{${name}}`).join("\t");
    const command = [
      "tmux",
      "-S",
      pane?.socket ?? "",
      "display-message",
      "-p",
      "-t",
      pane?.pane ?? "",
      format,
    ];
    const result = await world.exec(command, { timeout: settings.timeout, signal });
    if (result.exitCode !== 0) {
      const { failureOf } = await import("../lib/exec.ts"); // Not on the render path.
      throw new Error(failureOf("tmux display-message", result));
    }
    const [name = "", window = "", index = "", width, height] = result.stdout.trim().split("\t");
    return { session: name, window, pane: index, width: Number(width), height: Number(height) };
  },
  read: (_session, _world, pane) => (pane === "pending" ? null : pane),
  format: ({ session, window, pane }) => [[{ text: `${session}:${window}.${pane}`, tone: "muted" }]],
});
