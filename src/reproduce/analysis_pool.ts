import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import pLimit, { type LimitFunction } from "p-limit";
import {
  ANALYSIS_ROLE,
  ANALYSIS_WORKER,
  type AnalysisAnswer,
  type AnalysisRequest,
  type TimedAnalysis,
} from "./analysis_worker.ts";

/** Each holds one layer of a recording, and what was found in the layers before. */
const MOST_THREADS = 4;

/**
 * Analyses recordings in threads, four at most. Results do not depend on their number: each network is analysed by one
 * thread, and all threads do the same.
 */
export class AnalysisPool {
  readonly #threads: number;
  readonly #signal: AbortSignal | undefined;
  readonly #limit: LimitFunction;
  readonly #workers: Worker[] = [];
  readonly #idle: Worker[] = [];

  /**
   * @param options.threads At least 1. @default the processors there are, four at most
   * @param options.signal Ends what is queued or under way, with its reason.
   */
  constructor(
    { threads = Math.min(MOST_THREADS, availableParallelism()), signal }: {
      readonly threads?: number;
      readonly signal?: AbortSignal;
    } = {},
  ) {
    this.#threads = threads;
    this.#signal = signal;
    this.#limit = pLimit(threads);
  }

  /** Waits while more recordings are queued or under way than there are threads. */
  async ready(): Promise<void> {
    this.#signal?.throwIfAborted();
    while (this.#limit.activeCount + this.#limit.pendingCount > this.#threads) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.#signal?.throwIfAborted();
    }
  }

  /**
   * Analyses a recording in a thread.
   *
   * @param onProgress Told how many steps are done, out of how many.
   * @throws {Error} as `analyseNetwork`, or where the thread dies.
   * @throws what the signal was aborted with.
   */
  async analyse(
    request: AnalysisRequest,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<TimedAnalysis> {
    return await this.#limit(async () => {
      this.#signal?.throwIfAborted();
      const worker = this.#idle.pop() ?? this.#start();
      const answer = await ask(worker, request, { onProgress, signal: this.#signal });
      this.#idle.push(worker);
      if ("error" in answer) throw new Error(answer.error);
      return answer;
    });
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    this.#limit.clearQueue();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const worker = new Worker(new URL(ANALYSIS_WORKER), { workerData: ANALYSIS_ROLE });
    this.#workers.push(worker);
    return worker;
  }
}

/** Asks a thread and waits for its answer. An interrupted run ends the thread, which hears nothing while it computes. */
function ask(
  worker: Worker,
  request: AnalysisRequest,
  { onProgress, signal }: {
    readonly onProgress: (done: number, total: number) => void;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Exclude<AnalysisAnswer, { done: number }>> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      signal?.removeEventListener("abort", onAbort);
      settle();
    };
    const onMessage = (answer: AnalysisAnswer): void => {
      if ("done" in answer) onProgress(answer.done, answer.total);
      else done(() => resolve(answer));
    };
    const onError = (error: Error): void => done(() => reject(error));
    const onAbort = (): void => {
      worker.terminate();
      done(() => reject(signal?.reason));
    };
    worker.on("message", onMessage);
    worker.on("error", onError);
    signal?.addEventListener("abort", onAbort);
    worker.postMessage(request);
  });
}
