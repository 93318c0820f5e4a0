import { parentPort, workerData } from "node:worker_threads";
import { openCpu } from "./_cpu_device.ts";
import type { Session } from "./device.ts";
import { nativeGpu } from "./_native_gpu_device.ts";
import { bytesOf, receiveTensors, sendTensors, type SentTensors } from "./_sent_tensors.ts";

/** This module's own address, for whoever starts it in a thread. */
export const SESSION_WORKER: string = import.meta.url;

/** What marks a thread as one of these. */
export const SESSION_ROLE = "fusiform session";

/** What a thread is told at its start. */
export interface SessionWorkerData {
  readonly role: typeof SESSION_ROLE;
  /** How many threads of the processor a run uses; `"gpu"` where it goes to the GPU. */
  readonly threads: number | "gpu";
}

/** What a thread is asked. All memory changes hands; that of models and feeds comes back with the answer. */
export type SessionRequest =
  | { readonly model: ArrayBuffer }
  | { readonly feeds: SentTensors }
  | { readonly close: true };

/** What a thread answers. */
export type SessionAnswer =
  | { readonly model: ArrayBuffer }
  | { readonly feeds: SentTensors; readonly outputs: SentTensors }
  | { readonly closed: true }
  | { readonly error: string };

function start(port: NonNullable<typeof parentPort>, { threads }: SessionWorkerData): void {
  let session: Session | null = null;
  port.on("message", async (request: SessionRequest) => {
    try {
      if ("model" in request) {
        const device = threads === "gpu" ? await nativeGpu() : await openCpu(threads);
        session = await device.open(new Uint8Array(request.model));
        port.postMessage(request satisfies SessionAnswer, [request.model]);
      } else if ("feeds" in request) {
        const { feeds } = request;
        const outputs = sendTensors(await session!.run(receiveTensors(feeds)));
        port.postMessage({ feeds, outputs } satisfies SessionAnswer, bytesOf(feeds, outputs));
      } else {
        await session?.close();
        port.postMessage({ closed: true } satisfies SessionAnswer);
      }
    } catch (error) {
      port.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies SessionAnswer);
    }
  });
}

if (parentPort !== null && (workerData as SessionWorkerData | null)?.role === SESSION_ROLE) {
  start(parentPort, workerData);
}
