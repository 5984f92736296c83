import type { StatusModule } from "../module.ts";
import { account } from "./account.ts";
import { context } from "./context.ts";
import { cost } from "./cost.ts";
import { git } from "./git.ts";
import { limits } from "./limits.ts";
import { model } from "./model.ts";
import { project } from "./project.ts";
import { time } from "./time.ts";
import { tmux } from "./tmux.ts";
import { weekly } from "./weekly.ts";

/** All modules: the one list. */
export const modules: readonly StatusModule[] = [
  account,
  context,
  git,
  cost,
  weekly,
  limits,
  model,
  time,
  project,
  tmux,
].map((module) => module as StatusModule);
