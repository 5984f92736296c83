import { emitKeypressEvents, type Key } from "node:readline";

const ALTERNATE = { on: "\x1b[?1049h\x1b[?25l", off: "\x1b[?25h\x1b[?1049l" };

/** The person's terminal while a full-screen page is open. */
export interface FullScreen {
  size(): { readonly columns: number; readonly rows: number };
  show(lines: readonly string[]): void;
  /** The next key, or null when the terminal was resized or is gone. */
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
  stdin.on("end", () => push({ name: "escape" }));
  stdout.on("resize", () => push(null));
  stdout.write(ALTERNATE.on);
  const close = () => {
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write(ALTERNATE.off);
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
