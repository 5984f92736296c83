import type { StatusModule } from "../module.ts";
import { list } from "./list.ts";

/** All modules, loaded. */
export const modules: readonly StatusModule[] = await Promise.all(
  Object.entries(list).map(async ([moduleId, load]) => {
    const file: Readonly<Record<string, unknown>> = await load();
    return file[moduleId] as StatusModule;
  }),
);
