import { mkdirSync, writeFileSync } from "node:fs";
import { ccusageFolder } from "../../test/harness.ts";
import type { Contender } from "./measure.ts";
import type { BenchWorld } from "./world.ts";

/** What users would pick instead, from npm. */
const PACKAGES = ["ccstatusline@2", "@cometix/ccline@1", "ccusage18@npm:ccusage@18"];

/** A status line as many write their own: jq for each value, git for the branch. */
const BASH = `#!/bin/bash
input=$(cat)
model=$(jq -r .model.display_name <<<"$input")
dir=$(jq -r .workspace.current_dir <<<"$input")
cost=$(jq -r .cost.total_cost_usd <<<"$input")
branch=$(git -C "$dir" branch --show-current 2>/dev/null)
changes=$(git -C "$dir" status --porcelain 2>/dev/null | wc -l)
echo "$(basename "$dir") | $branch $changes | $model | $cost"
`;

/** The peers that can be had here, on the same document, repository and history. */
export async function peers(world: BenchWorld, document: string): Promise<Record<string, Contender>> {
  const folder = `${world.sandbox.path}/peers`;
  mkdirSync(folder);
  writeFileSync(`${folder}/package.json`, "{}");
  writeFileSync(`${folder}/line.sh`, BASH, { mode: 0o755 });
  for (const name of PACKAGES) {
    Bun.spawnSync(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", name], {
      cwd: folder,
      stdio: ["ignore", "ignore", "ignore"],
    });
  }
  const bin = `${folder}/node_modules/.bin`;
  const env = { ...world.sandbox.env, PATH: `${ccusageFolder}:${process.env.PATH}` };
  const contender = (...command: string[]): Contender => ({
    command,
    env,
    cwd: world.repository,
    input: () => document,
  });
  const all: Record<string, Contender> = {
    "ccusage statusline 20": contender(`${ccusageFolder}/ccusage`, "statusline", "--offline"),
    "ccusage statusline 18": contender(
      "node",
      `${folder}/node_modules/ccusage18/dist/index.js`,
      "statusline",
      "--offline",
    ),
    "CCometixLine (Rust)": contender(`${folder}/node_modules/@cometix/ccline-linux-x64/ccline`),
    "ccstatusline (node)": contender("node", `${bin}/ccstatusline`),
    "ccstatusline (bun)": contender(process.execPath, `${bin}/ccstatusline`),
    "bash, jq, git": contender(`${folder}/line.sh`),
    "git status alone": contender("git", "status", "--porcelain=v2", "--branch"),
  };
  return Object.fromEntries(Object.entries(all).filter(([, each]) => works(each)));
}

/** A peer that cannot be had or does not run here is left out. */
function works({ command, env, cwd, input }: Contender): boolean {
  try {
    const { exitCode, stdout } = Bun.spawnSync([...command], {
      stdin: new TextEncoder().encode(input(0)),
      stderr: "ignore",
      env,
      ...(cwd === undefined ? {} : { cwd }),
    });
    return exitCode === 0 && stdout.toString().trim() !== "";
  } catch {
    return false;
  }
}
