/**
 * Makes the archives of a release on one machine, for all targets or those named:
 *   npm run release [-- [--out FOLDER] TARGET…]
 * They lie in dist/release, or in FOLDER.
 */
import { parseArgs } from "node:util";
import { root } from "./compile.ts";
import { assemble } from "./release/assemble.ts";
import { TARGETS, targetsNamed } from "./release/targets.ts";

const { values, positionals } = parseArgs({
  options: { out: { type: "string", default: `${root}dist/release` } },
  allowPositionals: true,
});
const targets = positionals.length > 0 ? targetsNamed(positionals) : TARGETS;
await assemble(targets, values.out, console.log);
