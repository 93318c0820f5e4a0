/**
 * Gives the memory behind an array back at once, for every array over the same buffer: large networks come and go by hundreds
 * of megabytes, and the collector would let them pile up. Runtimes without `transfer` leave it to the collector.
 */
export function free({ buffer }: Float64Array | Float32Array | Uint32Array | Uint8Array): void {
  // What was handed to another thread is gone already.
  if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) (buffer as Partial<ArrayBuffer>).transfer?.(0);
}
