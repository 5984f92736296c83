import { createTransport, type Event, type StackFrame, uuid4 } from "@sentry/core";
import { ServerRuntimeClient } from "@sentry/core/server";
import { version } from "../../../package.json";
import type { Timing } from "../observed.ts";
import type { LoggedError } from "./logged.ts";
import { classOf, framesOf, sourceOf, templateOf } from "./scrub.ts";
import type { Target } from "./target.ts";

/** What one refresher has to report. */
export interface Findings {
  readonly errors: readonly LoggedError[];
  /** None where this run was not drawn. */
  readonly timings: readonly Timing[];
  readonly failedModules: readonly string[];
  readonly session: string;
}

/** Milliseconds for making the envelopes; there is no network in it. */
const TIMEOUT = 1000;

/** Makes envelopes with Sentry's SDK, and gives each to `store` instead of the network. */
export async function makeEnvelopes(
  { errors, timings, failedModules, session }: Findings,
  { dsn }: Target,
  moduleIds: readonly string[],
  store: (envelope: string) => void,
): Promise<void> {
  const client = new ServerRuntimeClient({
    dsn,
    release: `statusline@${version}`,
    integrations: [],
    stackParser: () => [],
    sendClientReports: false,
    traceLifecycle: "static",
    beforeSend: allowed,
    beforeSendTransaction: allowed,
    transport: (options) =>
      createTransport(options, async ({ body }) => {
        store(typeof body === "string" ? body : new TextDecoder().decode(body));
        return { statusCode: 200 };
      }),
  });
  const failed = failedModules.map((each) => sourceOf(each, moduleIds));
  const tags = { version, failedModules: failed.join(",") || "none", session };
  for (const error of errors) {
    client.captureEvent({ ...eventOf(error), tags: { ...tags, module: moduleOf(error, moduleIds) } });
  }
  if (timings.length > 0) client.captureEvent({ ...transactionOf(timings, moduleIds), tags });
  await client.flush(TIMEOUT);
}

/** A render logs all errors, and says which module each is from. */
function moduleOf({ source, message }: LoggedError, moduleIds: readonly string[]): string {
  const inner = source === "render" ? message.slice(0, Math.max(message.indexOf(":"), 0)) : source;
  return sourceOf(moduleIds.includes(inner) ? inner : source, moduleIds);
}

function eventOf({ message, error, at }: LoggedError): Event {
  const frames = framesOf(error).map(
    ({ file, line, column }): StackFrame => ({ filename: file, lineno: line, colno: column, in_app: true }),
  );
  return {
    level: "error",
    platform: "javascript",
    timestamp: at / 1000,
    // Sentry has the innermost frame last.
    exception: {
      values: [
        {
          type: classOf(error),
          value: templateOf(message),
          ...(frames.length > 0 && { stacktrace: { frames: frames.reverse() } }),
        },
      ],
    },
  };
}

/** The fetches of one run as spans of a transaction. */
function transactionOf(timings: readonly Timing[], moduleIds: readonly string[]): Event {
  const trace = uuid4();
  const root = uuid4().slice(16);
  const spans = timings.map(({ moduleId, start, end, failed }) => ({
    trace_id: trace,
    span_id: uuid4().slice(16),
    parent_span_id: root,
    op: "fetch",
    description: sourceOf(moduleId, moduleIds),
    start_timestamp: start / 1000,
    timestamp: end / 1000,
    status: failed ? ("internal_error" as const) : ("ok" as const),
    data: {},
  }));
  return {
    type: "transaction",
    transaction: "refresh",
    platform: "javascript",
    contexts: { trace: { trace_id: trace, span_id: root, op: "refresh" } },
    start_timestamp: Math.min(...timings.map(({ start }) => start)) / 1000,
    timestamp: Math.max(...timings.map(({ end }) => end)) / 1000,
    spans,
  };
}

const ALLOWED = new Set([
  ...["event_id", "type", "timestamp", "start_timestamp", "platform", "level", "release", "environment"],
  ...["tags", "exception", "transaction", "spans"],
]);

/** An event without what the SDK has added to it: it finds out things about the machine, and later versions more. */
function allowed<Given extends Event>(event: Given): Given {
  const kept = Object.fromEntries(Object.entries(event).filter(([name]) => ALLOWED.has(name)));
  const { trace } = event.contexts ?? {};
  return { ...kept, ...(trace && { contexts: { trace } }) } as Given;
}
