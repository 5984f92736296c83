import { emitKeypressEvents, type Key } from "node:readline";

const ALTERNATE = { on: "\x1b[?1049h\x1b[?25l", off: "\x1b[?25h\x1b[?1049l" };

/** What comes instead of a key when the terminal is gone. */
export const GONE: Key = { name: "gone" };

/** The person's terminal while a full-screen page is open. */
export interface FullScreen {
  size(): { readonly columns: number; readonly rows: number };
  show(lines: readonly string[]): void;
  /** The next key; null when the terminal was resized, `GONE` when there is none any more. */
  key(): Promise<Key | null>;
  close(): void;
}

/**
 * Opens the alternate screen and takes keys one by one; `close` puts everything back, and is called when the
 * process is ended too.
 */
export function openFullScreen(): FullScreen {
  const { stdin, stdout } = process;
  const waiting: (Key | null)[] = [];
  let wake: (() => void) | null = null;
  const push = (key: Key | null) => {
    waiting.push(key);
    wake?.();
  };
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  stdin.on("keypress", (_text, key: Key) => push(key));
  for (const event of ["end", "close", "error"]) stdin.on(event, () => push(GONE));
  stdout.on("error", () => push(GONE));
  stdout.on("resize", () => push(null));
  stdout.write(ALTERNATE.on);
  const close = () => {
    try {
      stdin.setRawMode(false);
      stdin.pause();
      stdout.write(ALTERNATE.off);
    } catch {
      // A terminal that is gone has nothing to restore.
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      close();
      process.kill(process.pid, signal);
    });
  }
  return {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    show: (lines) =>
      void stdout.write(`\x1b[H${lines.map((line) => `${line}\x1b[0m\x1b[K`).join("\r\n")}\x1b[J`),
    async key() {
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return waiting.shift() ?? null;
    },
    close,
  };
}
