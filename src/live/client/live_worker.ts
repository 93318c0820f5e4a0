import type { Report, Request } from "../messages.ts";

/** The worker that runs networks. Stopped, another takes its place, and its memory is free. */
export class LiveWorker {
  readonly #listen: (report: Report) => void;
  #worker: Worker;

  /** @param listen Told everything that a worker says. */
  constructor(listen: (report: Report) => void) {
    this.#listen = listen;
    this.#worker = this.#start();
  }

  /** Asks the worker. */
  ask(request: Request): void {
    this.#worker.postMessage(request);
  }

  /** Ends whatever runs. */
  stop(): void {
    this.#worker.terminate();
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Report>) => this.#listen(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const sentence = `The script that runs networks failed: ${event.message || "it cannot be loaded"}.`;
      this.#listen({ tell: "failed", about: "run", sentence });
    };
    return worker;
  }
}
