import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync } from "node:fs";
import { parse } from "jsonc-parser";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { configure, fileOf, write } from "./configured.ts";

/** A real terminal, with a shell in it. */
class Terminal {
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
const inTerminal = (
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

/** Opens the chooser, and waits until it stands. */
async function open(terminal: Terminal): Promise<string> {
  terminal.type(`clear; '${binary}' configure; echo "ended with $?"`);
  return terminal.until(
    (screen) => screen.startsWith("statusline configure") && screen.includes("esc leave"),
  );
}

const ended = (terminal: Terminal, code = 0) =>
  terminal.until((screen) => screen.includes(`ended with ${code}`) && screen.endsWith("ready>"));
/** The preview's lines. */
const previewOf = (screen: string) => /\npreview\n([\s\S]*?)\n\n/.exec(screen)?.[1] ?? "";
/** What is stood on. */
const chosen = (screen: string) => /▸ [●○] (\S+)/.exec(screen)?.[1];
const standsOn = (name: string) => (screen: string) => chosen(screen) === name;
const userText = (sandbox: Sandbox) => sandbox.read(fileOf(sandbox, "user"));

describe.if(Bun.which("tmux") !== null)("statusline configure, in a terminal", () => {
  test("the arrows change page and choice, and the preview goes along", () =>
    inTerminal(async (terminal) => {
      const first = await open(terminal);
      expect(chosen(first)).toBe("default");
      expect(previewOf(first)).toMatch(/^proj {2}│ {2}main .* {2}09:15\n\$2\.47 session/);
      terminal.keys("Down");
      const classic = await terminal.until(standsOn("classic"));
      expect(previewOf(classic)).toStartWith("📁 proj");
      terminal.keys("Down");
      expect(previewOf(await terminal.until(standsOn("minimal")))).toMatch(/^proj · main [^\n]*$/);
      terminal.keys("Up", "Up");
      expect(previewOf(await terminal.until(standsOn("default")))).toBe(previewOf(first));
      terminal.keys("Up");
      await terminal.until(standsOn("full"));
      terminal.keys("Down", "Right");
      await terminal.until(standsOn("calm"));
      const calm = terminal.painted();
      terminal.keys("j");
      await terminal.until(standsOn("nord"));
      // Not the text changes, but the colours do.
      const line = (screen: string) => /.*Opus 5\.5.*/.exec(screen)?.[0] ?? "";
      expect(line(terminal.painted())).not.toBe(line(calm));
      expect(Bun.stripANSI(line(terminal.painted()))).toBe(Bun.stripANSI(line(calm)));
      terminal.keys("Right");
      await terminal.until(standsOn("none"));
      terminal.keys("Down");
      expect(previewOf(await terminal.until(standsOn("emoji")))).toContain("🌿 main");
      terminal.keys("Tab");
      await terminal.until(standsOn("bar"));
      terminal.keys("Down", "Down");
      expect(previewOf(await terminal.until(standsOn("slash")))).toContain(" / 🌿 main");
      terminal.keys("Right");
      await terminal.until(standsOn("project"));
      terminal.keys("Right", "Left", "Left");
      // What was chosen is still chosen.
      await terminal.until(standsOn("slash"));
      terminal.keys("Escape");
      await ended(terminal);
    }));

  test("modules are switched on and off, and moved", () =>
    inTerminal(async (terminal, sandbox) => {
      await open(terminal);
      terminal.keys("Left");
      await terminal.until(standsOn("project"));
      const preview = async (wanted: RegExp) => {
        await terminal.until((screen) => wanted.test(previewOf(screen)));
      };
      terminal.keys("Down", "Space"); // git off
      await preview(/^proj {2}│ {2}Opus 5\.5/);
      expect(chosen(terminal.screen())).toBe("git");
      terminal.keys("Space"); // and on again, at the end of the last line
      await preview(/^proj {2}│ {2}Opus 5\.5[\s\S]*week[^\n]*│ {2}main/);
      terminal.keys("K", "S-Up"); // before weekly and limits
      await preview(/main[^\n]*│ {2}5h 24%/);
      terminal.keys("J");
      await preview(/5h 24%[^\n]*│ {2}main[^\n]*week/);
      terminal.keys("J", "J"); // past the end: a line of its own
      await preview(/\nmain[^\n]*$/);
      terminal.keys("Enter");
      await ended(terminal);
      const { lines } = parse(userText(sandbox));
      expect(lines.map((line: unknown[]) => line.length)).toEqual([10, 4, 1]);
      expect(lines[2]).toEqual(["git"]);
      expect(lines[0].at(-1)).toEqual({ module: "time", align: "right" });
      expect((await sandbox.run("", {}, ["config", "check"])).exitCode).toBe(0);
    }));

  test.each([
    ["that was off", { "modules.version.enabled": false }, "Space", true],
    ["that was off, and off again", { "modules.version.enabled": false }, "Space Space", false],
    ["that was on by name", { "modules.version.enabled": true }, "Space", false],
    ["that was on by name, and on again", { "modules.version.enabled": true }, "Space Space", true],
    ["that the layout lacks", {}, "Space", true],
  ])("a module %s: the preview, what is saved, and the row agree", (_, values, keys, there) =>
    inTerminal(async (terminal, sandbox) => {
      configure(sandbox, { lines: [["project"]], ...values });
      await open(terminal);
      terminal.keys("Left");
      await terminal.until(standsOn("project"));
      const wasOn = previewOf(terminal.screen()).includes("v2.1.329");
      for (let n = 0; n < 40 && chosen(terminal.screen()) !== "version"; n++) {
        const before = chosen(terminal.screen());
        terminal.keys("Down");
        await terminal.until((screen) => chosen(screen) !== before);
      }
      let on = wasOn;
      for (const key of keys.split(" ")) {
        terminal.keys(key);
        on = !on;
        const row = `▸ ${on ? "●" : "○"} version`;
        const screen = await terminal.until((each) => each.includes(row));
        expect(previewOf(screen).includes("v2.1.329")).toBe(on);
      }
      expect(on).toBe(there);
      terminal.keys("Enter");
      await ended(terminal);
      const { stdout } = await sandbox.run("", {}, ["preview"]);
      expect(stdout.includes("v2.1.329")).toBe(there);
    }));

  test("after another layout was chosen the modules are those that it shows", () =>
    inTerminal(async (terminal, sandbox) => {
      configure(sandbox, { "modules.model.enabled": false, "modules.vim.enabled": true });
      await open(terminal);
      terminal.keys("Down");
      await terminal.until(standsOn("classic"));
      terminal.keys("Left");
      const screen = await terminal.until(standsOn("project"));
      expect(previewOf(screen)).not.toContain("Opus 5.5");
      expect(screen).toMatch(/○ model /);
      expect(screen).toMatch(/● vim +line 2/);
      terminal.keys("q");
      await ended(terminal);
    }));

  test("the last module cannot leave", () =>
    inTerminal(async (terminal, sandbox) => {
      const text = configure(sandbox, { lines: [["version"]], "modules.version.enabled": true });
      await open(terminal);
      terminal.keys("Left");
      await terminal.until(standsOn("version"));
      terminal.keys("Space", "Enter");
      expect(await ended(terminal)).toContain("nothing was changed");
      expect(userText(sandbox)).toBe(text);
    }));

  test("enter saves what was chosen, and the rest of the file stays with its comments", () =>
    inTerminal(async (terminal, sandbox) => {
      const text = `{
  // as on the desk
  "theme": "nord", // blue
  "modules": { "cost": { "refreshInterval": "9m" } }, /* dear */
  "separator": "dot",
}
`;
      write(fileOf(sandbox, "user"), text);
      const screen = await open(terminal);
      expect(screen).toContain(fileOf(sandbox, "user"));
      expect(previewOf(screen)).toStartWith("proj · main");
      terminal.keys("Right");
      await terminal.until(standsOn("nord"));
      terminal.keys("Down");
      await terminal.until(standsOn("dracula"));
      terminal.keys("Enter");
      expect(await ended(terminal)).toContain(`saved in ${fileOf(sandbox, "user")}`);
      expect(userText(sandbox)).toBe(text.replace("nord", "dracula"));
    }));

  test("another layout brings its own lines", () =>
    inTerminal(async (terminal, sandbox) => {
      configure(sandbox, { lines: [["version"]], theme: "nord" });
      expect(previewOf(await open(terminal))).toBe("v2.1.329");
      terminal.keys("Down", "Down");
      await terminal.until((screen) => /^proj · main/.test(previewOf(screen)));
      terminal.keys("Enter");
      await ended(terminal);
      expect(parse(userText(sandbox))).toEqual({ layout: "minimal", theme: "nord" });
    }));

  test.each([
    ["esc", "Escape"],
    ["q", "q"],
    ["ctrl-c", "C-c"],
    ["enter, with nothing chosen,", "Enter"],
  ])("%s leaves and changes nothing", (name, key) =>
    inTerminal(async (terminal, sandbox) => {
      const text = configure(sandbox, { theme: "nord" });
      await open(terminal);
      if (key !== "Enter") {
        terminal.keys("Down");
        await terminal.until(standsOn("classic"));
      }
      terminal.keys(key);
      expect([name, await ended(terminal)]).toEqual([name, expect.stringContaining("nothing was changed")]);
      expect(userText(sandbox)).toBe(text);
    }));

  test.each([
    [60, 40],
    [160, 40],
    [110, 12],
    [20, 6],
  ])("at %i columns and %i rows it fits, and keeps to a new size", (columns, rows) =>
    inTerminal(
      async (terminal) => {
        const fits = (screen: string, width: number, height: number) => {
          const lines = screen.split("\n");
          return lines.length <= height && lines.every((line) => Bun.stringWidth(line) <= width);
        };
        terminal.type(`'${binary}' configure; echo "ended with $?"`);
        const standing = () =>
          terminal.until((screen) => screen.startsWith("statusline configure".slice(0, columns)));
        const first = await standing();
        expect(fits(first, columns, rows)).toBe(true);
        terminal.keys("Right");
        if (rows > 6) await terminal.until(standsOn("calm"));
        terminal.tmux("resize-window", "-t", "t", "-x", "132", "-y", "36");
        // Here the clock stands at the right end again, and there is room for all.
        const wide = await terminal.until(
          (screen) => screen.includes("esc leave") && /^proj.*compaction {2,}09:15$/m.test(screen),
        );
        const line = wide.split("\n").find((each) => each.startsWith("proj")) ?? "";
        expect([Bun.stringWidth(line), chosen(wide)]).toEqual([128, "calm"]);
        terminal.tmux("resize-window", "-t", "t", "-x", "64", "-y", "36");
        await terminal.until(
          (screen) =>
            fits(screen, 64, 36) && /^proj.*\S$/m.test(screen) && !screen.includes("until compaction"),
        );
        terminal.keys("q");
        await ended(terminal);
      },
      { columns, rows },
    ));

  test.each([
    ["esc", 0],
    ["ctrl-c", 0],
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ])("after %s the terminal is as it was", (how, code) =>
    inTerminal(async (terminal, sandbox) => {
      const before = await terminal.state();
      expect(before[1]).toBe("1 0");
      await open(terminal);
      expect(terminal.ask("#{cursor_flag} #{alternate_on}")).toBe("0 1");
      if (how === "esc") terminal.keys("Escape");
      else if (how === "ctrl-c") terminal.keys("C-c");
      else {
        const tty = terminal.ask("#{pane_tty}").replace("/dev/", "");
        const found = Bun.spawnSync(["pgrep", "-t", tty, "-f", " configure$"]);
        const pids = found.stdout.toString().trim().split("\n").map(Number);
        expect(pids).toHaveLength(1);
        process.kill(pids[0] ?? 0, how as NodeJS.Signals);
      }
      // A shell whose command was interrupted goes on with nothing that was to follow.
      if (how === "SIGINT") await terminal.until((screen) => screen.endsWith("ready>"));
      else await ended(terminal, code);
      expect(await terminal.state()).toEqual(before);
      expect(existsSync(fileOf(sandbox, "user"))).toBe(false);
    }));

  test.each([
    ["broken", (path: string) => write(path, '{"theme": '), "statusline.user.json:1:"],
    ["a folder", (path: string) => mkdirSync(path, { recursive: true }), "is no file"],
  ])("a user's file that is %s is refused before anything is shown", (_, make, text) =>
    inTerminal(async (terminal, sandbox) => {
      make(fileOf(sandbox, "user"));
      terminal.type(`'${binary}' configure; echo "ended with $?"`);
      const screen = (await ended(terminal, 1)).replaceAll("\n", "");
      expect(screen).toContain(text);
      expect(screen).toContain("mend it first; `statusline config edit`");
    }));

  test("a file that cannot be written: said in a line, when all is put back", () =>
    inTerminal(async (terminal, sandbox) => {
      write(`${sandbox.home}/.claude`, "in the way");
      const before = await terminal.state();
      await open(terminal);
      terminal.keys("Down");
      await terminal.until(standsOn("classic"));
      terminal.keys("Enter");
      const screen = (await ended(terminal, 1)).replaceAll("\n", "");
      expect(screen).toMatch(/statusline\.user\.json cannot be (read|written): E/);
      expect(screen).not.toContain("    at ");
      expect(await terminal.state()).toEqual(before);
    }));

  test("with its output in a pipe it says that it needs a terminal", () =>
    inTerminal(async (terminal) => {
      const screen = await terminal.shell(`'${binary}' configure | cat`);
      expect(screen).toContain("statusline configure needs a terminal");
    }));
});

test("without a terminal it says so, and what does without", () =>
  inSandbox(async (sandbox) => {
    const { exitCode, stdout, stderr } = await sandbox.run("", {}, ["configure"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "statusline configure needs a terminal\n`statusline config set KEY VALUE` does without\n",
    );
  }));
