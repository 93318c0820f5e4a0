import * as ort from "onnxruntime-web";
import type { Device } from "./device.ts";
import type { WebDeviceOptions } from "./web_device_options.ts";
import { OrtDevice } from "./_ort_device.ts";
import { type OrtApi, queue } from "./_ort_session.ts";
import { RUNTIMES } from "./runtimes.ts";

const inTurn = queue();

/**
 * WebAssembly through the package's root export: its threads start from a file, those of the `wasm` export from a blob URL,
 * which Deno does not load. The runtime keeps one pool of threads per process and never ends it, so the first opening
 * decides how many there are.
 */
export function openWasm({ threads = processors(), addressOf }: WebDeviceOptions = {}): Device {
  ort.env.logLevel = "error";
  if (addressOf !== undefined) ort.env.wasm.wasmPaths = { wasm: addressOf("ort-wasm-simd-threaded.wasm") };
  ort.env.wasm.numThreads = threads;
  return new OrtDevice({
    name: "wasm",
    adapter: `WebAssembly, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    maxTensorBytes: Infinity,
    runtime: { api: ort as unknown as OrtApi, name: RUNTIMES.wasm, inTurn },
    session: { executionProviders: ["wasm"], enableMemPattern: false },
  });
}

/** As the runtime tells them; Node 20 has no `navigator` and gets one thread unless asked for more. */
function processors(): number {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.hardwareConcurrency ?? 1;
}
