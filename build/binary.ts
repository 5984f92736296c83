/** Builds `dist/statusline` for this machine. */
import { chmodSync } from "node:fs";
import { compile, root } from "./compile.ts";

const name = process.platform === "win32" ? "statusline.exe" : "statusline";
const outfile = `${root}dist/${name}`;
await compile(`${root}src/main.ts`, outfile);
chmodSync(outfile, 0o755);
console.log(`dist/${name}: ${(Bun.file(outfile).size / 2 ** 20).toFixed(0)} MiB`);
