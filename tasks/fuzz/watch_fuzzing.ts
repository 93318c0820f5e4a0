import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finding, type Fuzzed, type FuzzOptions, MOST_FINDINGS } from "./fuzz_parser.ts";
import type { FuzzAsked, FuzzTold } from "./fuzz_worker.ts";

/** How a parser is tried in a thread. */
export interface WatchOptions extends Pick<FuzzOptions, "count" | "seed" | "from"> {
  /** Its name among the module's `PARSERS`. */
  readonly parser: string;
  /** @default the parsers of the project */
  readonly module?: string;
  /** Time after which reading one input counts as without end. @default 30000 */
  readonly hangMs?: number;
  /** Told now and then how many inputs are done. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const LOOK_MS = 100, HANG_MS = 30_000;

/**
 * Tries a parser in a thread, and ends the thread where an input is read without end: that input is a finding, and
 * another thread goes on after it.
 *
 * @throws {Error} where the thread itself fails.
 */
export async function watchFuzzing(options: WatchOptions): Promise<Fuzzed> {
  const { count, from: first = 0, signal, onProgress } = options;
  const folder = await mkdtemp(join(tmpdir(), "fusiform-fuzz-"));
  const findings: Finding[] = [];
  let read = 0, refused = 0;
  try {
    for (let from = first; from < first + count && findings.length < MOST_FINDINGS;) {
      signal?.throwIfAborted();
      const told = (input: number): void => onProgress?.(input - first);
      const part = await oneThread({ ...options, folder, from, count: first + count - from }, { findings, told });
      read += part.read;
      refused += part.refused;
      if (part.ended === null) break;
      findings.push(part.ended);
      from = part.ended.input + 1;
    }
    return { read, refused, findings };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs one thread until it is done, dies of an input, or has read the same input for too long. */
async function oneThread(
  options: WatchOptions & { readonly folder: string; readonly from: number },
  { findings, told }: { readonly findings: Finding[]; readonly told: (input: number) => void },
): Promise<{ readonly read: number; readonly refused: number; readonly ended: Finding | null }> {
  const { parser, count, seed, from, folder, signal, hangMs = HANG_MS } = options;
  const module = options.module ?? new URL("./parsers.ts", import.meta.url).href;
  const state = new Int32Array(new SharedArrayBuffer(12)).fill(-1, 0, 1);
  const worker = new Worker(new URL("./fuzz_worker.ts", import.meta.url), { type: "module" });
  const asked: FuzzAsked = { module, parser, count, seed, from, folder, state };
  let timer: ReturnType<typeof setInterval> | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise((resolve, reject) => {
      onAbort = () => reject(signal!.reason);
      signal?.addEventListener("abort", onAbort);
      const end = (why: string): void => {
        const [input, read, refused] = state;
        // Before the first input the thread loads its modules.
        if (input < 0) reject(new Error(`Cannot try "${parser}": ${why}`));
        else resolve({ read, refused, ended: { input, why } });
      };
      worker.onerror = (event) => {
        event.preventDefault();
        end(`it ended the thread: ${event.message}`);
      };
      worker.onmessage = ({ data }: MessageEvent<FuzzTold>) => {
        if ("error" in data) end(data.error);
        else if ("why" in data) findings.push(data);
        else resolve({ ...data, ended: null });
      };
      let seen = -1, since = performance.now();
      timer = setInterval(() => {
        const input = Atomics.load(state, 0), now = performance.now();
        if (input >= 0) told(input);
        if (input !== seen) [seen, since] = [input, now];
        else if (input >= 0 && now - since > hangMs) end(`it did not end within ${hangMs / 1000} s`);
      }, LOOK_MS);
      worker.postMessage(asked);
    });
  } finally {
    clearInterval(timer);
    if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
    worker.terminate();
  }
}
