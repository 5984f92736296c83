import { version } from "../../package.json";

/** Runs when the program is built: the version is then a part of it, and needs no file. */
export function programVersion(): string {
  return version;
}
