import { describe, expect, test } from "bun:test";
import { parse } from "jsonc-parser";
import { configure, fileOf, write } from "./configured.ts";
import { chosen, ended, inTerminal, open, previewOf, standsOn, userText } from "./terminal.ts";

describe.if(Bun.which("tmux") !== null)("statusline configure, in a terminal", () => {
  test("the arrows change page and choice, and the preview goes along", () =>
    inTerminal(async (terminal) => {
      const first = await open(terminal);
      expect(chosen(first)).toBe("default");
      expect(previewOf(first)).toMatch(/^proj {2}│ {2}worktree-feat-x [\s\S]* {2}09:15\n\$2\.47 session/);
      terminal.keys("Down");
      const classic = await terminal.until(standsOn("classic"));
      expect(previewOf(classic)).toStartWith("📁 proj");
      terminal.keys("Down");
      expect(previewOf(await terminal.until(standsOn("minimal")))).toMatch(
        /^proj · worktree-feat-x [^\n]* · /,
      );
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
      expect(await terminal.until(standsOn("layout's"))).toMatch(/● layout's +what the layout uses: none/);
      terminal.keys("Down", "Down");
      expect(previewOf(await terminal.until(standsOn("emoji")))).toContain("🌿 worktree-feat-x");
      terminal.keys("Tab");
      expect(await terminal.until(standsOn("layout's"))).toMatch(/● layout's +what the layout uses: bar/);
      terminal.keys("Down", "Down", "Down");
      expect(previewOf(await terminal.until(standsOn("slash")))).toContain(" / 🌿 worktree-feat-x");
      terminal.keys("Right");
      await terminal.until(standsOn("project"));
      terminal.keys("Right", "Left", "Left");
      // What was chosen is still chosen.
      await terminal.until(standsOn("slash"));
      terminal.keys("Escape");
      await terminal.until((screen) => screen.includes("Discard the changes?"));
      terminal.keys("y");
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
      await preview(/^proj {2}│ {2}#42/);
      expect(chosen(terminal.screen())).toBe("git");
      terminal.keys("Space"); // and on again, at the end of the last line
      await preview(/^proj {2}│ {2}#42[\s\S]*week[^\n]*│ {2}worktree-feat-x/);
      terminal.keys("K", "S-Up"); // before weekly and limits
      await preview(/worktree-feat-x[\s\S]*5h 24%/);
      terminal.keys("J");
      await preview(/5h 24%[\s\S]*worktree-feat-x[\s\S]*week/);
      terminal.keys("J", "J"); // past the end: a line of its own
      await preview(/\nworktree-feat-x[^\n]*$/);
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
      terminal.keys("q", "y");
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
      expect(previewOf(screen)).toStartWith("proj · worktree-feat-x");
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
      await terminal.until((screen) => /^proj · worktree-feat-x/.test(previewOf(screen)));
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
        terminal.keys(key);
        const asked = await terminal.until((screen) => screen.includes("Discard the changes?"));
        expect(chosen(asked)).toBe("classic");
      }
      terminal.keys(key === "Enter" ? "Enter" : "y");
      expect([name, await ended(terminal)]).toEqual([name, expect.stringContaining("nothing was changed")]);
      expect(userText(sandbox)).toBe(text);
    }));

  test("in 60 columns: u undoes, r resets, ? shows the keys, esc goes back from a question, and s saves", () =>
    inTerminal(
      async (terminal, sandbox) => {
        configure(sandbox, { theme: "nord" });
        await open(terminal);
        terminal.keys("Right");
        await terminal.until(standsOn("nord"));
        terminal.keys("Down", "Down");
        await terminal.until(standsOn("gruvbox"));
        terminal.keys("u");
        await terminal.until(standsOn("dracula"));
        terminal.keys("r");
        await terminal.until(standsOn("nord"));
        terminal.keys("u");
        await terminal.until(standsOn("dracula"));
        terminal.keys("?");
        const help = await terminal.until((screen) => screen.includes("any key goes back"));
        for (const text of ["undo the last change", "reset to what was configured", "align the module"])
          expect(help).toContain(text);
        terminal.keys("x");
        await terminal.until(standsOn("dracula"));
        terminal.keys("Escape");
        await terminal.until((screen) => screen.includes("Discard the changes?"));
        terminal.keys("Escape");
        await terminal.until((screen) => screen.includes("? keys"));
        terminal.keys("q");
        await terminal.until((screen) => screen.includes("Discard the changes?"));
        terminal.keys("s");
        expect(await ended(terminal)).toContain("saved in");
        expect(parse(userText(sandbox))).toEqual({ theme: "dracula" });
      },
      { columns: 60, rows: 24 },
    ));

  test("in 60 columns: a module is aligned, the list and the preview tell, and the row follows", () =>
    inTerminal(
      async (terminal, sandbox) => {
        configure(sandbox, { lines: [["project", "version"]] });
        await open(terminal);
        terminal.keys("Left");
        await terminal.until(standsOn("project"));
        expect(previewOf(terminal.screen())).toMatch(/^proj │ v2/);
        terminal.keys("Down", "a", "a");
        const screen = await terminal.until((each) => /▸ ● version +line 1 right/.test(each));
        expect(screen).toMatch(/● project +line 1 left/);
        expect(previewOf(screen)).toMatch(/^proj {20,}v2\.1\.329$/);
        terminal.keys("Enter");
        await ended(terminal);
        expect(parse(userText(sandbox))).toEqual({
          lines: [["project", { module: "version", align: "right" }]],
        });
      },
      { columns: 60, rows: 24 },
    ));

  test("the preview shows every module that is on, in 60 columns too", () =>
    inTerminal(
      async (terminal, sandbox) => {
        configure(sandbox, { layout: "full" });
        const screen = await open(terminal);
        const shown = ["proj", "🌿 worktree", "🌳 feat-x", "#42", "login form", "reviewer", "Work", "NORMAL"];
        shown.push("(command)", "09:15", "Opus 5.5", "high", "fast", "Explanatory", "38%", "▁", "hits");
        shown.push("$2.47", "(block)", "5h 24%", "$86.40", "+214", "1h16m", "API", "work:1.0", "v2.1.329");
        for (const text of shown) expect(previewOf(screen)).toContain(text);
      },
      { columns: 60, rows: 40 },
    ));

  test("what something else overrules is saved, and the person is told", () =>
    inTerminal(async (terminal, sandbox) => {
      configure(sandbox, { theme: "latte" }, "project");
      await open(terminal);
      terminal.keys("Right");
      await terminal.until(standsOn("latte"));
      terminal.keys("Up");
      await terminal.until(standsOn("daylight"));
      terminal.keys("Enter");
      const screen = (await ended(terminal)).replaceAll("\n", "");
      expect(screen).toContain(`theme is overridden here by ${fileOf(sandbox, "project")}:2:12`);
      expect(parse(userText(sandbox))).toEqual({ theme: "daylight" });
    }));
});
