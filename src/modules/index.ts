import type { StatusModule } from "../module.ts";
import { list, load } from "./list.ts";

/** All modules, loaded. */
export const modules: readonly StatusModule[] = await Promise.all(list.map(load));
