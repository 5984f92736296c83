import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename } from "node:path";
import { parse } from "yaml";
import { answeringCcusage, configure, fullSession, later, NOW } from "../e2e/configured.ts";
import { Sandbox } from "../harness.ts";

/** A row for each module: what a damaged file costs is seen at once. */
const MODULES = ["project", "git", "model", "context", "account", "time", "cost", "limits", "weekly"];
/** Milliseconds that a row may take on a busy machine. */
const DEADLINE = 2000;

/** A file that the program reads, and what may be missing while it is damaged. */
interface Target {
  readonly path: string;
  /** Modules that show something of it. */
  readonly shownBy: readonly string[];
  /** Whether the program writes it: then one refresh puts everything right. A person's file stays as it is. */
  readonly isOurs: boolean;
}

export interface Damage {
  readonly name: string;
  apply(path: string): void;
}

export interface Case {
  readonly target: Target;
  readonly damage: Damage;
}

const MONEY = ["account", "cost", "weekly", "limits"];
const BY_ENTRY: Readonly<Record<string, readonly string[]>> = {
  git: ["git"],
  cost: ["cost", "weekly"],
  model: ["model", "context"],
  time: ["time"],
  limits: ["limits"],
  profile: MONEY,
  login: MONEY,
  owner: MONEY,
};

/** A machine on which everything is in use, with a session that has been shown and refreshed. */
export class Machine {
  readonly sandbox = new Sandbox();
  private document: object = {};
  private readonly kept = `${this.sandbox.path}/kept`;
  private rows: readonly string[] = [];

  async prepare(): Promise<void> {
    const { sandbox } = this;
    Object.assign(sandbox.env, later(0), { COLUMNS: "200" });
    this.document = fullSession(sandbox);
    answeringCcusage(sandbox);
    configure(sandbox, { lines: MODULES.map((id) => [id]), maxLines: MODULES.length });
    const login = { accountUuid: "u", organizationUuid: "o", emailAddress: "ann@example.org" };
    writeFileSync(`${sandbox.home}/.claude.json`, JSON.stringify({ oauthAccount: login, numStartups: 3 }));
    for (let n = 0; n < 2; n++) {
      await this.row();
      await sandbox.settle();
    }
    this.rows = (await this.row()).split("\n");
    if (this.rows.length !== MODULES.length) throw new Error(`not all is shown:\n${this.rows.join("\n")}`);
    cpSync(sandbox.home, this.kept, { recursive: true, preserveTimestamps: true });
  }

  private async row(): Promise<string> {
    const { exitCode, stdout, ms } = await this.sandbox.run(JSON.stringify(this.document));
    if (exitCode !== 0 || stdout.trim() === "" || ms > DEADLINE)
      throw new Error(`exit code ${exitCode} after ${ms.toFixed(0)} ms: ${JSON.stringify(stdout)}`);
    if (/undefined|NaN|\[object/.test(stdout)) throw new Error(`nonsense is shown:\n${stdout}`);
    return stdout.trimEnd();
  }

  /** All files that are read, ours and others'. */
  targets(): Target[] {
    const { health, home, path } = this.sandbox;
    const ours = (file: string, shownBy: readonly string[] = []) => ({ path: file, shownBy, isOurs: true });
    const persons = (file: string, shownBy: readonly string[]) => ({ path: file, shownBy, isOurs: false });
    const json = (folder: string) =>
      readdirSync(`${health}/${folder}`)
        .filter((name) => name.endsWith(".json"))
        .map((name) => `${health}/${folder}/${name}`);
    const entries = json("cache").map((file) =>
      ours(file, BY_ENTRY[basename(file).split("-")[0] ?? ""] ?? []),
    );
    return [
      ...entries,
      ...json("frames").map((file) => ours(file)),
      ...json(".").map((file) => ours(file)),
      ours(`${health}/locks/refresher.lock`),
      ours(`${health}/locks/refresher.start`),
      ours(`${health}/daemon.log`),
      ours(`${home}/.local/state/statusline/accounts.json`, ["account"]),
      persons(`${health}/runtime-state.yaml`, MONEY),
      persons(`${home}/.claude.json`, MONEY),
      persons(`${home}/.claude/settings.json`, ["context"]),
      persons(`${home}/.claude/statusline.user.json`, MODULES),
      persons(`${path}/widgets/.claude/statusline.json`, MODULES),
    ];
  }

  /** Damages a file, and says what is wrong with what follows; null where all is as it should be. */
  async check({ target, damage }: Case): Promise<string | null> {
    this.restore();
    try {
      mkdirSync(target.path.slice(0, target.path.lastIndexOf("/")), { recursive: true });
      damage.apply(target.path);
      const before = target.isOurs ? null : fingerprint(target.path);
      const first = this.missing(await this.row(), target.shownBy);
      if (first.length > 0) return `the first row lacks ${first.join(", ")}`;
      await this.sandbox.settle();
      const after = await this.row();
      if (before !== null && fingerprint(target.path) !== before && !target.path.endsWith(".yaml"))
        return "a person's file has been changed";
      const lost = this.missing(after, target.isOurs ? [] : target.shownBy);
      return lost.length > 0 ? `after a refresh the row lacks ${lost.join(", ")}:\n${after}` : null;
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** The modules whose part is not what it was, but for some. */
  private missing(row: string, but: readonly string[]): string[] {
    const lines = row.split("\n");
    return MODULES.filter((id, n) => !but.includes(id) && !lines.includes(this.rows[n] ?? ""));
  }

  private restore(): void {
    const { home } = this.sandbox;
    rmSync(home, { recursive: true, force: true });
    rmSync(`${this.sandbox.path}/widgets/.claude`, { recursive: true, force: true });
    cpSync(this.kept, home, { recursive: true, preserveTimestamps: true });
  }

  remove(): void {
    this.sandbox.remove();
  }
}

/** What is known of a file without reading a pipe or a device. */
function fingerprint(path: string): string {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return "absent";
  return stats.isFile() && stats.size < 1_000_000
    ? readFileSync(path, "base64")
    : `${stats.mode} ${stats.size}`;
}

function replaced(path: string, make: () => void): void {
  rmSync(path, { recursive: true, force: true });
  make();
}

/** Text in the file's place, with its time: a change that time alone does not tell. */
function overwritten(path: string, change: (text: string) => string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  const text = stats?.isFile() ? readFileSync(path, "utf8") : "{}";
  replaced(path, () => writeFileSync(path, change(text), { mode: 0o600 }));
  if (stats !== undefined) utimesSync(path, stats.atime, stats.mtime);
}

/** Damages that any file can have; the text is cut off at so many places. */
export function kindsOf(cuts: number): Damage[] {
  const cut = (n: number): Damage => ({
    name: `cut off at ${n} of ${cuts + 1}`,
    apply: (path) => overwritten(path, (text) => text.slice(0, (text.length * n) / (cuts + 1))),
  });
  return [
    { name: "absent", apply: (path) => rmSync(path, { recursive: true, force: true }) },
    { name: "empty", apply: (path) => overwritten(path, () => "") },
    ...Array.from({ length: cuts }, (_, n) => cut(n + 1)),
    { name: "zeroed", apply: (path) => overwritten(path, (text) => "\0".repeat(text.length)) },
    { name: "another version's", apply: (path) => overwritten(path, () => '{"version":99,"future":[1]}') },
    {
      name: "a folder",
      apply: (path) => replaced(path, () => void mkdirSync(`${path}/mine`, { recursive: true })),
    },
    { name: "a pipe", apply: (path) => replaced(path, () => void Bun.spawnSync(["mkfifo", path])) },
    { name: "a link to itself", apply: (path) => replaced(path, () => symlinkSync(path, path)) },
    { name: "a link to a device", apply: (path) => replaced(path, () => symlinkSync("/dev/zero", path)) },
    {
      name: "64 MB sparse",
      apply: (path) =>
        replaced(path, () => {
          writeFileSync(path, "{", { mode: 0o600 });
          truncateSync(path, 64 * 1024 * 1024);
        }),
    },
  ];
}

const WRONG: readonly unknown[] = [null, true, -1, 1e308, NOW * 1000, "x", [], {}];

/** Each field of a file's JSON or YAML with wrong values. */
export function fieldsOf(path: string): Damage[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) return [];
  const text = readFileSync(path, "utf8");
  const start = text.startsWith("{") ? 0 : 16;
  const isYaml = path.endsWith(".yaml");
  let value: unknown;
  try {
    value = isYaml ? parse(text) : JSON.parse(text.slice(start).split("\n")[0] ?? "");
  } catch {
    return [];
  }
  return placesIn(value).flatMap((place) =>
    WRONG.map((wrong) => ({
      name: `${place.join(".")} = ${JSON.stringify(wrong)}`,
      apply: (file: string) => overwritten(file, () => JSON.stringify(withValue(value, place, wrong))),
    })),
  );
}

function placesIn(value: unknown, place: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null || place.length > 5) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    [...place, name],
    ...placesIn(each, [...place, name]),
  ]);
}

function withValue(value: unknown, [name, ...rest]: readonly string[], wrong: unknown): unknown {
  if (name === undefined) return wrong;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = withValue(copy[name], rest, wrong);
  return copy;
}
