import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inSandbox, sessionIn } from "../harness.ts";
import { bytesOf, call, done, settingsOf, statusLine, userFile, write } from "./setup-harness.ts";

const ID = "51515151-1b42-4793-a1b8-0a533aba93f8";

describe("setup --keep", () => {
  test("shows the former program's line in our row, and an uninstall takes it out again", () =>
    inSandbox(async (sandbox) => {
      const before = statusLine(`cat >"$HOME/seen"; echo "former row"; echo more`);
      const path = write(settingsOf(sandbox), before);
      expect(await done(sandbox, "setup --yes --keep")).toContain(
        `modules.command.run in ${userFile(sandbox)}`,
      );
      const session = sessionIn(sandbox.path, ID);
      await sandbox.lines(session);
      await sandbox.settle();
      expect((await sandbox.lines(session)).join("\n")).toContain("former row");
      expect(JSON.parse(readFileSync(`${sandbox.home}/seen`, "utf8")).session_id).toBe(ID);
      expect(await done(sandbox, "config check")).toBe("the configuration is valid\n");
      expect(await done(sandbox, "uninstall --yes")).toContain(`removed from ${userFile(sandbox)}`);
      expect([bytesOf(path), existsSync(userFile(sandbox))]).toEqual([before, false]);
      expect((await sandbox.lines(session)).join("\n")).not.toContain("former");
    }));

  test("shows it in a layout that has no place for it", () =>
    inSandbox(async (sandbox) => {
      write(settingsOf(sandbox), statusLine("echo former"));
      write(userFile(sandbox), '{"layout": "minimal"}');
      await done(sandbox, "setup --yes --keep");
      await sandbox.lines(sessionIn(sandbox.path, ID));
      await sandbox.settle();
      expect((await sandbox.lines(sessionIn(sandbox.path, ID))).join("\n")).toContain("former");
    }));

  test("leaves a configuration as it was after an uninstall, to the byte", () =>
    inSandbox(async (sandbox) => {
      write(settingsOf(sandbox), statusLine("echo former"));
      const text = '{\n  // mine\n  "theme": "nord", // dark\n}\n';
      write(userFile(sandbox), text);
      await done(sandbox, "setup --yes --keep");
      await done(sandbox, "setup --yes --keep");
      expect(sandbox.read(userFile(sandbox))).toContain('"run": "echo former"');
      await done(sandbox, "uninstall --yes");
      expect(sandbox.read(userFile(sandbox))).toBe(text);
    }));

  test("leaves what was edited since, less the module", () =>
    inSandbox(async (sandbox) => {
      write(settingsOf(sandbox), statusLine("echo former"));
      await done(sandbox, "setup --yes --keep");
      await done(sandbox, "config set theme nord");
      await done(sandbox, "uninstall --yes");
      const { theme, modules } = JSON.parse(sandbox.read(userFile(sandbox)));
      expect([theme, modules]).toEqual(["nord", { command: {} }]);
    }));

  test("leaves a command that a person has put there since", () =>
    inSandbox(async (sandbox) => {
      write(settingsOf(sandbox), statusLine("echo former"));
      await done(sandbox, "setup --yes --keep");
      writeFileSync(userFile(sandbox), '{"modules": {"command": {"run": "date"}}}');
      await done(sandbox, "uninstall --yes");
      expect(sandbox.read(userFile(sandbox))).toBe('{"modules": {"command": {"run": "date"}}}');
    }));

  test("can follow a setup that replaced, and comes with all that was remembered", () =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), statusLine("echo former"));
      await done(sandbox, "setup --yes");
      await done(sandbox, "setup --yes --keep");
      expect(sandbox.read(userFile(sandbox))).toContain("echo former");
      await done(sandbox, "uninstall --yes");
      expect([bytesOf(path), existsSync(userFile(sandbox))]).toEqual([statusLine("echo former"), false]);
    }));

  test.each([
    ["there is nothing to keep", "{}", "{}", "there is no command of another status line to keep"],
    ["the former one has no command", '{"statusLine": "x"}', "{}", "there is no command of another"],
    ["it runs ours", statusLine("cd / && statusline"), "{}", "it runs statusline itself"],
    [
      "the module is in use",
      statusLine("echo former"),
      '{"modules": {"command": {"run": "date"}}}',
      "modules.command.run is in use: date",
    ],
    [
      "the configuration is broken",
      statusLine("echo former"),
      '{"modules": {"command"',
      "this is not a JSON object",
    ],
  ])("is refused where %s, with nothing written", (_, text, configuration, message) =>
    inSandbox(async (sandbox) => {
      const path = write(settingsOf(sandbox), text);
      write(userFile(sandbox), configuration);
      const { exitCode, stderr } = await call(sandbox, "setup --yes --keep");
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining(message)]);
      expect([bytesOf(path), bytesOf(userFile(sandbox))]).toEqual([text, configuration]);
    }));

  /** A file that not even root can write has this attribute, where the file system has attributes. */
  const locked = (path: string, on: boolean) =>
    Bun.spawnSync(["chattr", on ? "+i" : "-i", path]).exitCode === 0;

  test.skipIf(Bun.which("chattr") === null)("that cannot write the settings takes the module out again", () =>
    inSandbox(async (sandbox) => {
      const text = statusLine("echo former");
      const path = write(settingsOf(sandbox), text);
      if (!locked(path, true)) return;
      const { exitCode, stderr } = await call(sandbox, "setup --yes --keep").finally(() =>
        locked(path, false),
      );
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${path}: not permitted`)]);
      expect([bytesOf(path), existsSync(userFile(sandbox))]).toEqual([text, false]);
      expect(existsSync(`${sandbox.health}/former-statusline.json`)).toBe(false);
    }),
  );
});
