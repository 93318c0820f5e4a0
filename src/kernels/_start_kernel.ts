const PAGE = 65536;

/** The memory of a kernel, which grows as it is needed. */
export class KernelMemory {
  /** What the code imports. */
  readonly memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 1 });

  /** The memory with at least so many bytes; views of what it was before are of no use where it has grown. */
  reserve(bytes: number): ArrayBuffer {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return this.memory.buffer as ArrayBuffer;
  }
}

/** Starts compiled loops, WebAssembly in base64, in memory of their own. */
export function startKernel<T>(base64: string, { memory }: KernelMemory): T {
  const text = atob(base64);
  const module = new WebAssembly.Module(Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as T;
}
