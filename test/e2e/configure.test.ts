import { describe, expect, test } from "bun:test";
import { parse } from "jsonc-parser";
import { configure, fileOf, write } from "./configured.ts";
import { chosen, ended, inTerminal, open, previewOf, standsOn, userText } from "./terminal.ts";

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
      expect(screen).toContain(`theme is overruled here by ${fileOf(sandbox, "project")}:2:12`);
      expect(parse(userText(sandbox))).toEqual({ theme: "daylight" });
    }));
});
