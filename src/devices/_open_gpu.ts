import { RequestError } from "../errors.ts";
import { GraphBuilder } from "../onnx/mod.ts";
import type { Device } from "./device.ts";
import { adapterOf, hasWebGpu, isSoftware, requestAdapter } from "./_gpu_adapter.ts";
import { gpuInTurn, nativeGpu, type NativeGpuAdapter } from "./_native_gpu_device.ts";
import { openBeside } from "./_open_threaded.ts";
import { openWebDevice } from "./open_web_device.ts";

/**
 * Opens a GPU outside of browsers. Adapters that draw on the processor, and platforms without a native build, are left to the
 * build for the web.
 *
 * @throws {RequestError} where there is none.
 */
export async function openGpu(): Promise<Device> {
  // Node has no WebGPU of its own, and the native build needs none.
  if (!hasWebGpu()) {
    return await openNative().catch((error: Error) => {
      throw new RequestError('Cannot open device "webgpu": no adapter found; expected a GPU with its driver', {
        cause: error,
      });
    });
  }
  const adapter = await requestAdapter().catch(() => null);
  if (adapter === null || isSoftware(adapter.info)) return await openWebDevice("webgpu");
  return await openNative(adapterOf(adapter)).catch(() => openWebDevice("webgpu"));
}

/** Opens the native build, and runs a graph to see whether it has an adapter. */
async function openNative(adapter?: NativeGpuAdapter): Promise<Device> {
  const device = await nativeGpu(adapter, openBeside(gpuInTurn));
  const graph = new GraphBuilder("probe");
  graph.output(graph.node("Neg", [graph.input("x", "float32", [1])], {}, "y"));
  try {
    const session = await device.open(graph.toBytes());
    await session.run({ x: { data: new Float32Array(1), shape: [1] } });
    await session.close();
    return device;
  } catch (error) {
    await device.close();
    throw error;
  }
}
