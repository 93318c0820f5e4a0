import process from "node:process";
import cliProgress from "cli-progress";
import { formatBytes } from "../../src/store/mod.ts";

/** Shows downloads until it is closed. */
export interface FetchDisplay {
  /** `total` is null while nobody knows it. */
  onProgress(id: string, progress: { done: number; total: number | null; unit: "bytes" | "files" }): void;
  /** The download is over, well or not. */
  finish(id: string): void;
  close(): void;
}

const LINE_EVERY_MS = 10_000;

function amount(done: number, total: number | null, unit: "bytes" | "files"): string {
  const text = (value: number): string => unit === "bytes" ? formatBytes(value) : String(value);
  return total === null ? text(done) : `${text(done)} of ${text(total)}${unit === "files" ? " files" : ""}`;
}

function barDisplay(): FetchDisplay {
  const bars = new cliProgress.MultiBar({
    format: "{id} {bar} {amount}",
    barsize: 28,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  }, cliProgress.Presets.shades_classic);
  const open = new Map<string, ReturnType<typeof bars.create>>();
  return {
    onProgress(id, { done, total, unit }) {
      const payload = { id, amount: amount(done, total, unit) };
      let bar = open.get(id);
      if (bar === undefined) open.set(id, bar = bars.create(total ?? 0, done, payload));
      bar.setTotal(total ?? Math.max(done, 1));
      bar.update(done, payload);
    },
    finish(id) {
      const bar = open.get(id);
      if (bar !== undefined) bars.remove(bar);
      open.delete(id);
    },
    close: () => bars.stop(),
  };
}

function lineDisplay(write: (line: string) => void): FetchDisplay {
  const last = new Map<string, number>();
  return {
    onProgress(id, { done, total, unit }) {
      const now = Date.now();
      if (now - (last.get(id) ?? 0) < LINE_EVERY_MS) return;
      last.set(id, now);
      write(`fetching ${id}: ${amount(done, total, unit)}`);
    },
    finish: (id) => void last.delete(id),
    close() {},
  };
}

/** Bars on a terminal, a plain line a download and every ten seconds elsewhere; all on standard error. */
export function fetchDisplay({ quiet, terminal }: { quiet: boolean; terminal: boolean }): FetchDisplay {
  if (quiet) return { onProgress() {}, finish() {}, close() {} };
  return terminal ? barDisplay() : lineDisplay((line) => console.error(line));
}
