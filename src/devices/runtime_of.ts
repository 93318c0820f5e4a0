import type { DeviceName } from "./device.ts";

const RUNTIMES: Readonly<Record<DeviceName, string>> = {
  webgpu: "onnxruntime-web 1.30.0 (WebGPU)",
  wasm: "onnxruntime-web 1.30.0 (WebAssembly)",
  cpu: "onnxruntime-node 1.30.0",
};

/** The library that runs networks on a device, with its version. */
export function runtimeOf(device: DeviceName): string {
  return RUNTIMES[device];
}
