import type { StatusModule } from "../module.ts";
import { account } from "./account.ts";
import { agent } from "./agent.ts";
import { api } from "./api.ts";
import { block } from "./block.ts";
import { cache } from "./cache.ts";
import { command } from "./command.ts";
import { context } from "./context.ts";
import { cost } from "./cost.ts";
import { duration } from "./duration.ts";
import { effort } from "./effort.ts";
import { fast } from "./fast.ts";
import { git } from "./git.ts";
import { limits } from "./limits.ts";
import { lines } from "./lines.ts";
import { model } from "./model.ts";
import { pr } from "./pr.ts";
import { project } from "./project.ts";
import { session } from "./session.ts";
import { style } from "./style.ts";
import { time } from "./time.ts";
import { tmux } from "./tmux.ts";
import { trend } from "./trend.ts";
import { version } from "./version.ts";
import { vim } from "./vim.ts";
import { weekly } from "./weekly.ts";
import { worktree } from "./worktree.ts";

const all: readonly unknown[] = [
  project,
  git,
  worktree,
  pr,
  session,
  agent,
  model,
  effort,
  fast,
  style,
  vim,
  context,
  trend,
  cache,
  account,
  time,
  cost,
  block,
  limits,
  weekly,
  lines,
  duration,
  api,
  tmux,
  version,
  command,
];
/** All modules: the one list. */
export const modules = all as readonly StatusModule[];
