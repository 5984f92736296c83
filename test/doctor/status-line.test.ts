import { describe, expect, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { clientSettings } from "../../src/doctor/client.ts";
import { realWorld } from "../../src/world.ts";
import { binary, inSandbox, type Sandbox } from "../harness.ts";
import { clientState, makeWell, readExamined, STATUS_LINE, says, settings, spoilt } from "./well.ts";

/** Settings of the folder that the session works in. */
function inFolder(sandbox: Sandbox, name: string, content: object): string {
  const path = `${sandbox.path}/.claude/${name}`;
  mkdirSync(`${sandbox.path}/.claude`, { recursive: true });
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const line = (command: string) => ({ statusLine: { ...STATUS_LINE, command } });

describe("settings", () => {
  test.each([
    ["no file", (sandbox: Sandbox) => rmSync(`${sandbox.home}/.claude/settings.json`), "no statusLine in "],
    ["no statusLine", (sandbox: Sandbox) => void settings(sandbox, { theme: "dark" }), "no statusLine in "],
    [
      "not JSON",
      (sandbox: Sandbox) => void settings(sandbox, "{ statusLine: }"),
      "settings.json is not JSON (line 1, column 3): Claude Code ignores the file",
    ],
    ["a list", (sandbox: Sandbox) => void settings(sandbox, "[]"), "settings.json is not a JSON object"],
    [
      "a folder",
      (sandbox: Sandbox) => {
        rmSync(`${sandbox.home}/.claude/settings.json`);
        mkdirSync(`${sandbox.home}/.claude/settings.json`);
      },
      "a folder is where a file should be",
    ],
    [
      "no type",
      (sandbox: Sandbox) => void settings(sandbox, { statusLine: { command: `cd /; exec ${binary}` } }),
      'not the type "command"',
    ],
    [
      "no command",
      (sandbox: Sandbox) => void settings(sandbox, { statusLine: { type: "command" } }),
      "has no command",
    ],
    [
      "another program",
      (sandbox: Sandbox) => void settings(sandbox, line("npx -y ccstatusline@latest")),
      "runs npx -y ccstatusline@latest, which is not this program",
    ],
  ])("%s is a problem", async (_, spoil, message) => {
    expect(await spoilt("settings", spoil)).toEqual(says("problem", message));
  });

  test.each([
    "settings.json",
    "settings.local.json",
  ])("%s of the project overrules the person's", async (name) => {
    const checks = await spoilt("settings", (sandbox) => void inFolder(sandbox, name, line("echo theirs")));
    expect(checks).toEqual(
      says(
        "problem",
        new RegExp(`${name} runs echo theirs.*overrides .*/home/.claude/settings.json`),
        "Remove statusLine from",
      ),
    );
  });

  test.each([
    ["quoted", `"${binary}" --theme=nord`],
    ["with a variable", `STATUSLINE_THEME=nord ${binary}`],
    ["after others", `cd / && exec ${binary}`],
  ])("our own command is known: %s", async (_, command) => {
    const checks = await spoilt("settings", (sandbox) => void settings(sandbox, line(command)));
    expect(checks).toEqual([expect.objectContaining({ status: "ok" })]);
  });

  test("by name on PATH, below ~, and in a script of the person's own", async () => {
    const commands = ["statusline", "~/bin/statusline", "~/bin/row.sh"];
    for (const command of commands) {
      const checks = await spoilt("settings", (sandbox) => {
        mkdirSync(`${sandbox.home}/bin`);
        Bun.spawnSync(["ln", "-s", binary, `${sandbox.home}/bin/statusline`]);
        writeFileSync(`${sandbox.home}/bin/row.sh`, "#!/bin/sh\nexec ~/bin/statusline --theme=nord\n", {
          mode: 0o755,
        });
        sandbox.env.PATH += `:${sandbox.home}/bin`;
        settings(sandbox, line(command));
      });
      expect([command, checks]).toEqual([command, [expect.objectContaining({ status: "ok" })]]);
    }
  });
});

describe("program", () => {
  const inHome = (sandbox: Sandbox) => `${sandbox.home}/statusline`;
  const named = (sandbox: Sandbox) => void settings(sandbox, line(inHome(sandbox)));

  test("one that is not executable", async () => {
    const spoil = (sandbox: Sandbox) => {
      writeFileSync(inHome(sandbox), "#!/bin/sh\necho row\n", { mode: 0o644 });
      named(sandbox);
    };
    expect(await spoilt("program", spoil)).toEqual(
      says("problem", "is not executable", /^chmod \+x .*\/statusline$/),
    );
    expect(await spoilt("run", spoil)).toEqual(says("problem", "ends with 126"));
  });

  test("one that is gone", async () => {
    expect(await spoilt("program", named)).toEqual(
      says("problem", "/statusline does not exist", "statusline setup"),
    );
    const unknown = (sandbox: Sandbox) => void settings(sandbox, line("statusline"));
    expect(await spoilt("program", unknown)).toEqual(says("problem", "no such program on PATH"));
  });

  test("another copy than this", async () => {
    const checks = await spoilt("program", (sandbox) => {
      copyFileSync(binary, inHome(sandbox));
      chmodSync(inHome(sandbox), 0o755);
      named(sandbox);
    });
    expect(checks).toEqual(
      says("warning", /Claude Code runs .*\/home\/statusline, and this is .*dist\/statusline/),
    );
  });
});

describe("hooks", () => {
  test("disableAllHooks in any file, unless a later one says otherwise", async () => {
    const off = { ...line(binary), disableAllHooks: true };
    const spoil = (sandbox: Sandbox) => void settings(sandbox, off);
    expect(await spoilt("hooks", spoil)).toEqual(
      says("problem", "disableAllHooks in ", "Remove disableAllHooks from"),
    );
    const mended = await spoilt("hooks", (sandbox) => {
      spoil(sandbox);
      inFolder(sandbox, "settings.local.json", { disableAllHooks: false });
    });
    expect(mended).toEqual([expect.objectContaining({ status: "ok" })]);
    const local = (sandbox: Sandbox) =>
      void inFolder(sandbox, "settings.local.json", { disableAllHooks: true });
    expect(await spoilt("hooks", local)).toEqual(
      says("problem", "settings.local.json disables status lines"),
    );
  });

  test("an organisation that allows its own hooks alone", async () => {
    const strict = (sandbox: Sandbox) =>
      void settings(sandbox, { allowManagedHooksOnly: true }, "remote-settings.json");
    expect(await spoilt("hooks", strict)).toEqual(
      says("problem", "allowManagedHooksOnly in ", "Your organisation"),
    );
    const theirs = (sandbox: Sandbox) =>
      void settings(sandbox, { allowManagedHooksOnly: true, ...line(binary) }, "remote-settings.json");
    expect(await spoilt("hooks", theirs)).toEqual([expect.objectContaining({ status: "ok" })]);
  });
});

describe("the organisation's settings on this machine", () => {
  test("overrule all others; the parts come after the whole", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      const managed = `${sandbox.path}/managed`;
      mkdirSync(`${managed}/managed-settings.d`, { recursive: true });
      writeFileSync(`${managed}/managed-settings.json`, JSON.stringify(line("echo whole")));
      const client = () => clientSettings(realWorld(sandbox.env), managed);
      expect(client().statusLine).toMatchObject({ command: "echo whole", file: { layer: "managed" } });
      writeFileSync(`${managed}/managed-settings.d/10.json`, JSON.stringify(line("echo part")));
      expect(client().statusLine?.command).toBe("echo part");
      expect(client().files.map(({ layer }) => layer)).toEqual([
        "user",
        "project",
        "local",
        "managed",
        "managed",
        "managed",
      ]);
    }));

  // Another /etc needs a mount of its own; not every machine lets a test have one.
  const mounts = Bun.spawnSync(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/etc"]).exitCode === 0;
  test.skipIf(process.platform !== "linux" || !mounts)("are read where they lie", () =>
    inSandbox(async (sandbox) => {
      makeWell(sandbox);
      const managed = JSON.stringify(line("echo theirs"));
      const script = `mount -t tmpfs none /etc && mkdir /etc/claude-code && echo '${managed}' > /etc/claude-code/managed-settings.json && exec ${binary} doctor --json`;
      const run = await sandbox.run("", {}, ["-rm", "sh", "-c", script], "unshare");
      expect(readExamined(run).of("settings")).toEqual(
        says("problem", "/etc/claude-code/managed-settings.json runs echo theirs", "Your organisation"),
      );
    }),
  );
});

describe("trust", () => {
  const known = (accepted: (folder: string) => object) => (sandbox: Sandbox) =>
    clientState(sandbox, { projects: accepted(sandbox.path) });

  test("a folder that is refused, and one that is not known", async () => {
    const refused = known((folder) => ({ [folder]: { hasTrustDialogAccepted: false } }));
    expect(await spoilt("trust", refused)).toEqual(says("problem", "is not trusted", "Start `claude` here"));
    expect(
      await spoilt(
        "trust",
        known(() => ({})),
      ),
    ).toEqual(says("warning", "is not known to Claude Code yet"));
    const broken = (sandbox: Sandbox) => clientState(sandbox, "{");
    expect(await spoilt("trust", broken)).toEqual(says("warning", ".claude.json cannot be read"));
  });

  test("a folder above is enough", async () => {
    const above = known((folder) => ({
      [folder]: { hasTrustDialogAccepted: false },
      [folder.slice(0, folder.lastIndexOf("/"))]: { hasTrustDialogAccepted: true },
    }));
    expect(await spoilt("trust", above)).toEqual([expect.objectContaining({ status: "ok" })]);
  });

  test("is asked in the configuration directory that is used", async () => {
    const checks = await spoilt("trust", (sandbox) => {
      mkdirSync(`${sandbox.path}/other`);
      sandbox.env.CLAUDE_CONFIG_DIR = `${sandbox.path}/other`;
      writeFileSync(`${sandbox.path}/other/.claude.json`, "{}");
    });
    expect(checks).toEqual(says("warning", "is not known"));
  });
});
