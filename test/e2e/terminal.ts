import { expect } from "bun:test";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { fileOf } from "./configured.ts";

/** A real terminal, with a shell in it. */
export class Terminal {
  private constructor(
    private readonly socket: string,
    private readonly env: Record<string, string>,
  ) {}

  static async open(sandbox: Sandbox, columns: number, rows: number): Promise<Terminal> {
    const { COLUMNS, NO_COLOR, ...env } = sandbox.env;
    const terminal = new Terminal(`${sandbox.path}/tmux.sock`, env);
    const shell = "env PS1='ready> ' ENV= sh";
    const size = ["-x", String(columns), "-y", String(rows)];
    terminal.tmux("new-session", "-d", "-s", "t", "-c", sandbox.path, ...size, shell);
    await terminal.until((screen) => screen.includes("ready>"));
    return terminal;
  }

  tmux(...args: string[]): string {
    const { stdout, stderr, exitCode } = Bun.spawnSync(
      ["tmux", "-f", "/dev/null", "-S", this.socket, ...args],
      { env: this.env },
    );
    expect([args, exitCode, stderr.toString()]).toEqual([args, 0, ""]);
    return stdout.toString();
  }

  screen(): string {
    return this.tmux("capture-pane", "-p", "-t", "t").trimEnd();
  }

  /** With the colours. */
  painted(): string {
    return this.tmux("capture-pane", "-p", "-e", "-t", "t");
  }

  /** Waits until the screen is as wanted, and no longer changes. @returns it */
  async until(isThere: (screen: string) => boolean): Promise<string> {
    let before = "";
    for (let n = 0; n < 400; n++) {
      const screen = this.screen();
      if (screen === before && isThere(screen)) return screen;
      before = screen;
      await Bun.sleep(10);
    }
    throw new Error(`never came, but:\n${this.screen()}`);
  }

  /** What tmux knows of it. */
  ask(format: string): string {
    return this.tmux("display-message", "-p", "-t", "t", format).trim();
  }

  keys(...names: string[]): void {
    this.tmux("send-keys", "-t", "t", ...names);
  }

  type(text: string): void {
    this.tmux("send-keys", "-t", "t", "-l", text);
    this.keys("Enter");
  }

  /** Runs a command in the shell. @returns what it printed */
  async shell(command: string): Promise<string> {
    this.type(`clear; ${command}; echo "=""done"`);
    const screen = await this.until((each) => each.includes("=done"));
    return screen.slice(0, screen.indexOf("=done")).trim();
  }

  /** What of the terminal a program can change: its modes, its cursor, and which of its two screens is shown. */
  async state(): Promise<string[]> {
    const modes = await this.shell("stty -a");
    return [modes, this.ask("#{cursor_flag} #{alternate_on}")];
  }

  close(): void {
    this.tmux("kill-server");
  }
}

/** A terminal in a sandbox, and both gone when `work` is done. */
export const inTerminal = (
  work: (terminal: Terminal, sandbox: Sandbox) => Promise<void>,
  { columns = 110, rows = 40 } = {},
) =>
  inSandbox(async (sandbox) => {
    const terminal = await Terminal.open(sandbox, columns, rows);
    try {
      await work(terminal, sandbox);
    } finally {
      terminal.close();
    }
  });

/** Opens the chooser, and waits until it is drawn. */
export async function open(terminal: Terminal): Promise<string> {
  terminal.type(`clear; '${binary}' configure; echo "ended with $?"`);
  return terminal.until((screen) => screen.startsWith("statusline configure") && screen.includes("? keys"));
}

export const ended = (terminal: Terminal, code = 0) =>
  terminal.until((screen) => screen.includes(`ended with ${code}`) && screen.endsWith("ready>"));
/** The preview's lines. */
export const previewOf = (screen: string) => /\npreview[^\n]*\n([\s\S]*?)\n\n/.exec(screen)?.[1] ?? "";
/** What is stood on. */
export const chosen = (screen: string) => /▸ [●○] (\S+)/.exec(screen)?.[1];
export const standsOn = (name: string) => (screen: string) => chosen(screen) === name;
export const userText = (sandbox: Sandbox) => sandbox.read(fileOf(sandbox, "user"));
