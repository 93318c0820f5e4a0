import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import pLimit, { type LimitFunction } from "p-limit";
import { fromPortable, type NetworkAnalysis } from "../analysis/mod.ts";
import type { DeviceName } from "../devices/mod.ts";
import type { Recording } from "../localizer/mod.ts";
import {
  ANALYSIS_WORKER,
  type AnalysisAnswer,
  type AnalysisRequest,
  type AnalysisRole,
  type AnalysisSeconds,
  type PortableOptions,
} from "./analysis_worker.ts";

/** Larger recordings are analysed where they are: a copy of them costs more than a thread gains. */
const LARGEST_BYTES = 192 * 2 ** 20;
/** Each holds a copy of a recording and its replicates, some 700 MB with the mini networks. */
const MOST_THREADS = 4;

/** How many bytes a recording holds. */
export function recordingBytes({ taps }: Recording): number {
  let bytes = 0;
  for (const { moments, sample } of taps) {
    bytes += sample.responses.byteLength + sample.units.byteLength;
    for (const folds of moments) for (const { mean, m2 } of folds) bytes += mean.byteLength + m2.byteLength;
  }
  return bytes;
}

/** How an {@linkcode AnalysisPool} is made. */
export interface AnalysisPoolOptions {
  /** Where the run's networks run. */
  readonly device: DeviceName;
  /** At least 1. @default the processors there are, four at most */
  readonly threads?: number;
  /** Ends what is queued or under way, with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Analyses recordings in as many threads as there are processors. What it gives does not depend on how many there are:
 * a network is analysed by one thread, alike in each.
 */
export class AnalysisPool {
  readonly #device: DeviceName;
  readonly #threads: number;
  readonly #signal: AbortSignal | undefined;
  readonly #limit: LimitFunction;
  readonly #workers: Worker[] = [];
  readonly #idle: Worker[] = [];

  constructor({ device, threads = Math.min(MOST_THREADS, availableParallelism()), signal }: AnalysisPoolOptions) {
    this.#device = device;
    this.#threads = threads;
    this.#signal = signal;
    this.#limit = pLimit(threads);
  }

  /** Whether a recording is small enough to be sent to a thread. */
  fits(recording: Recording): boolean {
    return recordingBytes(recording) <= LARGEST_BYTES;
  }

  /** Waits until fewer recordings are queued or under way than there are threads, so that few are held in memory. */
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
   * @throws {Error} as `analyseNetwork`, or where the thread dies.
   * @throws what the signal was aborted with.
   */
  async analyse(
    recording: Recording,
    options: PortableOptions,
  ): Promise<{ analysis: NetworkAnalysis; seconds: AnalysisSeconds }> {
    return await this.#limit(async () => {
      this.#signal?.throwIfAborted();
      const worker = this.#idle.pop() ?? this.#start();
      const reply = await ask(worker, { recording, options }, this.#signal);
      this.#idle.push(worker);
      if ("error" in reply) throw new Error(reply.error);
      return { analysis: fromPortable(reply.analysis), seconds: reply.seconds };
    });
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    this.#limit.clearQueue();
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #start(): Worker {
    const role: AnalysisRole = { role: "fusiform analysis", device: this.#device };
    const worker = new Worker(new URL(ANALYSIS_WORKER), { workerData: role });
    this.#workers.push(worker);
    return worker;
  }
}

/** Asks a thread and waits for its answer; one that is interrupted meanwhile is ended, since it hears of nothing. */
function ask(worker: Worker, request: AnalysisRequest, signal: AbortSignal | undefined): Promise<AnalysisAnswer> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      signal?.removeEventListener("abort", onAbort);
      settle();
    };
    const onMessage = (reply: AnalysisAnswer): void => done(() => resolve(reply));
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
