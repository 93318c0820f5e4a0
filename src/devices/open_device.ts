import { RequestError } from "../errors.ts";
import { type Device, DEVICE_CHOICES, type DeviceName } from "./device.ts";
import { hasHardwareAdapter } from "./_gpu_adapter.ts";
import { openWebDevice } from "./open_web_device.ts";

/** How a device is opened. */
export interface DeviceOptions {
  /**
   * Threads of the `cpu` and `wasm` devices. Those of `wasm` are shared by the whole process: the first opening decides.
   *
   * @default every processor there is
   */
  readonly threads?: number;
}

/**
 * Opens the device that networks run on.
 *
 * `auto` takes WebGPU where the adapter is hardware, else the native processor build, else WebAssembly.
 *
 * @throws {RequestError} where there is no device of that name, or `webgpu` is asked for and cannot be had.
 *
 * @example
 * ```ts
 * import { openDevice } from "./mod.ts";
 *
 * const device = await openDevice("cpu", { threads: 1 });
 * await device.close();
 * ```
 */
export async function openDevice(name: DeviceName | "auto" = "auto", options: DeviceOptions = {}): Promise<Device> {
  const { threads } = options;
  if (!DEVICE_CHOICES.includes(name)) {
    throw new RequestError(`Unknown device: "${name}". Should be one of: ${DEVICE_CHOICES.join(", ")}`);
  }
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw new RequestError(`Cannot open device "${name}": ${threads} threads; expected a whole number from 1`);
  }
  switch (name) {
    case "webgpu":
      return await openGpu();
    case "wasm":
      return await openWebDevice(name, { threads });
    case "cpu":
      return await openCpu(threads);
    default:
      return await openBest(threads);
  }
}

// The native runtime is imported when it is asked for: a browser has none.

async function openGpu(): Promise<Device> {
  return await (await import("./_open_gpu.ts")).openGpu();
}

async function openCpu(threads?: number): Promise<Device> {
  const [{ openCpu }, { openThreaded }] = await Promise.all([
    import("./_cpu_device.ts"),
    import("./_open_threaded.ts"),
  ]);
  return await openCpu(threads, openThreaded);
}

async function openBest(threads?: number): Promise<Device> {
  if (await hasHardwareAdapter()) return await openGpu();
  let native: unknown;
  try {
    return await openCpu(threads);
  } catch (error) {
    native = error;
  }
  // No native build for this platform, or a browser; where WebAssembly fails too, both reasons are told.
  return await openWebDevice("wasm", { threads }).catch((error: Error) => {
    throw new AggregateError([native, error], `Cannot open a device: ${native}; ${error.message}`);
  });
}
