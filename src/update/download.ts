import { messageOf } from "../lib/errors.ts";
import { UserError } from "../lib/user-error.ts";

/** Milliseconds without a byte after which a connection is given up. */
const STALLED = 60_000;
const REDIRECTS = 10;

/**
 * Downloads a file into memory. From https it is led to https only.
 * @param limit bytes that are accepted
 * @throws UserError when that fails, for whatever reason
 */
export async function download(url: string, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("timed out: no data for a minute"));
  const timer = setTimeout(stop, STALLED);
  try {
    const response = await answerOf(url, controller.signal);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      size += chunk.byteLength;
      if (size > limit) throw new Error(`more than ${limit} bytes`);
      chunks.push(chunk);
    }
    refuseCutOff(response, size);
    return new Uint8Array(Buffer.concat(chunks));
  } catch (error) {
    throw new UserError(1, `cannot download ${url}: ${messageOf(error)}`, "Nothing was changed.");
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

async function answerOf(url: string, signal: AbortSignal): Promise<Response> {
  let address = new URL(url);
  const secure = address.protocol === "https:";
  for (let n = 0; n <= REDIRECTS; n++) {
    if (address.protocol !== "https:" && (secure || address.protocol !== "http:"))
      throw new Error(`it redirects to ${address.protocol}//${address.host}`);
    const headers = { "Accept-Encoding": "identity", "User-Agent": "statusline" };
    const response = await fetch(address, { signal, headers, redirect: "manual" });
    const place = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || place === null) return response;
    address = new URL(place, address);
  }
  throw new Error(`more than ${REDIRECTS} redirects`);
}

/** A connection that ends early ends like one that is done. */
function refuseCutOff({ headers }: Response, size: number): void {
  const length = headers.get("content-length");
  if (length !== null && Number(length) !== size) throw new Error(`cut off at ${size} of ${length} bytes`);
}
