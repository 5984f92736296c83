import { describe, expect, test } from "bun:test";
import { existsSync, mkdirSync } from "node:fs";
import { binary, inSandbox } from "../harness.ts";
import { fileOf, write } from "./configured.ts";
import { ended, inTerminal, open, standsOn } from "./terminal.ts";

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.if(Bun.which("tmux") !== null)("the chooser's terminal", () => {
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
        // Every module that is on is shown, in as many lines as that takes; the clock is at the right end.
        const clockAt = (screen: string) =>
          Bun.stringWidth(screen.split("\n").find((each) => each.endsWith("09:15")) ?? "");
        await terminal.until(
          (screen) => standsOn("calm")(screen) && screen.includes("(command)") && clockAt(screen) === 128,
        );
        terminal.tmux("resize-window", "-t", "t", "-x", "64", "-y", "36");
        await terminal.until(
          (screen) => fits(screen, 64, 36) && screen.includes("preview, wrapped: in 60 columns"),
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

  test("a terminal that is closed ends it, also where there are changes to ask about", () =>
    inTerminal(async (terminal, sandbox) => {
      await open(terminal);
      terminal.keys("Down");
      await terminal.until(standsOn("classic"));
      const tty = terminal.ask("#{pane_tty}").replace("/dev/", "");
      const found = Bun.spawnSync(["pgrep", "-t", tty, "-f", " configure$"]);
      const pid = Number(found.stdout.toString().trim());
      expect(pid).toBeGreaterThan(1);
      terminal.tmux("new-window", "-t", "t", "sleep 60");
      terminal.tmux("kill-window", "-t", "t:0");
      for (let n = 0; n < 300 && isRunning(pid); n++) await Bun.sleep(10);
      expect(isRunning(pid)).toBe(false);
      expect(existsSync(fileOf(sandbox, "user"))).toBe(false);
    }));

  test.each([
    ["broken", (path: string) => write(path, '{"theme": '), "statusline.user.json:1:"],
    ["a folder", (path: string) => mkdirSync(path, { recursive: true }), "is not a file"],
  ])("a user's file that is %s is refused before anything is shown", (_, make, text) =>
    inTerminal(async (terminal, sandbox) => {
      make(fileOf(sandbox, "user"));
      terminal.type(`'${binary}' configure; echo "ended with $?"`);
      const screen = (await ended(terminal, 1)).replaceAll("\n", "");
      expect(screen).toContain(text);
      expect(screen).toContain("Fix it first: `statusline config edit`.");
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
      expect(screen).toMatch(/statusline\.user\.json: a file is where a folder should be/);
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
      "statusline configure needs a terminal\nUse `statusline config set KEY VALUE` without one.\n",
    );
  }));
