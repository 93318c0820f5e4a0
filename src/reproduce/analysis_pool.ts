import { availableParallelism } from "node:os";
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { AnalysedLayer } from "../inference/mod.ts";
import type { TimedAnalysis } from "./analyse_here.ts";
import { momentBytes, type RecordingHeader } from "../recording/mod.ts";
import {
  ANALYSIS_ROLE,
  ANALYSIS_WORKER,
  type AnalysisAnswer,
  type AnalysisRequest,
  type AnalysisTask,
} from "./analysis_worker.ts";
import type { AnalysisSeconds } from "./analysis_clock.ts";
import { type Packed, unpack } from "./packed.ts";

/** Each holds one layer of a recording. */
const MOST_THREADS = 4;
/** Arrays of layers that are analysed side by side take about this much together at most; a layer alone may take more. */
const MOST_BYTES = 640 * 2 ** 20;
/** Of a unit: its moments in each condition of both halves, in float64. */
const BYTES_OF_CONDITION = 2 * 2 * 8;
/** Of a unit: what tests, selections and measures work in, about. */
const BYTES_OF_WORK = 300;

type LayerAnswer = Extract<AnalysisAnswer, { layer: unknown }>;
type WholeAnswer = Extract<AnalysisAnswer, { analysis: unknown }>;

interface Job {
  readonly request: AnalysisRequest;
  readonly bytes: number;
  readonly resolve: (answer: AnalysisAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Analyses recordings in threads, four at most, layer by layer. Results do not depend on their number: layers do not depend on
 * each other, and all threads do the same.
 */
export class AnalysisPool {
  readonly #threads: number;
  readonly #signal: AbortSignal | undefined;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  #queue: Job[] = [];
  #running = 0;
  #bytes = 0;
  #recordings = 0;

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
  }

  /** Waits while more recordings are queued or under way than there are threads. */
  async ready(): Promise<void> {
    this.#signal?.throwIfAborted();
    while (this.#recordings > this.#threads) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      this.#signal?.throwIfAborted();
    }
  }

  /**
   * Analyses a recording, its layers side by side.
   *
   * @param header The recording's.
   * @param onProgress Told how many steps are done, out of how many.
   * @throws {Error} as `analyseNetwork`, or where a thread dies.
   * @throws what the signal was aborted with.
   */
  async analyse(
    task: AnalysisTask,
    { layers, conditions, images }: RecordingHeader,
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<TimedAnalysis> {
    this.#recordings++;
    try {
      const groups = new Set(images.map(({ condition, block }) => `${condition} ${block}`)).size;
      const bytesOf = (units: number): number =>
        momentBytes(groups, units) + units * (conditions.length * BYTES_OF_CONDITION + BYTES_OF_WORK);
      const seconds = { tests: 0, measures: 0 };
      const add = ({ tests, measures }: AnalysisSeconds): void => {
        seconds.tests += tests;
        seconds.measures += measures;
      };
      let done = 0;
      const answers = await Promise.allSettled(layers.map(async ({ units }, layer): Promise<Packed<AnalysedLayer>> => {
        const answer = await this.#ask({ ...task, layer }, bytesOf(units)) as LayerAnswer;
        add(answer.seconds);
        onProgress(++done, layers.length + 1);
        return answer.layer;
      }));
      // All are waited for, so that none still reads the recording when it is closed. What they gave is for another thread: here
      // it stays as it came.
      const analysed = answers.map((answer) => {
        if (answer.status === "rejected") throw answer.reason;
        return answer.value;
      });
      const whole = await this.#ask({ ...task, layers: analysed }, 0) as WholeAnswer;
      add(whole.seconds);
      onProgress(layers.length + 1, layers.length + 1);
      return { analysis: unpack(whole.analysis), seconds };
    } finally {
      this.#recordings--;
    }
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    this.#queue = [];
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #ask(request: AnalysisRequest, bytes: number): Promise<AnalysisAnswer> {
    return new Promise((resolve, reject) => {
      const job = { request, bytes, resolve, reject };
      // A network's layers take memory until they are put together, so that this comes before layers of other networks.
      if ("layers" in request) this.#queue.unshift(job);
      else this.#queue.push(job);
      this.#start();
    });
  }

  /** Starts what waits, in its order but for layers that must wait for memory. */
  #start(): void {
    while (this.#running < this.#threads) {
      const next = this.#queue.findIndex(({ bytes }) => this.#running === 0 || this.#bytes + bytes <= MOST_BYTES);
      if (next === -1) return;
      const [job] = this.#queue.splice(next, 1);
      this.#running++;
      this.#bytes += job.bytes;
      this.#run(job.request).then(job.resolve, job.reject).finally(() => {
        this.#running--;
        this.#bytes -= job.bytes;
        this.#start();
      });
    }
  }

  async #run(request: AnalysisRequest): Promise<AnalysisAnswer> {
    this.#signal?.throwIfAborted();
    const worker = this.#idle.pop() ?? this.#startWorker();
    try {
      const answer = await ask(worker, request, this.#signal);
      this.#idle.push(worker);
      if ("error" in answer) throw new Error(answer.error);
      return answer;
    } catch (error) {
      if (!this.#idle.includes(worker)) this.#workers.delete(worker);
      throw error;
    }
  }

  #startWorker(): Worker {
    // A copy of the environment would need permission for all of it.
    const worker = new Worker(new URL(ANALYSIS_WORKER), { workerData: ANALYSIS_ROLE, env: SHARE_ENV });
    this.#workers.add(worker);
    return worker;
  }
}

/** Asks a thread and waits for its answer. An interrupted run ends the thread, which hears nothing while it computes. */
function ask(worker: Worker, request: AnalysisRequest, signal: AbortSignal | undefined): Promise<AnalysisAnswer> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      signal?.removeEventListener("abort", onAbort);
      settle();
    };
    const onMessage = (answer: AnalysisAnswer): void => done(() => resolve(answer));
    const onError = (error: Error): void => done(() => reject(error));
    const onAbort = (): void => {
      worker.terminate();
      done(() => reject(signal?.reason));
    };
    worker.on("message", onMessage);
    worker.on("error", onError);
    signal?.addEventListener("abort", onAbort);
    worker.postMessage(request, "layers" in request ? request.layers : []);
  });
}
