import type { ExecOptions, ExecResult } from "./lib/exec.ts";
import { isFile, mtime, readReplaced, readTail, readText, write } from "./lib/files.ts";
import { type Paths, pathsBelow } from "./paths.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The only door to what lies outside: everything that depends on the machine, the user or the moment goes
 * through here, so that a test can put another world in its place. On the render path: `node:*` is loaded only where it is needed.
 */
export interface World {
  readonly env: Env;
  readonly home: string;
  /** Claude Code's configuration directory: `CLAUDE_CONFIG_DIR`, else `~/.claude`. */
  readonly configDir: string;
  readonly paths: Paths;
  /** Whether it is known where files belong: without HOME, or with a relative path, they would be anywhere. */
  readonly hasHome: boolean;
  /** Whether a folder, or the one that it would be made in, is this user's, and only this user can write to it. */
  isPrivate(path: string): Promise<boolean>;
  /** Epoch milliseconds. */
  now(): number;
  /** The first JSON document of stdin as text: returns when it is complete, or at end of file. */
  stdin(): Promise<string>;
  stdinIsTerminal(): boolean;
  stdout(text: string): Promise<void>;
  /**
   * A file's text; null when there is no such file, and when it is longer than `most` bytes: then it is not what was looked for.
   * @throws system errors; ENXIO for a pipe or device
   */
  readText(path: string, most: number): string | null;
  /** The same, quicker by 1 to 3 ms, for a file that is replaced by a rename, or never becomes shorter. */
  readReplaced(path: string, most: number): string | null;
  /** Writes a file that no other program depends on, readable by this user only. @throws system errors */
  write(path: string, text: string): Promise<void>;
  /** The last `bytes` of a file, or null when there is no such file. @throws other system errors */
  readTail(path: string, bytes: number): string | null;
  /** Part of a file, from byte `start` to before byte `end`. @throws system errors */
  readBytes(path: string, start: number, end: number): Promise<Uint8Array>;
  /** Whether there is a regular file: reading a pipe or a device could wait for ever. */
  isFile(path: string): boolean;
  /** Bytes of a file, 0 when there is none. */
  size(path: string): number;
  /** Modification time of a file or folder in epoch milliseconds, or null when there is none. */
  mtime(path: string): number | null;
  /**
   * Runs a program; see `lib/exec.ts`. Gives it `childEnv`, never the whole environment, and an empty private folder to run
   * in unless `cwd` is given: many programs read configuration from there, ccusage among them.
   */
  exec(command: readonly string[], options: ExecHereOptions): Promise<ExecResult>;
  /** Runs a program in the person's terminal, in their environment. @returns its exit code */
  interact(command: readonly string[]): Promise<number>;
  /** Columns of the terminal on stdout, null when there is none. */
  terminalColumns(): Promise<number | null>;
  /** The folder that the program was called in. */
  cwd(): string;
  /** Starts this program again with `args`, in a session of its own: it outlives this process and its group. */
  startSelf(args: readonly string[]): void;
  /** The environment for children: what programs need to run, none of the user's keys and tokens. */
  childEnv(): Record<string, string>;
}

/** `env` is what a child gets besides `childEnv`. */
type ExecHereOptions = Omit<ExecOptions, "env"> & Partial<Pick<ExecOptions, "env">>;

/** The real world of this process. */
export function realWorld(env: Env = process.env): World {
  const home = withoutTrailingSlash(env.HOME || env.USERPROFILE || systemHome());
  const configDir = withoutTrailingSlash(env.CLAUDE_CONFIG_DIR || `${home}/.claude`);
  const clock = env.STATUSLINE_NOW ? Number(env.STATUSLINE_NOW) : 0;
  const childEnv = () => childEnvironment(env, configDir);
  const paths = pathsBelow(configDir);
  return {
    env,
    home,
    configDir,
    paths,
    hasHome: isAbsolute(configDir) && configDir !== "/.claude",
    isPrivate,
    // STATUSLINE_NOW (epoch ms) holds the clock still, for pictures and tests that must come out the same.
    now: clock > 0 ? () => clock : Date.now,
    stdin: readDocument,
    stdinIsTerminal,
    // Bun.write of nothing empties a file that stdout was led to (seen in Bun 1.4.5).
    stdout: async (text) => void (text === "" || (await Bun.write(Bun.stdout, text))),
    readText,
    readReplaced,
    write,
    readTail,
    readBytes: (path, start, end) => Bun.file(path).slice(start, end).bytes(),
    isFile,
    size: (path) => Bun.file(path).size,
    mtime,
    exec: async (command, options) => {
      // A render runs nothing.
      const [{ exec }, { privateFolder }] = await Promise.all([
        import("./lib/exec.ts"),
        import("./lib/private-folder.ts"),
      ]);
      const cwd = options.cwd ?? privateFolder(paths.work) ?? "/";
      return exec(command, { ...options, cwd, env: { ...childEnv(), ...options.env } });
    },
    interact: (command) => Bun.spawn([...command], { stdio: ["inherit", "inherit", "inherit"] }).exited,
    terminalColumns: async () => (await import("./lib/stdout-columns.ts")).terminalColumns(),
    cwd: process.cwd,
    startSelf,
    childEnv,
  };
}

/** The home directory in the system's user database; importing `node:os` would cost every start 0.1 ms. */
function systemHome(): string {
  return process.getBuiltinModule("node:os").homedir() || "/";
}

const isAbsolute = (path: string) => path.startsWith("/") || path[1] === ":";

/** The rule of `folderFault`, without the 2 ms of `node:fs`. */
async function isPrivate(path: string): Promise<boolean> {
  if (process.getuid === undefined) return true;
  let [place, others] = [path, 0o022];
  for (;;) {
    const stats = await Bun.file(place)
      .stat()
      .catch(() => null);
    if (stats !== null)
      return stats.uid === process.getuid() && ((stats.mode & others) === 0 || (stats.mode & 0o1000) !== 0);
    if (place === "/" || place === "") return false;
    place = place.slice(0, place.lastIndexOf("/")) || "/";
    others = 0o002;
  }
}

function startSelf(args: readonly string[]): void {
  const program = Bun.isStandaloneExecutable ? [process.execPath] : [process.execPath, Bun.main];
  Bun.spawn([...program, ...args], { detached: true, stdio: ["ignore", "ignore", "ignore"] }).unref();
}

/** Bytes of a document; Claude Code's have some 3 KB. */
const LONGEST_DOCUMENT = 1024 * 1024;

/**
 * Some clients never close stdin, so that waiting for the end of file would wait for ever: the text is
 * tried as JSON whenever a chunk ends like a document.
 * @throws SyntaxError for more than any document has
 */
async function readDocument(): Promise<string> {
  const decoder = new TextDecoder();
  const reader = Bun.stdin.stream().getReader(); // `for await` would cost a start 150 µs.
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    const chunk = decoder.decode(value, { stream: !done });
    text += chunk;
    if (text.length > LONGEST_DOCUMENT) throw new SyntaxError("the input is longer than any document");
    // Only the end of the chunk is looked at: to search the text with each chunk would take the square of its length.
    if (done || (endsLikeDocument(chunk) && isDocument(text))) return text;
  }
}

function endsLikeDocument(chunk: string): boolean {
  return chunk.endsWith("}\n") || chunk.trimEnd().endsWith("}");
}

function isDocument(text: string): boolean {
  // As Claude Code sends it: one line, and a line end. To parse it twice would cost a start 40 µs.
  if (text.endsWith("}\n") && text.indexOf("\n") === text.length - 1) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What `node:tty` asks too, without the 3 ms that importing it costs. */
function stdinIsTerminal(): boolean {
  const tty = (process as unknown as { binding(name: "tty_wrap"): { isTTY(fd: number): boolean } }).binding(
    "tty_wrap",
  );
  return tty.isTTY(0);
}

/** The variables that children get: what git, ccusage, tmux and a shell need to run, and no more. */
const CHILD_VARIABLES = [
  ...["HOME", "USER", "LOGNAME", "SHELL", "TZ", "TMPDIR", "XDG_CONFIG_HOME"],
  ...["LANG", "LC_ALL", "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC", "LC_TIME"],
  ...["SystemRoot", "ComSpec", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"],
];

function childEnvironment(env: Env, configDir: string): Record<string, string> {
  const result: Record<string, string> = { CLAUDE_CONFIG_DIR: configDir };
  for (const name of CHILD_VARIABLES) {
    const value = env[name];
    if (value !== undefined) result[name] = value;
  }
  // An entry that is not absolute means the folder that a child runs in, where anybody may have put a program.
  const [delimiter, isAbsolute] =
    process.platform === "win32" ? ([";", /^[A-Za-z]:[\\/]/] as const) : ([":", /^\//] as const);
  const path = (env.PATH ?? "").split(delimiter).filter((entry) => isAbsolute.test(entry));
  return { ...result, PATH: path.join(delimiter) };
}

function withoutTrailingSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}
