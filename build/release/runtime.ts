import { mkdirSync } from "node:fs";
import { root } from "../compile.ts";
import type { Target } from "./targets.ts";

/** A Bun program for another machine. */
export interface Runtime {
  /** Its npm package, and the version: that of the Bun which builds. */
  readonly name: string;
  readonly version: string;
  /** The package's sum as npm writes it: `sha512-` and base64. */
  readonly integrity: string;
  /** The program's file. */
  readonly path: string;
}

/**
 * Downloads the Bun that `target`'s program is made from into `folder`, with npm, as npm is set up here.
 * The package must have the sum that the registry says, and where `package-lock.json` knows the package, its sum too.
 * @throws Error when it has not, or cannot be had
 */
export async function fetchRuntime(target: Target, folder: string): Promise<Runtime> {
  mkdirSync(folder, { recursive: true });
  const name = `@oven/${target.runtime}`;
  const version = Bun.version;
  const said = JSON.parse(await run("npm", "view", `${name}@${version}`, "dist.integrity", "--json"));
  const packed = JSON.parse(
    await run("npm", "pack", `${name}@${version}`, "--json", "--pack-destination", folder),
  );
  const archive = `${folder}/${packed[0].filename}`;
  const integrity = await integrityOf(archive);
  const locked = (await lockedIntegrity(name)) ?? said;
  if (integrity !== said || integrity !== locked)
    throw new Error(
      `${name}@${version} has the sum ${integrity}; the registry says ${said}, the lock file ${locked}`,
    );
  await run("tar", "-xzf", archive, "-C", folder);
  await Bun.file(archive).delete();
  const path = `${folder}/package/bin/bun${target.os === "windows" ? ".exe" : ""}`;
  return { name, version, integrity, path };
}

/** A file's sum in npm's form. */
export async function integrityOf(path: string): Promise<string> {
  const bytes = await Bun.file(path).bytes();
  return `sha512-${new Bun.CryptoHasher("sha512").update(bytes).digest("base64")}`;
}

async function lockedIntegrity(name: string): Promise<string | undefined> {
  const lock = await Bun.file(`${root}package-lock.json`).json();
  return lock.packages[`node_modules/${name}`]?.integrity;
}

/** Runs a program and returns what it prints. @throws Error with its stderr when it fails */
export async function run(...command: string[]): Promise<string> {
  const child = Bun.spawn(command, { cwd: root, env: process.env, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  if ((await child.exited) !== 0) throw new Error(`${command.join(" ")}: ${errors}`);
  return output;
}
