import { copyFileSync, linkSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { archiveName, TARGETS, type Target } from "../../build/release/targets.ts";
import { buildName } from "../../src/update/platform.ts";
import { binary, type Run, Sandbox } from "../harness.ts";
import { ReleaseServer } from "../install/release.ts";

/** The build for this machine, a version that is newer than any, and where its files lie on the server. */
export const target = TARGETS.find(({ name }) => name === buildName(binary)) as Target;
export const NEW = "9.0.0";
export const ARCHIVE = `download/v${NEW}/${archiveName(target, NEW)}`;
export const SUMS = "latest/download/SHA256SUMS";

/** A machine of its own with the program installed, and a server with releases. */
export class Updating {
  readonly server = new ReleaseServer();
  readonly sandbox = new Sandbox();
  readonly installed = this.install("bin");

  /** Puts the program into a folder of the sandbox. */
  install(folder: string): string {
    const path = `${this.sandbox.path}/${folder}/statusline`;
    mkdirSync(dirname(path), { recursive: true });
    try {
      linkSync(binary, path);
    } catch {
      copyFileSync(binary, path); // The sandbox is on another file system.
    }
    return path;
  }

  update(args: string[] = [], path = this.installed, base = this.server.url): Promise<Run> {
    return this.sandbox.run("", { STATUSLINE_BASE_URL: base }, ["update", ...args], path);
  }

  /** Publishes one archive, with its right sum. */
  publish(bytes: Uint8Array<ArrayBuffer>): void {
    const sum = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
    this.server.files.set(ARCHIVE, bytes);
    this.server.sums(NEW, `${sum}  ${archiveName(target, NEW)}\n`);
  }

  stop(): void {
    this.server.stop();
    this.sandbox.remove();
  }
}
