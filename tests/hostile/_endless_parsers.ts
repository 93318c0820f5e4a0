/** Parsers that a thread of fuzzing tries in a test: of some inputs they never end, or die. */
import { setTimeout as sleep } from "node:timers/promises";
import type { FuzzedParser } from "../../tasks/fuzz/parsers.ts";

/** Inputs are their own numbers. */
function parser(name: string, parse: (input: number) => Promise<unknown>): FuzzedParser {
  let made = 0;
  return {
    name,
    seeds: () => Promise.resolve([new Uint8Array(1)]),
    mutate: () => Uint8Array.of(made++),
    parse: ([input]) => parse(input),
  };
}

const refuse = (): Promise<never> => Promise.reject(new Error("Cannot read it: it is odd; expected an even one"));

export const PARSERS: readonly FuzzedParser[] = [
  parser("loops", async (input) => {
    // Counted anew in each thread: the third of each.
    while (input === 2);
    if (input % 2 === 1) await refuse();
  }),
  parser("waits", async (input) => {
    if (input === 1) await sleep(1e8);
  }),
  parser("dies", async (input) => {
    if (input === 1) setTimeout(() => (null as unknown as () => void)(), 0);
    await sleep(input === 1 ? 1e8 : 0);
  }),
];
