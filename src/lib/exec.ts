import { timedOut } from "./in-time.ts";

/** What a finished child process gave. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it is given on stdin; nothing by default. */
  readonly stdin?: string;
  /** Milliseconds until the whole process group is killed. */
  readonly timeout: number;
  /** Bytes of stdout that are accepted; a child that writes more is killed. */
  readonly maxOutput?: number;
  readonly signal?: AbortSignal;
  /** Called with the process group's leader once it runs. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Describes a child that failed or printed something unexpected. Its output is left out: it may
 * be a secret, or text that somebody else chose.
 */
export function failureOf(command: string, { exitCode, stdout, stderr }: ExecResult): string {
  const end = exitCode === 0 ? "printed something unexpected" : `exited with ${exitCode}`;
  return `${command} ${end} (${stdout.length} characters on stdout, ${stderr.length} on stderr)`;
}

/**
 * Runs a program in a process group of its own, and collects what it prints.
 *
 * The group, grandchildren included, is killed at the deadline, when `signal` aborts, when stdout outgrows
 * `maxOutput`, and once more after the end, so that nothing outlives the call.
 * @throws Error when the program cannot be started, ran out of time, was aborted, or printed too much.
 */
export async function exec(command: readonly string[], options: ExecOptions): Promise<ExecResult> {
  options.signal?.throwIfAborted();
  const child = Bun.spawn([...command], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...options.env },
    stdio: [options.stdin === undefined ? "ignore" : new Blob([options.stdin]), "pipe", "pipe"],
    detached: true,
  });
  options.onStart?.(child.pid);
  let stopped = "";
  const stop = (reason: string) => {
    stopped ||= reason;
    killGroup(child.pid);
  };
  const timer = setTimeout(stop, options.timeout, timedOut(options.timeout));
  const abort = () => stop("aborted");
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const limit = options.maxOutput ?? 16 * 1024 * 1024;
    const [stdout, stderr] = await Promise.all([
      collect(child.stdout, limit, () => stop(`more than ${limit} bytes of output`)),
      collect(child.stderr, 64 * 1024, () => {}),
    ]);
    const exitCode = await child.exited;
    if (stopped) throw new Error(`${command[0]}: ${stopped}`);
    return { exitCode, stdout, stderr };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
    killGroup(child.pid);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

async function collect(stream: ReadableStream<Uint8Array>, limit: number, overflow: () => void) {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > limit) {
      overflow();
      continue;
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
