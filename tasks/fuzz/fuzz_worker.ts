/** A thread that tries a parser; whoever watches it may end it in the middle of an input. */
import { fuzzParser } from "./fuzz_parser.ts";
import type { FuzzedParser } from "./parsers.ts";

/** What a thread is asked. */
export interface FuzzAsked {
  /** A module that exports `PARSERS`. */
  readonly module: string;
  readonly parser: string;
  readonly count: number;
  readonly seed: number;
  readonly from: number;
  readonly folder: string;
  /** Where it writes the input it reads, and how many before it were read and refused: three numbers. */
  readonly state: Int32Array<SharedArrayBuffer>;
}

/** What it tells: a finding as it is made, or that it ended. */
export type FuzzTold =
  | { readonly input: number; readonly why: string }
  | { readonly read: number; readonly refused: number }
  | { readonly error: string };

/** What the global scope of a thread is, which Deno's types for windows leave out. */
const scope = self as unknown as {
  onmessage: (event: MessageEvent<FuzzAsked>) => void;
  postMessage: (told: FuzzTold) => void;
};

scope.onmessage = async ({ data: { module, parser, state, ...options } }) => {
  try {
    const { PARSERS } = await import(module) as { readonly PARSERS: readonly FuzzedParser[] };
    const { read, refused } = await fuzzParser(PARSERS.find(({ name }) => name === parser)!, {
      ...options,
      onInput(input, before) {
        Atomics.store(state, 0, input);
        Atomics.store(state, 1, before.read);
        Atomics.store(state, 2, before.refused);
      },
      onFinding: scope.postMessage,
    });
    scope.postMessage({ read, refused });
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
