import { availableParallelism } from "node:os";
import { SHARE_ENV, Worker } from "node:worker_threads";
import { RequestError } from "../errors.ts";
import { IMAGE_ROLE, IMAGE_WORKER, type ImageAnswer, type ImageResults, type ImageTask } from "./image_worker.ts";
import type { Planes, Resizing } from "./preprocess.ts";
import type { ImageOrigin } from "./stimulus.ts";

const MOST_THREADS = 4;

/** Tasks that a thread is given before it has answered: enough that it goes on while this thread runs a batch. */
const AHEAD = 16;

const CLOSED = new Error("Cannot prepare images: their threads were ended");

/** Options of {@linkcode ImagePool}. */
export interface ImagePoolOptions {
  /** At least 1. @default the processors there are, four at most */
  readonly threads?: number;
  /** Ends what is queued or under way, with its reason. */
  readonly signal?: AbortSignal;
  /** The module that the threads run. @default the project's own */
  readonly worker?: URL;
}

interface Task {
  readonly task: ImageTask;
  /** What to call it in errors. */
  readonly name: string;
  readonly resolve: (results: ImageResults) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly tasks: Map<number, Task>;
}

/**
 * Threads that decode, resize and crop images. They start when there is work for them. What they give does not depend on their
 * number. Each has a few tasks at a time and the rest wait here, so that no more results are under way than are soon used.
 */
export class ImagePool {
  readonly #most: number;
  readonly #signal: AbortSignal | undefined;
  readonly #worker: URL;
  readonly #threads: Set<Thread> = new Set();
  readonly #waiting: Task[] = [];
  readonly #onAbort = (): void => void this.#end(this.#signal?.reason);
  #tasks = 0;

  /** Nothing is started yet. */
  constructor(
    { threads = Math.min(MOST_THREADS, availableParallelism()), signal, worker = new URL(IMAGE_WORKER) }:
      ImagePoolOptions = {},
  ) {
    this.#most = threads;
    this.#signal = signal;
    this.#worker = worker;
    signal?.addEventListener("abort", this.#onAbort);
  }

  /**
   * Decodes an image and resizes it by each recipe.
   *
   * @param name What to call it where its thread dies.
   * @returns For each recipe red, green and blue, `[crop, crop]`; the same array three times where the image is grey.
   * @throws {RequestError} where the image cannot be read or decoded, or a crop does not fit.
   * @throws {Error} where the thread dies.
   * @throws what the signal was aborted with.
   */
  async prepare(image: ImageOrigin, recipes: readonly Resizing[], name: string): Promise<readonly Planes[]> {
    return (await this.#run({ image, recipes }, name)).planes!;
  }

  /**
   * Encodes a picture that was prepared by the recipe of thumbnails.
   *
   * @returns A JPEG as a data URI.
   * @throws {Error} as {@linkcode ImagePool.prepare}.
   */
  async thumbnail(planes: Planes, name: string): Promise<string> {
    return (await this.#run({ thumbnail: planes }, name)).thumbnail!;
  }

  /** Ends the threads where nothing is under way, for their memory; the next task starts them again. */
  async rest(): Promise<void> {
    if ([...this.#threads].every(({ tasks }) => tasks.size === 0)) await this.#end(CLOSED);
  }

  /** Ends every thread, and what is under way with an error. Safe to call twice. */
  async close(): Promise<void> {
    this.#signal?.removeEventListener("abort", this.#onAbort);
    await this.#end(CLOSED);
  }

  /** Posted before this returns, where a thread has a place: whoever asks may keep this one busy next. */
  #run(task: ImageTask, name: string): Promise<ImageResults> {
    return new Promise((resolve, reject) => {
      this.#signal?.throwIfAborted();
      this.#waiting.push({ task, name, resolve, reject });
      this.#post();
    });
  }

  #post(): void {
    while (this.#waiting.length > 0) {
      const thread = this.#leastBusy();
      if (thread.tasks.size >= AHEAD) return;
      const next = this.#waiting.shift()!;
      const id = this.#tasks++;
      thread.tasks.set(id, next);
      thread.worker.postMessage({ id, task: next.task });
    }
  }

  #leastBusy(): Thread {
    const [least] = [...this.#threads].sort((a, b) => a.tasks.size - b.tasks.size);
    return least === undefined || (least.tasks.size > 0 && this.#threads.size < this.#most) ? this.#start() : least;
  }

  #start(): Thread {
    const thread: Thread = {
      // A copy of the environment would need permission for all of it.
      worker: new Worker(this.#worker, { workerData: IMAGE_ROLE, env: SHARE_ENV }),
      tasks: new Map(),
    };
    this.#threads.add(thread);
    thread.worker.on("message", (answer: ImageAnswer) => this.#settle(thread, answer));
    thread.worker.on("error", (error: Error) => this.#died(thread, error.message));
    thread.worker.on("exit", (code: number) => this.#died(thread, `exit code ${code}`));
    return thread;
  }

  #settle({ tasks }: Thread, answer: ImageAnswer): void {
    const task = tasks.get(answer.id);
    tasks.delete(answer.id);
    this.#post();
    if (!("error" in answer)) task?.resolve(answer);
    else task?.reject(answer.request ? new RequestError(answer.error) : new Error(answer.error));
  }

  #died(thread: Thread, reason: string): void {
    // One that was ended on purpose is no longer among them.
    if (!this.#threads.delete(thread)) return;
    void thread.worker.terminate();
    for (const { name, reject } of thread.tasks.values()) {
      reject(new Error(`Cannot prepare image "${name}": the thread that was at it has died (${reason})`));
    }
    this.#post();
  }

  async #end(reason: unknown): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
    for (const { tasks } of threads) for (const { reject } of tasks.values()) reject(reason);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}
