/** Builds `dist/statusline` for this machine. */
import { chmodSync } from "node:fs";
import { compile, root } from "./compile.ts";

const outfile = `${root}dist/statusline`;
await compile(`${root}src/main.ts`, outfile);
chmodSync(outfile, 0o755);
console.log(`dist/statusline: ${(Bun.file(outfile).size / 2 ** 20).toFixed(0)} MiB`);
