import { readFileSync } from "node:fs";
import { ifThere } from "./if-there.ts";

/** A file's text, or null when there is no such file. @throws other system errors */
export function readOrNull(path: string): string | null {
  return ifThere(() => readFileSync(path, "utf8"), null);
}
