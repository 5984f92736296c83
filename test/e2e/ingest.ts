import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import type { Sandbox } from "../harness.ts";

/** What an event, or a transaction, has that these tests look at. */
interface Payload {
  readonly tags: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly exception: { readonly values: readonly Thrown[] };
  readonly spans: readonly Span[];
}

interface Thrown {
  readonly type: string;
  readonly value: string;
  readonly stacktrace?: {
    readonly frames: readonly { readonly filename: string; readonly lineno: number }[];
  };
}

interface Span {
  readonly description: string;
  readonly start_timestamp: number;
  readonly timestamp: number;
}

/** An envelope: a header, then items, each with a header of its own (https://develop.sentry.dev/sdk/foundations/transport/envelopes/). */
export interface Envelope {
  readonly text: string;
  readonly header: Record<string, unknown>;
  readonly items: readonly { readonly type: string; readonly payload: Payload }[];
}

/** A server on loopback that takes envelopes, as Sentry does. */
export class Ingest {
  readonly envelopes: Envelope[] = [];
  readonly requests: { path: string; auth: string }[] = [];
  /** How it answers. */
  answer: () => Response = () => new Response("{}");
  readonly #server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      const auth = request.headers.get("x-sentry-auth") ?? "";
      this.requests.push({ path: new URL(request.url).pathname, auth });
      const answer = this.answer();
      if (answer.ok) this.envelopes.push(parse(await request.text()));
      return answer;
    },
  });
  readonly host = `127.0.0.1:${this.#server.port}`;
  readonly dsn = `http://public@${this.host}/42`;

  /** The payloads of this type that have arrived. */
  of(type: "event" | "transaction"): Payload[] {
    return this.envelopes
      .flatMap(({ items }) => items)
      .filter((item) => item.type === type)
      .map(({ payload }) => payload);
  }

  /** What an error was made of. */
  get values(): (string | undefined)[] {
    return this.of("event").map(({ exception }) => exception.values[0]?.value);
  }

  reset(): void {
    this.envelopes.length = 0;
    this.requests.length = 0;
    this.answer = () => new Response("{}");
  }

  stop(): Promise<void> {
    return this.#server.stop(true);
  }
}

function parse(text: string): Envelope {
  const [header = {}, ...rest] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const items = [];
  for (let n = 0; n < rest.length; n += 2) items.push({ type: rest[n].type, payload: rest[n + 1] });
  return { text, header, items };
}

/** Refreshes once. @returns how long that took, ms */
export async function refresh(sandbox: Sandbox, env: Record<string, string> = {}): Promise<number> {
  const { exitCode, stderr, ms } = await sandbox.run("", env, ["refresh"]);
  if (exitCode !== 0 || stderr !== "") throw new Error(`${exitCode}: ${stderr}`);
  return ms;
}

/** Lets the next refresh try the network again. */
export const endPause = ({ health }: Sandbox) => rmSync(`${health}/reports/.not-before`);

/** A port on which nobody listens. */
export const NOBODY = "http://public@127.0.0.1:9/42";

/** The reports that wait on disk. */
export function spooled({ health }: Sandbox): string[] {
  const folder = `${health}/reports`;
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(".envelope")).map((name) => `${folder}/${name}`);
}

/** Logs an error, as another process would. */
export function logError(sandbox: Sandbox, source: string, message: string): void {
  mkdirSync(sandbox.health, { recursive: true, mode: 0o700 });
  const line = `${new Date().toISOString()} error ${source}: ${message}\n`;
  appendFileSync(`${sandbox.health}/daemon.log`, line, { mode: 0o600 });
}
