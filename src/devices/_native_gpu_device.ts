import type { Device } from "./device.ts";
import { loadNativeRuntime } from "./_native_runtime.ts";
import { OrtDevice, type OrtDeviceOptions } from "./_ort_device.ts";
import { type OrtApi, queue } from "./_ort_session.ts";
import { RUNTIMES } from "./runtimes.ts";

/** What every adapter of WebGPU takes, by its specification. */
const LEAST_TENSOR_BYTES = 128 * 2 ** 20;

/** What is known of an adapter. */
export interface NativeGpuAdapter {
  /** In words. */
  readonly adapter: string;
  readonly maxTensorBytes: number;
}

const UNKNOWN: NativeGpuAdapter = { adapter: "the system's first GPU", maxTensorBytes: LEAST_TENSOR_BYTES };

/** One run after the other, whatever session it belongs to: all share one GPU. */
export const gpuInTurn: ReturnType<typeof queue> = queue();

/**
 * A GPU through ONNX Runtime's native build, which has an implementation of WebGPU of its own (Dawn). Outputs are read at every
 * run: that takes milliseconds here, and tens of them through Deno's WebGPU.
 *
 * @param adapter What is known of the adapter, where somebody could ask it.
 * @param openThreaded How graphs are compiled for several runs.
 * @throws {Error} where there is no native build for this platform.
 */
export async function nativeGpu(
  adapter: NativeGpuAdapter = UNKNOWN,
  openThreaded?: OrtDeviceOptions["openThreaded"],
): Promise<Device> {
  const ort = await loadNativeRuntime();
  ort.env.logLevel = "error";
  return new OrtDevice({
    name: "webgpu",
    ...adapter,
    runtime: { api: ort as unknown as OrtApi, name: RUNTIMES.nativeGpu, inTurn: gpuInTurn },
    // What the GPU does not compute is as much as one thread can do.
    session: { executionProviders: ["webgpu"], intraOpNumThreads: 1, interOpNumThreads: 1 },
    openThreaded,
  });
}
