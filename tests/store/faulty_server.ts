import { setTimeout as sleep } from "node:timers/promises";
import type { Behaviour } from "./loopback_server.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** What a server may do wrong, by name; each answers one request for a file of this content. */
export function faults(content: Uint8Array): Readonly<Record<string, Behaviour>> {
  const etag = `"one"`, half = content.length >> 1;
  const head = { "content-length": content.length, etag };
  const from = (range: string | undefined): number => Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
  const changed = (bytes: Uint8Array): Uint8Array => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 1);
  const range = (start: number): Record<string, string | number> => ({
    "content-length": content.length - start,
    "content-range": `bytes ${start}-${content.length - 1}/${content.length}`,
    etag,
  });
  return {
    "closes before it answers": () => Promise.resolve(),
    "closes within its headers": (_, answer) => answer.body(text("HTTP/1.1 200 OK\r\ncontent-le")),
    "answers what is not HTTP": (_, answer) => answer.body(text("220 ready\r\n")),
    "closes after its headers": (_, answer) => answer.head(200, head),
    "closes in the middle": async (_, answer) => {
      await answer.head(200, head);
      await answer.body(content.subarray(0, half));
    },
    "goes quiet in the middle": async (_, answer) => {
      await answer.head(200, head);
      await answer.body(content.subarray(0, half));
      await sleep(700);
    },
    "sends a few bytes at a time": async (_, answer) => {
      await answer.head(200, head);
      for (let at = 0; at < 60; at++) {
        await answer.body(content.subarray(at, at + 1));
        await sleep(20);
      }
    },
    "states a length that is too short": async (_, answer) => {
      await answer.head(200, { ...head, "content-length": half });
      await answer.body(content);
    },
    "states a length that is too long": async (_, answer) => {
      await answer.head(200, { ...head, "content-length": content.length + 9 });
      await answer.body(content);
    },
    "states no length and sends too little": async (_, answer) => {
      await answer.head(200, { etag });
      await answer.body(content.subarray(0, half));
    },
    "states no length and sends too much": async (_, answer) => {
      await answer.head(200, { etag });
      await answer.body(content);
      await answer.body(text("and more"));
    },
    "breaks off in a chunk": async (_, answer) => {
      await answer.head(200, { "transfer-encoding": "chunked", etag });
      await answer.body(text("fffff\r\n"));
      await answer.body(content.subarray(0, 1000));
    },
    "compresses what it says, and does not": async (_, answer) => {
      await answer.head(200, { ...head, "content-encoding": "gzip" });
      await answer.body(content);
    },
    "sends a changed byte": async (_, answer) => {
      await answer.head(200, head);
      await answer.body(changed(content));
    },
    "continues with a changed byte": async ({ range: asked }, answer) => {
      const start = from(asked);
      await answer.head(start > 0 ? 206 : 200, start > 0 ? range(start) : head);
      await answer.body(changed(content.subarray(start)));
    },
    "continues elsewhere": async (_, answer) => {
      await answer.head(206, range(half + 7));
      await answer.body(content.subarray(half + 7));
    },
    "continues without saying where": async ({ range: asked }, answer) => {
      await answer.head(206, { "content-length": content.length - from(asked) });
      await answer.body(content.subarray(from(asked)));
    },
    "cannot continue": (_, answer) => answer.head(416, { "content-length": 0 }),
    "fails": (_, answer) => answer.head(500, { "content-length": 0 }),
    "is busy": (_, answer) => answer.head(503, { "retry-after": 0, "content-length": 0 }),
    "has too many requests": (_, answer) => answer.head(429, { "content-length": 0 }),
    "has nothing there": (_, answer) => answer.head(404, { "content-length": 0 }),
    "sends a web page": async (_, answer) => {
      const page = text("<!DOCTYPE html><title>Log in</title>");
      await answer.head(200, { "content-length": page.length, "content-type": "text/html" });
      await answer.body(page);
    },
    "sends a web page as a file": async (_, answer) => {
      const page = text("<!DOCTYPE html><title>Log in</title>");
      await answer.head(200, { "content-length": page.length, "content-type": "application/octet-stream" });
      await answer.body(page);
    },
    "redirects to itself": ({ path }, answer) => answer.head(302, { location: path, "content-length": 0 }),
    "redirects to nowhere": (_, answer) => answer.head(302, { "content-length": 0 }),
    "redirects to a file of this machine": (_, answer) =>
      answer.head(302, { location: "file:///etc/hostname", "content-length": 0 }),
  };
}
