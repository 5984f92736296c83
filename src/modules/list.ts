import type { StatusModule } from "../module.ts";

/** All modules, in the order in which they are told of. A module's name is its file's and its export's. */
export const list = [
  "project",
  "git",
  "worktree",
  "pr",
  "session",
  "agent",
  "model",
  "effort",
  "fast",
  "style",
  "vim",
  "context",
  "trend",
  "promptcache",
  "account",
  "time",
  "cost",
  "block",
  "limits",
  "weekly",
  "lines",
  "duration",
  "api",
  "tmux",
  "version",
  "command",
] as const;

export type ModuleId = (typeof list)[number];

/** Loads a module. */
export function load(moduleId: ModuleId): Promise<StatusModule> {
  return fileOf(moduleId).then((file) => file[moduleId] as StatusModule);
}

/** A table of functions would cost a start 100 µs. */
function fileOf(moduleId: ModuleId): Promise<Readonly<Record<string, unknown>>> {
  switch (moduleId) {
    case "project":
      return import("./project.ts");
    case "git":
      return import("./git.ts");
    case "worktree":
      return import("./worktree.ts");
    case "pr":
      return import("./pr.ts");
    case "session":
      return import("./session.ts");
    case "agent":
      return import("./agent.ts");
    case "model":
      return import("./model.ts");
    case "effort":
      return import("./effort.ts");
    case "fast":
      return import("./fast.ts");
    case "style":
      return import("./style.ts");
    case "vim":
      return import("./vim.ts");
    case "context":
      return import("./context.ts");
    case "trend":
      return import("./trend.ts");
    case "promptcache":
      return import("./promptcache.ts");
    case "account":
      return import("./account.ts");
    case "time":
      return import("./time.ts");
    case "cost":
      return import("./cost.ts");
    case "block":
      return import("./block.ts");
    case "limits":
      return import("./limits.ts");
    case "weekly":
      return import("./weekly.ts");
    case "lines":
      return import("./lines.ts");
    case "duration":
      return import("./duration.ts");
    case "api":
      return import("./api.ts");
    case "tmux":
      return import("./tmux.ts");
    case "version":
      return import("./version.ts");
    case "command":
      return import("./command.ts");
  }
}
