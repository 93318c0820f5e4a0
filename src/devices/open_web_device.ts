import { RequestError } from "../errors.ts";
import type { Device } from "./device.ts";
import { hasHardwareAdapter } from "./_gpu_adapter.ts";
import type { WebDeviceOptions } from "./web_device_options.ts";

/** Devices that a browser has too. */
export type WebDeviceName = "webgpu" | "wasm";

/**
 * Opens a device that needs no native code, as in a browser. `auto` takes WebGPU where the adapter is hardware, else
 * WebAssembly.
 *
 * @throws {RequestError} where `webgpu` is asked for and cannot be had.
 */
export async function openWebDevice(name: WebDeviceName | "auto", options: WebDeviceOptions = {}): Promise<Device> {
  // Each build of the runtime is loaded when it is asked for: none needs both.
  const wanted = name === "auto" ? await hasHardwareAdapter() ? "webgpu" : "wasm" : name;
  if (wanted === "wasm") return (await import("./_wasm_device.ts")).openWasm(options);
  const { openWebGpu } = await import("./_webgpu_device.ts");
  return await openWebGpu(options).catch((error: Error) => {
    throw new RequestError(error.message, { cause: error });
  });
}
