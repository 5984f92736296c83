import { readFileSync } from "node:fs";
import { hasCode } from "./errors.ts";

/** A file's text, or null when there is no such file. @throws other system errors */
export function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
