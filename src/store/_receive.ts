import { HashMismatchError } from "../errors.ts";
import { redactCredentials } from "../lock/mod.ts";
import type { Validator } from "./part_file.ts";
import { reasonOf, RetryableError, retryAfter } from "./_retry.ts";
import { type SlowestConnection, StallWatch } from "./_stall_watch.ts";

/** Where the bytes of one request go. */
export interface Sink {
  /** Bytes on disk. */
  readonly received: number;
  /** The part on disk is of another version, or the server sends everything: begin again. */
  restart(): Promise<void>;
  /** What the server says of the version it sends, before its bytes. */
  begin(about: { validator: Validator | null; total: number | null }): Promise<void>;
  write(chunk: Uint8Array): Promise<void>;
}

/** One request for a file or the rest of it. */
export interface ReceiveOptions extends SlowestConnection {
  readonly id: string;
  readonly url: string;
  readonly fetch: typeof fetch;
  /** The size, where it is pinned. */
  readonly bytes?: number;
  /** The version that the part on disk belongs to. */
  readonly validator: Validator | null;
  /** Bytes that may come where the size is not pinned. */
  readonly mostBytes: number;
  readonly signal?: AbortSignal;
}

const RETRYABLE = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Requests a file, from where the part on disk ends, and passes on what arrives.
 *
 * @throws {RetryableError} where the same request may succeed later.
 * @throws {HashMismatchError} where the size cannot be the pinned one.
 */
export async function receive(sink: Sink, options: ReceiveOptions): Promise<void> {
  const watch = new StallWatch(options, options.signal);
  try {
    const response = await request(sink.received, options, watch.signal);
    try {
      const expected = await accept(sink, response, options);
      await drain(sink, response.body, { ...options, expected, beat: (bytes) => watch.beat(bytes) });
    } finally {
      // A body that was read to its end or has failed cannot be cancelled, and need not be.
      await response.body?.cancel().catch(() => {});
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    throw watch.stalled ?? error;
  } finally {
    watch.stop();
  }
}

async function request(
  offset: number,
  { url, validator, fetch }: ReceiveOptions,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (offset > 0) {
    headers.range = `bytes=${offset}-`;
    if (validator !== null) headers["if-range"] = validator.ifRange;
  }
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    const reason = reasonOf(error);
    if (!(error instanceof TypeError) || /redirect/i.test(reason)) throw error;
    throw new RetryableError(reason, { unreachable: true, cause: error });
  }
}

/** Checks the answer before its body is read; returns the size of the whole file, where it is known. */
async function accept(sink: Sink, response: Response, options: ReceiveOptions): Promise<number | null> {
  const { id, url, bytes } = options;
  const { status, headers } = response;
  const validator = validatorOf(url, headers);
  const range = status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") : null;
  const otherVersion = options.validator !== null && options.validator.ifRange !== validator?.ifRange;
  if (status === 416 || (status === 206 && (Number(range?.[1]) !== sink.received || otherVersion))) {
    await sink.restart();
    throw new RetryableError(`the server cannot continue a download (status ${status})`);
  }
  if (!response.ok) {
    const message = `the server answered ${`${status} ${response.statusText}`.trim()}`;
    if (!RETRYABLE.has(status)) throw new Error(message);
    throw new RetryableError(message, { retryAfterMs: retryAfter(headers.get("retry-after")) });
  }
  if (/^text\/html\b/.test(headers.get("content-type") ?? "")) {
    throw new Error("the server answered with a web page; expected a file");
  }
  if (status !== 206 && sink.received > 0) await sink.restart();
  const length = headers.has("content-encoding") ? null : headers.get("content-length");
  const stated = range === null ? length : range[2] === "*" ? null : range[2];
  const total = stated === null ? null : Number(stated);
  if (bytes !== undefined && total !== null && total !== bytes) {
    throw new HashMismatchError(id, { property: "bytes", expected: String(bytes), received: String(total) });
  }
  const expected = bytes ?? total;
  if (bytes === undefined && (total ?? 0) > options.mostBytes) throw tooLarge(total!, options.mostBytes);
  await sink.begin({ validator, total: expected });
  return expected;
}

function tooLarge(bytes: number, most: number): Error {
  return new Error(
    `the server sends ${bytes} bytes or more; expected at most ${most} of a file whose size is not pinned`,
  );
}

/** A weak entity tag does not promise the same bytes, so it cannot vouch for a part. */
function validatorOf(url: string, headers: Headers): Validator | null {
  const tag = headers.get("etag");
  const ifRange = tag !== null && !tag.startsWith("W/") ? tag : headers.get("last-modified");
  // It is written beside the part, where a mirror's password has no place.
  return ifRange === null ? null : { url: redactCredentials(url), ifRange };
}

async function drain(
  sink: Sink,
  body: ReadableStream<Uint8Array> | null,
  { id, bytes, mostBytes, expected, beat }: Pick<ReceiveOptions, "id" | "bytes" | "mostBytes"> & {
    readonly expected: number | null;
    beat(bytes: number): void;
  },
): Promise<void> {
  const reader = body?.getReader();
  try {
    while (reader !== undefined) {
      const { done, value } = await reader.read().catch((error) => {
        throw new RetryableError(`the connection broke (${reasonOf(error)})`, { cause: error });
      });
      if (done) break;
      beat(value.length);
      await sink.write(value);
      if (expected !== null && sink.received > expected) {
        const received = `${sink.received} or more`;
        throw new HashMismatchError(id, { property: "bytes", expected: String(expected), received });
      }
      if (bytes === undefined && sink.received > mostBytes) throw tooLarge(sink.received, mostBytes);
    }
  } finally {
    reader?.releaseLock();
  }
  if (expected !== null && sink.received < expected) {
    throw new RetryableError(`the connection closed after ${sink.received} of ${expected} bytes`);
  }
}
