#!/usr/bin/env node
// Runs the Bun that npm installed: `node build/bun.mjs ARGS…`.
// The npm package `bun` puts its binary in place by an install script, which npm may have been told not to
// run; then the binary still lies in the platform's own package.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));

function candidates() {
  const platform = existsSync(`${modules}@oven`) ? readdirSync(`${modules}@oven`).sort() : [];
  const names = ["bin/bun", "bin/bun.exe"];
  return [
    ...platform.flatMap((name) => names.map((path) => `${modules}@oven/${name}/${path}`)),
    `${modules}bun/bin/bun.exe`,
  ].filter((path) => existsSync(path));
}

const bun = candidates().find((path) => spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0);
if (bun === undefined) {
  console.error("build/bun.mjs: no Bun that runs here in node_modules; run `npm install` first");
  process.exit(1);
}
const { status, signal } = spawnSync(bun, process.argv.slice(2), { stdio: "inherit" });
process.exit(status ?? (signal === null ? 1 : 128));
