import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { fetchRuntime } from "../../build/release/runtime.ts";
import { tarGz } from "../../build/release/tar.ts";
import { targetsNamed } from "../../build/release/targets.ts";

const KEYS = ["npm_config_registry", "npm_config_cache"] as const;
const before = KEYS.map((key) => process.env[key]);
let folder: string;

const text = (value: string) => new TextEncoder().encode(value);

/** A registry whose packages are what it says they are, and hold something else than Bun. */
let server: ReturnType<typeof Bun.serve>;

function packument(name: string, tarball: Uint8Array<ArrayBuffer>) {
  const integrity = `sha512-${new Bun.CryptoHasher("sha512").update(tarball).digest("base64")}`;
  const dist = { integrity, tarball: `${server.url.origin}/package.tgz` };
  const versions = { [Bun.version]: { name, version: Bun.version, dist } };
  return Response.json({ name, "dist-tags": { latest: Bun.version }, versions });
}

beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/statusline-runtime-`);
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch(request) {
      const name = decodeURIComponent(new URL(request.url).pathname.slice(1));
      const about = text(JSON.stringify({ name: "x", version: Bun.version }));
      const files = [
        { path: "package/package.json", bytes: about, executable: false },
        { path: "package/bin/bun", bytes: text("not Bun"), executable: true },
      ];
      const tarball = tarGz(files, 0);
      return name === "package.tgz" ? new Response(tarball) : packument(name, tarball);
    },
  });
  process.env.npm_config_registry = server.url.origin;
  process.env.npm_config_cache = `${folder}/cache`;
});
afterEach(() => {
  KEYS.forEach((key, n) => {
    if (before[n] === undefined) delete process.env[key];
    else process.env[key] = before[n];
  });
  server.stop(true);
  rmSync(folder, { recursive: true });
});

test("a Bun that is not the lock file's is refused, whatever the registry says", async () => {
  const [target] = targetsNamed(["linux-arm64"]);
  if (target === undefined) throw new Error("no target");
  await expect(fetchRuntime(target, `${folder}/out`)).rejects.toThrow(
    /bun-linux-aarch64@.* has the sum sha512-.*lock file/,
  );
  expect(existsSync(`${folder}/out/package`)).toBe(false);
});
