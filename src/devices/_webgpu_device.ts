import * as ort from "onnxruntime-web/jspi";
import type { Device } from "./device.ts";
import type { WebDeviceOptions } from "./web_device_options.ts";
import { adapterOf, requestAdapter } from "./_gpu_adapter.ts";
import { untilLost } from "./_loss_watch.ts";
import { OrtDevice } from "./_ort_device.ts";
import { type OrtApi, queue } from "./_ort_session.ts";
import { RUNTIMES } from "./runtimes.ts";

const inTurn = queue();

/**
 * A GPU through ONNX Runtime's build for JavaScript promise integration, the one that Deno runs fastest.
 *
 * @throws {Error} where the runtime has no WebGPU, no promise integration or no adapter.
 */
export async function openWebGpu({ addressOf }: WebDeviceOptions = {}): Promise<Device> {
  const adapter = await requestAdapter();
  if (!("Suspending" in WebAssembly)) {
    throw new Error(
      'Cannot open device "webgpu": this runtime has no WebAssembly promise integration; expected Deno 2.9 or a browser with it',
    );
  }
  ort.env.logLevel = "error";
  // The processor only feeds the GPU, so a pool of threads beside it would idle.
  ort.env.wasm.numThreads = 1;
  if (addressOf !== undefined) ort.env.wasm.wasmPaths = { wasm: addressOf("ort-wasm-simd-threaded.jspi.wasm") };
  return new OrtDevice({
    name: "webgpu",
    ...adapterOf(adapter),
    carries: true,
    runtime: {
      api: ort as unknown as OrtApi,
      name: RUNTIMES.webGpu,
      inTurn,
      // The runtime makes another device when it has given one up, so it is asked for at every run.
      watch: async (run) => await untilLost(run, await ort.env.webgpu.device as GPUDevice),
    },
    session: { executionProviders: ["webgpu"] },
  });
}
