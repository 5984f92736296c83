#!/usr/bin/env node
import { randomBytes } from "node:crypto";
import fs from "node:fs";
// Minimal fake Anthropic Messages API on 127.0.0.1, for driving a real client without internet.
// usage: node fake-api.mjs [--port 0] [--port-file F] [--log F]
// env:   FAKE_RATE_HEADERS=1 -> also send anthropic-ratelimit-unified-* headers
//        FAKE_DELAY_MS=N     -> wait N ms before the last stream events
// A prompt with "big-context:N" reports N cache_read tokens;
// a prompt with "use-tool:<shell command>" makes the first reply a Bash tool_use; "spawn-agent" makes it an Agent call.
import http from "node:http";

const arg = (n, d) => {
  const i = process.argv.indexOf("--" + n);
  return i > 0 ? process.argv[i + 1] : d;
};
const logFile = arg("log");
const log = (o) => {
  if (logFile) fs.appendFileSync(logFile, JSON.stringify(o) + "\n");
};
const id = (p) => p + randomBytes(12).toString("base64url").replace(/[-_]/g, "x");
let turn = 0;

const text = (c) =>
  typeof c === "string"
    ? c
    : Array.isArray(c)
      ? c.map((b) => b.text ?? (typeof b.content === "string" ? b.content : "")).join("\n")
      : "";

function reply(body) {
  const main = Array.isArray(body.tools) && body.tools.length > 3 && (body.max_tokens ?? 0) > 1;
  if (main) turn++;
  const msgs = body.messages ?? [];
  const last = msgs[msgs.length - 1];
  let from = msgs.length;
  while (from > 0 && msgs[from - 1].role !== "assistant") from--;
  const lastText = msgs
    .slice(from)
    .map((m) => text(m.content))
    .join("\n");
  const toolNames = (body.tools ?? []).map((t) => t.name);
  const usage = main
    ? {
        input_tokens: 12 + turn,
        cache_creation_input_tokens: 800 * turn,
        cache_read_input_tokens: 18000 + 900 * turn,
        output_tokens: 42 + turn,
        cache_creation: { ephemeral_5m_input_tokens: 800 * turn, ephemeral_1h_input_tokens: 0 },
        service_tier: "standard",
      }
    : {
        input_tokens: 9,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: 6,
        service_tier: "standard",
      };
  const big = /big-context:(\d+)/.exec(lastText);
  if (main && big) usage.cache_read_input_tokens = Number(big[1]);
  const hasResult = msgs
    .slice(from)
    .some((m) => Array.isArray(m.content) && m.content.some((b) => b.type === "tool_result"));
  let content = [
    { type: "text", text: main ? `Hello from the fake API, turn ${turn}.` : "Short fake answer" },
  ];
  let stop = "end_turn";
  const mTool = !hasResult && /use-tool:([^\n<]+)/.exec(lastText);
  if (main && mTool && toolNames.includes("Bash")) {
    content = [
      { type: "text", text: "Running a command." },
      {
        type: "tool_use",
        id: id("toolu_01"),
        name: "Bash",
        input: { command: mTool[1].trim(), description: "fake tool call" },
      },
    ];
    stop = "tool_use";
  } else if (main && !hasResult && /spawn-agent/.test(lastText) && !/CHILD/.test(lastText)) {
    const name = toolNames.includes("Agent") ? "Agent" : toolNames.includes("Task") ? "Task" : null;
    if (name) {
      content = [
        {
          type: "tool_use",
          id: id("toolu_01"),
          name,
          input: {
            description: "fake child",
            prompt: "CHILD say hi use-tool:sleep 6",
            subagent_type: "general-purpose",
          },
        },
      ];
      stop = "tool_use";
    }
  }
  return { usage, content, stop };
}

const server = http.createServer((req, res) => {
  const chunks = [];
  req.on("data", (c) => chunks.push(c));
  req.on("end", async () => {
    const raw = Buffer.concat(chunks).toString();
    let body = {};
    try {
      body = raw ? JSON.parse(raw) : {};
    } catch {}
    log({
      t: Date.now(),
      method: req.method,
      url: req.url,
      model: body.model,
      stream: body.stream,
      tools: body.tools?.length,
      toolNames: body.tools?.map((t) => t.name).join(),
      max_tokens: body.max_tokens,
      nmsg: body.messages?.length,
      last: body.messages ? text(body.messages.at(-1)?.content).slice(-300) : undefined,
      headers: Object.fromEntries(
        Object.entries(req.headers).filter(([k]) => !/api-key|authorization/.test(k)),
      ),
    });
    const headers = { "request-id": id("req_01") };
    if (process.env.FAKE_RATE_HEADERS) {
      const now = Math.floor(Date.now() / 1000);
      Object.assign(headers, {
        "anthropic-ratelimit-unified-status": "allowed",
        "anthropic-ratelimit-unified-representative-claim": "five_hour",
        "anthropic-ratelimit-unified-reset": String(now + 7200),
        "anthropic-ratelimit-unified-fallback-percentage": "0.5",
        "anthropic-ratelimit-unified-5h-status": "allowed",
        "anthropic-ratelimit-unified-5h-utilization": "0.237",
        "anthropic-ratelimit-unified-5h-reset": String(now + 7200),
        "anthropic-ratelimit-unified-7d-status": "allowed",
        "anthropic-ratelimit-unified-7d-utilization": "0.41",
        "anthropic-ratelimit-unified-7d-reset": String(now + 300000),
      });
    }
    const path = req.url.split("?")[0];
    const json = (code, o) => {
      res.writeHead(code, { ...headers, "content-type": "application/json" });
      res.end(JSON.stringify(o));
    };
    if (req.method === "HEAD") {
      res.writeHead(200);
      return res.end();
    }
    if (path.endsWith("/count_tokens")) return json(200, { input_tokens: Math.ceil(raw.length / 4) });
    if (path.endsWith("/v1/messages")) {
      const { usage, content, stop } = reply(body);
      const msg = {
        id: id("msg_01"),
        type: "message",
        role: "assistant",
        model: body.model,
        stop_sequence: null,
      };
      if (!body.stream) return json(200, { ...msg, content, stop_reason: stop, usage });
      res.writeHead(200, { ...headers, "content-type": "text/event-stream", "cache-control": "no-cache" });
      const ev = (type, o) => res.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...o })}\n\n`);
      ev("message_start", {
        message: { ...msg, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
      });
      content.forEach((b, index) => {
        if (b.type === "text") {
          ev("content_block_start", { index, content_block: { type: "text", text: "" } });
          for (const w of b.text.match(/\S+\s*/g))
            ev("content_block_delta", { index, delta: { type: "text_delta", text: w } });
        } else {
          ev("content_block_start", {
            index,
            content_block: { type: "tool_use", id: b.id, name: b.name, input: {} },
          });
          ev("content_block_delta", {
            index,
            delta: { type: "input_json_delta", partial_json: JSON.stringify(b.input) },
          });
        }
        ev("content_block_stop", { index });
      });
      await new Promise((r) => setTimeout(r, Number(process.env.FAKE_DELAY_MS ?? 150)));
      ev("message_delta", { delta: { stop_reason: stop, stop_sequence: null }, usage });
      ev("message_stop", {});
      return res.end();
    }
    if (path.endsWith("/v1/models")) return json(200, { data: [], has_more: false });
    return json(404, { type: "error", error: { type: "not_found_error", message: "fake api: " + path } });
  });
});
server.listen(Number(arg("port", "0")), "127.0.0.1", () => {
  const { port } = server.address();
  const pf = arg("port-file");
  if (pf) fs.writeFileSync(pf, String(port));
  console.log("fake api on 127.0.0.1:" + port);
});
for (const s of ["SIGTERM", "SIGINT"]) process.on(s, () => process.exit(0));
