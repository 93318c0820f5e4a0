import { onUnfinished } from "../../src/store/mod.ts";
import { claimEnd, type FromWatch, type ToWatch } from "./interruption_messages.ts";

const NUMBERS: Partial<Record<Deno.Signal, number>> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** Ends the process where it is interrupted. */
export interface Interruption {
  /** Aborted when the process is interrupted or loses its parent. */
  readonly signal: AbortSignal;
  /** Says so in one sentence and ends the process with 128 and the signal's number: 130 for SIGINT, 143 for SIGTERM. */
  end(): Promise<never>;
}

/**
 * Watches for signals and for the death of the parent, in a thread of its own: a long computation keeps this one from
 * hearing of either. Work has a second to stop by itself; then the thread removes what is unfinished and ends the process.
 *
 * @param sentence What is said of an interrupted run.
 */
export async function watchInterruption(sentence: string): Promise<Interruption> {
  const controller = new AbortController();
  const claim = new SharedArrayBuffer(4);
  const watch = new Worker(new URL("./interruption_watch.ts", import.meta.url), { type: "module" });
  const tell = (message: ToWatch): void => watch.postMessage(message);
  let name: Deno.Signal = "SIGTERM";
  await new Promise<void>((resolve, reject) => {
    watch.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot watch for signals: ${event.message}`));
    };
    watch.onmessage = ({ data }: MessageEvent<FromWatch>) => {
      if (data.ready) return resolve();
      name = data.name;
      controller.abort(new Error(sentence));
    };
    const underRunner = Deno.env.has("INIT_CWD");
    tell({ kind: "start", sentence, terminal: Deno.stderr.isTerminal(), claim, underRunner });
  });
  onUnfinished((entry, open) => tell({ kind: "unfinished", entry, open }));
  return {
    signal: controller.signal,
    async end() {
      // The watching thread has begun to end the process, and does.
      if (!claimEnd(claim)) await new Promise<never>(() => {});
      console.error(sentence);
      Deno.exit(128 + (NUMBERS[name] ?? 2));
    },
  };
}
