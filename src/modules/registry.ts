import type { StatusModule } from "../module.ts";

/** All modules, in the order in which commands list them. A module's name is its file's and its export's. */
const files = {
  project: () => import("./project.ts"),
  git: () => import("./git.ts"),
  worktree: () => import("./worktree.ts"),
  pr: () => import("./pr.ts"),
  session: () => import("./session.ts"),
  agent: () => import("./agent.ts"),
  model: () => import("./model.ts"),
  effort: () => import("./effort.ts"),
  fast: () => import("./fast.ts"),
  style: () => import("./style.ts"),
  vim: () => import("./vim.ts"),
  context: () => import("./context.ts"),
  trend: () => import("./trend.ts"),
  promptcache: () => import("./promptcache.ts"),
  account: () => import("./account.ts"),
  time: () => import("./time.ts"),
  cost: () => import("./cost.ts"),
  block: () => import("./block.ts"),
  limits: () => import("./limits.ts"),
  weekly: () => import("./weekly.ts"),
  lines: () => import("./lines.ts"),
  duration: () => import("./duration.ts"),
  api: () => import("./api.ts"),
  tmux: () => import("./tmux.ts"),
  version: () => import("./version.ts"),
  command: () => import("./command.ts"),
};

export type ModuleId = keyof typeof files;

/** What a file exports under its own name. */
type Exported<Id extends ModuleId> =
  Awaited<ReturnType<(typeof files)[Id]>> extends Readonly<Record<Id, infer Module>> ? Module : never;
type Schema<Module> = Module extends { schema(t: never): infer Type } ? Type : never;

/** A module that shows another one's cached value has the same schema. */
type Borrows<Id extends ModuleId> =
  Exported<Id> extends { readonly cachedBy: infer Owner extends ModuleId }
    ? { schema(t: never): Schema<Exported<Owner>> }
    : unknown;

type Checked = {
  readonly [Id in ModuleId]: () => Promise<{
    readonly [Name in Id]: { readonly moduleId: Id; readonly cachedBy?: ModuleId } & Borrows<Id>;
  }>;
};

export const list = Object.keys(files satisfies Checked) as readonly ModuleId[];

/** Loads a module. */
export async function load(moduleId: ModuleId): Promise<StatusModule> {
  const file: Readonly<Record<string, unknown>> = await files[moduleId]();
  return file[moduleId] as StatusModule;
}
