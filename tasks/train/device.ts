import { defaultDevice, init } from "@jax-js/jax";
import { hasHardwareAdapter } from "../../src/devices/mod.ts";
import { RequestError } from "../../src/errors.ts";

/** Where the framework computes. */
export const TRAINING_DEVICES = ["auto", "webgpu", "wasm", "cpu"] as const;
/** See {@linkcode TRAINING_DEVICES}. */
export type TrainingDevice = Exclude<typeof TRAINING_DEVICES[number], "auto">;

/**
 * Makes a device the framework's default: the one asked for, or with `auto` WebGPU where the adapter is hardware and
 * WebAssembly elsewhere. WebGPU on a software adapter gives the same weights to rounding, twelve times slower.
 *
 * @throws {RequestError} where the device cannot be had here.
 */
export async function useDevice(wanted: typeof TRAINING_DEVICES[number]): Promise<TrainingDevice> {
  const device = wanted === "auto" ? await hasHardwareAdapter() ? "webgpu" : "wasm" : wanted;
  const found = await init(device);
  if (!found.includes(device)) {
    throw new RequestError(
      `Cannot train on "${device}": found ${found.join(", ")}; expected an adapter that Deno can use`,
    );
  }
  defaultDevice(device);
  return device;
}
