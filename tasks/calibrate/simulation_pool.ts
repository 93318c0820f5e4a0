import type { SimulationAnswer, SimulationAsked } from "./simulation_worker.ts";

/** A simulation that ended. */
export interface Simulated {
  readonly asked: SimulationAsked;
  readonly answer: Exclude<SimulationAnswer, { error: string }>;
}

/** Runs simulations in threads. What comes out does not depend on how many there are, but for the order. */
export class SimulationPool {
  readonly #workers: Worker[];
  readonly #signal: AbortSignal;

  /** @param threads At least 1. */
  constructor(threads: number, signal: AbortSignal) {
    const address = new URL("./simulation_worker.ts", import.meta.url);
    this.#workers = Array.from({ length: threads }, () => new Worker(address, { type: "module" }));
    this.#signal = signal;
  }

  /**
   * Runs all, each in the next thread that is free.
   *
   * @param onEnd Called as each ends; the thread waits for it.
   * @throws {Error} where one fails, naming row and index.
   * @throws what the signal was aborted with.
   */
  async run(asked: readonly SimulationAsked[], onEnd: (simulated: Simulated) => Promise<void>): Promise<void> {
    const queue = [...asked];
    await Promise.all(this.#workers.map(async (worker) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const answer = await ask(worker, next, this.#signal);
        if ("error" in answer) {
          queue.length = 0;
          throw new Error(`Cannot simulate "${next.row}" number ${next.index}: ${answer.error}`);
        }
        await onEnd({ asked: next, answer });
      }
    }));
  }

  /** Ends every thread. */
  close(): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

/** Asks a thread and waits for its answer, or for the interruption. */
function ask(worker: Worker, asked: SimulationAsked, signal: AbortSignal): Promise<SimulationAnswer> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    worker.onmessage = ({ data }: MessageEvent<SimulationAnswer>) => {
      signal.removeEventListener("abort", onAbort);
      resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    worker.postMessage(asked);
  });
}
