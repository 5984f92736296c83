/**
 * Writes the Homebrew formula of this version into Formula/, from the sums of its release:
 *   node build/bun.mjs build/formula.ts SHA256SUMS
 */
import { root } from "./compile.ts";
import { readSums } from "./release/sums.ts";
import { archiveName, targetsNamed } from "./release/targets.ts";

/** Homebrew's names for what the formula has archives for. Homebrew runs on x64 without AVX2 too. */
const ARCHIVES = {
  macos: { arm: "darwin-arm64", intel: "darwin-x64" },
  linux: { arm: "linux-arm64", intel: "linux-x64-baseline" },
} as const;

export interface Package {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly repository: { readonly url: string };
}

/**
 * The formula's text. @param sums the release's archives and their SHA-256
 * @throws Error naming the archives that have no sum
 */
export function formula(about: Package, sums: ReadonlyMap<string, string>): string {
  const home = about.repository.url.replace(/^git\+|\.git$/g, "");
  const archives = Object.values(ARCHIVES).flatMap((cpus) => Object.values(cpus));
  const names = targetsNamed(archives).map((target) => archiveName(target, about.version));
  const missing = names.filter((name) => !sums.has(name));
  if (missing.length > 0) throw new Error(`no sum for ${missing.join(", ")}`);
  const systems = Object.entries(ARCHIVES).map(([system, cpus]) => {
    const blocks = Object.entries(cpus).map(([cpu, target]) => {
      const [name = ""] = targetsNamed([target]).map((one) => archiveName(one, about.version));
      return archiveBlock(cpu, `${home}/releases/download/v${about.version}/${name}`, sums.get(name) ?? "");
    });
    return `  on_${system} do\n${blocks.join("")}  end\n`;
  });
  return [head(about, home), ...systems, TAIL].join("\n");
}

const archiveBlock = (cpu: string, url: string, sum: string) => `    on_${cpu} do
      url "${url}"
      sha256 "${sum}"
    end
`;

/** Homebrew wants a description without a full stop that does not begin with the name. */
const head = ({ description, version, license }: Package, home: string) => `# Written by build/formula.ts.
class Statusline < Formula
  desc "${description.replace(/^The s/, "S").replace(/\.$/, "")}"
  homepage "${home}"
  version "${version}"
  license "${license}"
`;

const TAIL = `  def install
    bin.install "statusline"
    man1.install Dir["man/*.1"]
    bash_completion.install Dir["completions/*.bash"]
    zsh_completion.install Dir["completions/_*"]
    fish_completion.install Dir["completions/*.fish"]
  end

  def caveats
    <<~EOS
      To show it in Claude Code, run:
        statusline setup
      Before you uninstall it, take it out of Claude Code's settings again:
        statusline uninstall
    EOS
  end

  test do
    session = '{"model":{"display_name":"Homebrew"}}'
    assert_match "Homebrew", pipe_output(bin/"statusline", session, 0)
    assert_match version.to_s, shell_output("#{bin}/statusline --version")
  end
end
`;

if (import.meta.main) {
  const file = process.argv[2];
  if (file === undefined) throw new Error("say which SHA256SUMS");
  const about: Package = await Bun.file(`${root}package.json`).json();
  await Bun.write(`${root}Formula/statusline.rb`, formula(about, readSums(await Bun.file(file).text())));
}
