import { defineFetched } from "../define-module.ts";
import { truncate } from "../lib/text.ts";
import { OWN_FILES_ONLY, type TypeBuilder } from "../module.ts";

const options = (t: TypeBuilder) => ({
  run: t.String({
    default: "",
    description:
      "a shell command; it is given Claude Code's JSON on stdin, and the first line it prints is shown",
    ...OWN_FILES_ONLY,
  }),
});

/** Columns of a line that are ever shown. */
const LONGEST = 120;

/** What a command of the person's own prints; from the user's configuration only. */
export const command = defineFetched({
  moduleId: "command",
  description: "the first line that a command of your own prints",
  icons: ["🔧", "\uf0ad", ""],
  uses: ["sessionId"],
  config: {
    refreshInterval: 10_000,
    cacheTTL: 60_000,
    stalenessThreshold: 300_000,
    timeout: 5000,
    maxRetries: 2,
    retryBackoff: 5000,
    maxConcurrent: 3,
  },
  options,
  schema: (t) => t.String(),
  // The command itself is part of the key: what another one printed is not shown.
  key: (session, _world, { run }) =>
    run !== "" && session.sessionId ? `command:${run}:${session.sessionId}` : null,
  async fetch({ session, world, signal, settings: { run, timeout } }) {
    const result = await world.exec(["/bin/sh", "-c", run], {
      timeout,
      signal,
      stdin: session.document ?? "{}",
      ...(session.cwd === null || world.mtime(session.cwd) === null ? {} : { cwd: session.cwd }),
    });
    if (result.exitCode !== 0) {
      const { failureOf } = await import("../lib/exec.ts"); // Not on the render path.
      throw new Error(failureOf("your command", result));
    }
    const [line = ""] = Bun.stripANSI(result.stdout).trim().split("\n");
    return truncate(line.trimEnd(), LONGEST);
  },
  read: (_session, _world, line) => (line === "pending" || line === "" ? null : line),
  format: (line) =>
    [LONGEST, 60, 30, 15].map((columns) => [{ text: truncate(line, columns), tone: "plain" }]),
});
