/** What tells adapters apart; `isFallbackAdapter` moved here from the adapter, and not every runtime has followed. */
export type AdapterInfo = Partial<
  Pick<GPUAdapterInfo, "vendor" | "architecture" | "device" | "description" | "isFallbackAdapter">
>;

const SOFTWARE = /llvmpipe|lavapipe|softpipe|swiftshader|basic render|warp\b|software/i;

/** Whether this runtime has WebGPU at all. */
export function hasWebGpu(): boolean {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.gpu !== undefined;
}

/**
 * The adapter that WebGPU gives by default.
 *
 * @throws {Error} where there is none.
 */
export async function requestAdapter(): Promise<GPUAdapter> {
  if (!hasWebGpu()) {
    throw new Error(
      'Cannot open device "webgpu": this runtime has no navigator.gpu; expected Deno with --unstable-webgpu or a browser with WebGPU',
    );
  }
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    throw new Error(
      'Cannot open device "webgpu": no adapter found; expected a GPU with its driver, or software Vulkan such as Mesa\'s',
    );
  }
  return adapter;
}

/** Whether the adapter draws on the processor: slower there than ONNX Runtime is by itself. */
export function isSoftware(info: AdapterInfo): boolean {
  const words = [info.vendor, info.architecture, info.device, info.description].join(" ");
  return info.isFallbackAdapter === true || SOFTWARE.test(words);
}

/** An adapter in words. Drivers fill different fields, some with bare numbers. */
export function describeAdapter(info: AdapterInfo): string {
  const named = [info.vendor, info.architecture, info.device].filter((word) => word && !/^(0x)?[\da-f]+$/i.test(word));
  return info.description || named.join(" ") || "unnamed adapter";
}

/** What a device tells of its adapter: its name, and the bytes of the largest tensor that fits one binding. */
export function adapterOf({ info, limits }: GPUAdapter): { readonly adapter: string; readonly maxTensorBytes: number } {
  const { maxStorageBufferBindingSize, maxBufferSize } = limits;
  return { adapter: describeAdapter(info), maxTensorBytes: Math.min(maxStorageBufferBindingSize, maxBufferSize) };
}

/** Whether `auto` should take WebGPU: there is an adapter, it is hardware, and the runtime can wait for it. */
export async function hasHardwareAdapter(): Promise<boolean> {
  if (!hasWebGpu() || !("Suspending" in WebAssembly)) return false;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  return adapter !== null && !isSoftware(adapter.info);
}
