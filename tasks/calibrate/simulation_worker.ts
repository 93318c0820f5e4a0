/** A thread that runs simulations, one after the other. */
import { findRows, type Outcome, simulate } from "../../src/validation/mod.ts";
import { miniTrainings } from "./mini_trainings.ts";

/** What a thread is asked. */
export interface SimulationAsked {
  readonly row: string;
  readonly seed: number;
  readonly index: number;
}

/** What it answers. */
export type SimulationAnswer = { readonly outcome: Outcome; readonly seconds: number } | { readonly error: string };

/** What the global scope of a thread is, which Deno's types for windows leave out. */
const scope = self as unknown as {
  onmessage: (event: MessageEvent<SimulationAsked>) => void;
  postMessage: (answer: SimulationAnswer) => void;
};

scope.onmessage = async ({ data: { row, seed, index } }) => {
  try {
    const started = performance.now();
    const [found] = findRows([row]).filter(({ id }) => id === row);
    const outcome = await simulate(found, { seed, index, trainings: miniTrainings });
    scope.postMessage({ outcome, seconds: (performance.now() - started) / 1000 });
  } catch (error) {
    scope.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
