import { SHARE_ENV, Worker } from "node:worker_threads";
import type { HostTensor } from "./device.ts";
import { type OrtRuntime, queue } from "./_ort_session.ts";
import { bytesOf, receiveTensors, sendTensors, type SentTensors } from "./_sent_tensors.ts";
import {
  SESSION_ROLE,
  SESSION_WORKER,
  type SessionAnswer,
  type SessionRequest,
  type SessionWorkerData,
} from "./_session_worker.ts";

type Answer = Exclude<SessionAnswer, { error: string }>;

/** One thread with a session of its own. It does one thing after the other. */
export class SessionThread {
  readonly #worker: Worker;
  readonly #inTurn: OrtRuntime["inTurn"];
  /** The memory that feeds were sent in, by name; it serves again. */
  #feeds: SentTensors = {};
  #waiting: { resolve(answer: SessionAnswer): void; reject(error: Error): void } | null = null;
  #ended: Error | null = null;

  /**
   * @param threads How many threads of the processor a run uses; `"gpu"` where it goes to the GPU.
   * @param inTurn Threads that share it wait for each other.
   */
  constructor(threads: SessionWorkerData["threads"], inTurn: OrtRuntime["inTurn"] = queue()) {
    this.#inTurn = inTurn;
    const workerData: SessionWorkerData = { role: SESSION_ROLE, threads };
    // A copy of the environment would need permission for all of it.
    this.#worker = new Worker(new URL(SESSION_WORKER), { workerData, env: SHARE_ENV });
    this.#worker.on("message", (answer: SessionAnswer) => this.#waiting?.resolve(answer));
    this.#worker.on("error", (error: Error) => this.#end(error.message));
    this.#worker.on("exit", () => this.#end("nobody asked it to"));
  }

  /**
   * Compiles a model.
   *
   * @returns Its bytes, which are empty where they were.
   */
  async compile(model: ArrayBuffer): Promise<ArrayBuffer> {
    return (await this.#ask({ model }, [model]) as { model: ArrayBuffer }).model;
  }

  /** Runs it; the feeds are copied. */
  async run(tensors: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>> {
    const feeds = sendTensors(tensors, (data, name) => {
      const there = this.#feeds[name]?.bytes;
      const bytes = there?.byteLength === data.byteLength ? there : new ArrayBuffer(data.byteLength);
      new Uint8Array(bytes).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return bytes;
    });
    const answer = await this.#ask({ feeds }, bytesOf(feeds)) as { feeds: SentTensors; outputs: SentTensors };
    this.#feeds = answer.feeds;
    return receiveTensors(answer.outputs);
  }

  /** Gives the session's memory back and ends the thread. */
  async close(): Promise<void> {
    // A thread that has ended holds nothing any more.
    await this.#ask({ close: true }).catch(() => undefined);
    await this.#worker.terminate();
  }

  #ask(request: SessionRequest, handed: readonly ArrayBuffer[] = []): Promise<Answer> {
    return this.#inTurn(async () => {
      if (this.#ended !== null) throw this.#ended;
      const answer = await new Promise<SessionAnswer>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        this.#worker.postMessage(request, handed);
      });
      if ("error" in answer) throw new Error(answer.error);
      return answer;
    });
  }

  #end(reason: string): void {
    this.#ended ??= new Error(`Cannot run the graph: the thread that runs it ended: ${reason}`);
    this.#waiting?.reject(this.#ended);
  }
}
