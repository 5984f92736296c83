import type { StatusModule } from "../module.ts";
import { list, load } from "./registry.ts";

/** All modules, loaded. */
export const modules: readonly StatusModule[] = await Promise.all(list.map(load));
