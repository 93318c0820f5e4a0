import type { Unfinished } from "../../src/store/mod.ts";

/** What the main thread tells the one that watches for signals. */
export type ToWatch =
  | {
    readonly kind: "start";
    readonly sentence: string;
    readonly terminal: boolean;
    readonly claim: SharedArrayBuffer;
    /** Whether a task runner, which sets this variable, started the process. */
    readonly underRunner: boolean;
  }
  | { readonly kind: "unfinished"; readonly entry: Unfinished; readonly open: boolean };

/** What that thread answers: that it listens, or the signal that came. */
export type FromWatch = { readonly ready: true } | { readonly ready: false; readonly name: Deno.Signal };

/** Takes the right to end the process; the other thread that asks does not get it. */
export function claimEnd(claim: SharedArrayBuffer): boolean {
  return Atomics.exchange(new Int32Array(claim), 0, 1) === 0;
}
