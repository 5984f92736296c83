import { expect, test } from "bun:test";
import { appendFileSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "bun";
import { inSandbox, type Sandbox, sessionIn } from "../harness.ts";
import { configure, newId } from "./configured.ts";

/** One secret of each known kind, in the form that its issuer gives it; each value only here. */
const kinds: Readonly<Record<string, string>> = {
  anthropic: `sk-ant-oat01-${"planted".repeat(5)}`,
  github: `ghp_${"b2".repeat(18)}`,
  aws: "AKIAPLANTED234567ABC",
  slack: `xoxb-${"123456789012-".repeat(2)}planted`,
  key: `-----BEGIN OPENSSH PRIVATE KEY-----\\n${"cGxhbnRlZA".repeat(4)}`,
  password: "hunter2-planted-password",
};
const parts = Object.values(kinds).map((secret) => secret.split("\\n").at(-1) ?? "");

/** Everything that the program has written below a folder, with the names; archives unpacked. */
function written(folder: string): string {
  const texts: string[] = [];
  for (const name of new Bun.Glob("**/*").scanSync({ cwd: folder, dot: true, onlyFiles: false })) {
    const path = `${folder}/${name}`;
    texts.push(name);
    if (!lstatSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    texts.push(name.endsWith(".gz") ? new TextDecoder().decode(gunzipSync(bytes)) : bytes.toString("utf8"));
  }
  return texts.join("\n");
}

/** Puts each secret where such things are: the environment, settings, the client's files, git, a child's output. */
function plant(sandbox: Sandbox): object {
  const { home } = sandbox;
  for (const [name, secret] of Object.entries(kinds)) sandbox.env[`${name.toUpperCase()}_TOKEN`] = secret;
  sandbox.env.ANTHROPIC_API_KEY = kinds.anthropic ?? "";
  const all = JSON.stringify(kinds);
  configure(sandbox, { layout: "full" });
  const login = { accountUuid: "u", organizationUuid: "o", emailAddress: "ann@example.org" };
  writeFileSync(`${home}/.claude.json`, `{"oauthAccount":${JSON.stringify(login)},"primaryApiKey":${all}}`);
  writeFileSync(`${home}/.claude/.credentials.json`, all);
  writeFileSync(
    `${home}/.claude/settings.json`,
    JSON.stringify({ env: kinds, apiKeyHelper: kinds.password }),
  );
  const repository = sandbox.repository("repo");
  sandbox.git(repository, "remote", "add", "origin", `https://me:${kinds.github}@example.org/a/b.git`);
  sandbox.git(repository, "config", "http.extraHeader", `Authorization: Bearer ${kinds.password}`);
  const transcript = `${sandbox.path}/t.jsonl`;
  // Of a password nobody can tell that it is one.
  for (const secret of Object.values(kinds).filter((each) => each !== kinds.password)) {
    const text = `use ${secret.replaceAll("\\n", "\n")} now`;
    appendFileSync(
      transcript,
      `${JSON.stringify({ type: "user", uuid: newId(), message: { content: text } })}\n`,
    );
  }
  sandbox.program("ccusage", `echo '${all}'; echo '${all}' >&2; exit 3`);
  return sessionIn(repository, newId(), { transcript_path: transcript });
}

test("planted secrets of every known kind are in nothing that the program writes or prints", () =>
  inSandbox(async (sandbox) => {
    const document = plant(sandbox);
    const printed: string[] = [];
    for (let n = 0; n < 2; n++) {
      printed.push(...(await sandbox.lines(document)));
      await sandbox.settle();
    }
    const commands = [
      "doctor",
      "doctor --json",
      "state",
      "state --json",
      "profiles",
      "config",
      "state cleanup --days 0",
    ];
    for (const command of commands) {
      const { stdout, stderr } = await sandbox.run("", {}, command.split(" "));
      printed.push(stdout, stderr);
    }
    const files = written(sandbox.health) + written(`${sandbox.home}/.local`);
    expect(files.length).toBeGreaterThan(5000);
    expect(files).toContain("secrets in the transcript");
    for (const secret of parts) {
      expect([secret, files.includes(secret)]).toEqual([secret, false]);
      expect([secret, printed.join("\n").includes(secret)]).toEqual([secret, false]);
    }
  }));
