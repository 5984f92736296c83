import { printable } from "../lib/text.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";
import type { ReadSettings, StatusLine } from "./client.ts";
import { isExecutable, shownCommand, startedBy } from "./program.ts";

const SETUP = "`statusline setup` adds it.";

/** Whether Claude Code's settings name this program, and let it run. */
export function checkSettings({ client, world }: CheckContext): Check[] {
  const broken = client.files.filter(({ fault }) => fault !== null).map(brokenFile);
  // A file that cannot be read is why there is no status line: one cause, one line.
  const isExplained = broken.length > 0 && client.statusLine === null;
  const line = isExplained ? [] : statusLine(client.statusLine, client.files, world);
  return [...broken, ...line, hooks(client.disabledBy)];
}

/** Claude Code passes over a file that it cannot use, whole. */
function brokenFile({ path, fault }: ReadSettings): Check {
  const message = fault?.includes(path) ? fault : `${path} ${fault}`;
  return problem("settings", `${message}: Claude Code ignores the file`, "Fix it, or move it away.");
}

function statusLine(
  found: StatusLine | null,
  files: readonly ReadSettings[],
  world: CheckContext["world"],
): Check[] {
  if (found === null) return [problem("settings", `no statusLine in ${files[0]?.path}`, SETUP)];
  const { file, command } = found;
  if (command === null)
    return [
      problem("settings", `statusLine in ${file.path} has no command, or not the type "command"`, SETUP),
    ];
  const program = startedBy(command, world);
  if (program.kind === "other") return [otherProgram(found, files, world)];
  const message = `${file.path} runs ${printable(shownCommand(command))}`;
  const named = ok("settings", program.kind === "script" ? `${message}, which calls this program` : message);
  const deleted = program.kind === "script" ? [] : deletedFolder(file.path, command);
  return [named, executable(program.path, command), ...copy(program.kind, program.path), ...deleted];
}

/** Bun ends at once in a working directory that has been deleted, before any code of this program runs. */
function deletedFolder(path: string, command: string): Check[] {
  if (process.platform === "win32" || /^\s*cd\s/.test(command)) return [];
  const message = `the command in ${path} prints nothing in a folder that has been deleted`;
  return [
    warning("program", message, "`statusline setup` updates it; put `cd /;` before a command of your own"),
  ];
}

/** The status line is another program's; it may override one that runs this program. */
function otherProgram(
  { file, command }: StatusLine,
  files: readonly ReadSettings[],
  world: CheckContext["world"],
): Check {
  const ours = files.find(({ settings }) => {
    const line = settings?.statusLine as { command?: unknown } | undefined;
    return typeof line?.command === "string" && startedBy(line.command, world).kind !== "other";
  });
  const message = `${file.path} runs ${printable(shownCommand(command ?? ""))}, which is not this program`;
  if (ours === undefined) return problem("settings", message, "`statusline setup --replace` replaces it.");
  const hint =
    file.layer === "managed"
      ? "Your organisation has set this; ask there."
      : `Remove statusLine from ${file.path}.`;
  return problem("settings", `${message}, and overrides ${ours.path}`, hint);
}

function executable(path: string | null, command: string): Check {
  if (path === null)
    return problem("program", `${shownCommand(command)}: no such program on PATH`, "Use its absolute path.");
  if (isExecutable(path)) return ok("program", path);
  if (Bun.file(path).size === 0) return problem("program", `${path} does not exist, or is empty`, SETUP);
  return problem("program", `${path} is not executable`, `chmod +x ${path}`);
}

function copy(kind: string, path: string | null): Check[] {
  if (kind !== "copy" || path === null || !isExecutable(path)) return [];
  const hint = "Remove one of them, or run `statusline setup` from the other.";
  return [warning("program", `Claude Code runs ${path}, and this is ${process.execPath}`, hint)];
}

function hooks(disabledBy: CheckContext["client"]["disabledBy"]): Check {
  if (disabledBy === null) return ok("hooks", "not disabled");
  const { file, key } = disabledBy;
  const hint =
    file.layer === "managed" ? "Your organisation has set this; ask there." : `Remove ${key} from it.`;
  return problem("hooks", `${key} in ${file.path} disables status lines`, hint);
}
