import { type Device, openWebDevice, RequestError, type WebDeviceName } from "../browser/mod.ts";

/** A device, and what the visitor has to know of the choice. */
export interface LiveDevice {
  readonly device: Device;
  readonly sentence: string;
}

/**
 * Opens the device that a run asks for. Where WebGPU cannot be had, or draws on the processor and was not asked for, networks run
 * in WebAssembly, and the sentence says so.
 */
export async function openLiveDevice(asked: WebDeviceName | "auto"): Promise<LiveDevice> {
  // Without headers that isolate the page from others, WebAssembly has one thread.
  const options = { threads: 1, addressOf: (file: string) => new URL(`runtime/${file}`, import.meta.url).href };
  if (asked !== "webgpu") {
    const device = await openWebDevice(asked, options);
    return { device, sentence: told(device, "") };
  }
  try {
    const device = await openWebDevice("webgpu", options);
    return { device, sentence: told(device, "") };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const device = await openWebDevice("wasm", options);
    return { device, sentence: told(device, "This browser offers no WebGPU here, so networks run more slowly. ") };
  }
}

function told({ name, adapter }: Device, before: string): string {
  return `${before}Runs on ${name === "webgpu" ? `WebGPU (${adapter})` : adapter}.`;
}
