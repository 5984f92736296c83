import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { Machine, SHELLS } from "./machine.ts";
import { program, ReleaseServer } from "./release.ts";

const folder = mkdtempSync(`${tmpdir()}/statusline-tls-`);
const [key, cert] = [`${folder}/key.pem`, `${folder}/cert.pem`];
Bun.spawnSync(
  [
    ...["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"],
    ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
  ],
  { stdio: ["ignore", "ignore", "ignore"] },
);

const plain = new ReleaseServer();
plain.publish("1.0.0");
/** Answers with a redirect to the same path: over plain HTTP, or within HTTPS once. */
function secureServer(toPlain: boolean) {
  return Bun.serve({
    port: 0,
    tls: { key: Bun.file(key), cert: Bun.file(cert) },
    fetch: async ({ url }) => {
      const { pathname, origin } = new URL(url);
      if (toPlain) return Response.redirect(`${plain.url}${pathname}`);
      if (!pathname.startsWith("/final/")) return Response.redirect(`${origin}/final${pathname}`);
      return fetch(`${plain.url}${pathname.slice("/final".length)}`);
    },
  });
}
const [leaving, staying] = [secureServer(true), secureServer(false)];
afterAll(() => {
  for (const server of [plain, leaving, staying]) server.stop();
  rmSync(folder, { recursive: true });
});

async function installedFrom(port: number | undefined, downloader: string) {
  const machine = new Machine([downloader, "sha256sum", "openssl"]);
  await Bun.write(`${machine.home}/.wgetrc`, `ca_certificate = ${cert}\n`);
  machine.env.CURL_CA_BUNDLE = cert;
  machine.env.SSL_CERT_FILE = cert;
  const outcome = await machine.install(SHELLS.dash ?? ["sh"], ["--base-url", `https://localhost:${port}`]);
  const installed = machine.installed();
  const litter = machine.files().filter((name) => name.includes(".statusline."));
  machine.remove();
  return { ...outcome, installed, litter };
}

describe.each(["curl", "wget", "busybox wget"])("install.sh with %s", (downloader) => {
  test("refuses a redirect from https to http", async () => {
    const { exitCode, stderr, installed } = await installedFrom(leaving.port, downloader);
    expect({ exitCode, installed }).toEqual({ exitCode: 1, installed: "" });
    expect(stderr).toContain("cannot download https://localhost");
  });

  test("follows a redirect from https to https and leaves no staging folder", async () => {
    const { exitCode, stderr, installed, litter } = await installedFrom(staying.port, downloader);
    expect({ exitCode, stderr, installed, litter }).toEqual({
      exitCode: 0,
      stderr: "",
      installed: program("1.0.0"),
      litter: [],
    });
  });
});
