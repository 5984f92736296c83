import { tarGz } from "../../build/release/tar.ts";
import { archiveName, folderName, TARGETS, type Target } from "../../build/release/targets.ts";

/** A program that acts as the installed one: it answers a session, tells of `setup`, and knows its version. */
export const program = (version: string) => `#!/bin/sh
case \${1:-} in
  --version) echo ${version} ;;
  setup | uninstall) echo "called: $*" ;;
  *) read -r session && echo "line of ${version}" ;;
esac
`;

const packed = (path: string, text: string, executable = false) => ({
  path,
  bytes: new TextEncoder().encode(text),
  executable,
});

/** An archive as `build/release.ts` lays it out, around the shell script `script`. */
export function archive(target: Target, version: string, script: string): Uint8Array<ArrayBuffer> {
  const folder = folderName(target, version);
  const files = [
    packed(`${folder}/statusline`, script, true),
    packed(`${folder}/LICENSE`, "licence\n"),
    packed(`${folder}/man/statusline.1`, `.TH statusline ${version}\n`),
    packed(`${folder}/completions/statusline.bash`, "# bash\n"),
    packed(`${folder}/completions/_statusline`, "# zsh\n"),
    packed(`${folder}/completions/statusline.fish`, "# fish\n"),
  ];
  return tarGz(files, 1_700_000_000);
}

const sha256 = (bytes: Uint8Array<ArrayBuffer>) => new Bun.CryptoHasher("sha256").update(bytes).digest("hex");

export type Answer = () => Response;

/** Releases on a loopback port, laid out as GitHub's; `answers` come before what it would say by itself. */
export class ReleaseServer {
  readonly asked: string[] = [];
  readonly answers = new Map<string, Answer>();
  readonly files = new Map<string, Uint8Array<ArrayBuffer> | string>();
  readonly #server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.#answer(request) });

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/releases`;
  }

  #answer(request: Request): Response {
    const path = new URL(request.url).pathname.replace("/releases/", "");
    this.asked.push(path);
    const file = this.files.get(path);
    return this.answers.get(path)?.() ?? new Response(file ?? "not found", { status: file ? 200 : 404 });
  }

  /** Publishes `version` for all systems but Windows, as the latest one. */
  publish(version: string, script = program(version)): void {
    const sums = TARGETS.filter(({ os }) => os !== "windows").map((target) => {
      const bytes = archive(target, version, script);
      this.files.set(`download/v${version}/${archiveName(target, version)}`, bytes);
      return `${sha256(bytes)}  ${archiveName(target, version)}\n`;
    });
    this.sums(version, sums.join(""));
  }

  sums(version: string, text: string): void {
    this.files.set(`download/v${version}/SHA256SUMS`, text);
    this.files.set("latest/download/SHA256SUMS", text);
  }

  stop(): void {
    this.#server.stop(true);
  }
}

/** A server that says it has `length` bytes, sends half of them and hangs up. */
export function cutOffServer(length: number) {
  const half = new Uint8Array(length / 2);
  return Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket) {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`);
        socket.write(half);
        socket.end();
      },
    },
  });
}
