/**
 * Gives the memory behind an array back at once, for every array over the same buffer: large networks come and go by hundreds
 * of megabytes, and the collector would let them pile up. Runtimes without `transfer` leave it to the collector.
 */
export function free(array: ArrayBuffer | Pick<Uint8Array, "buffer">): void {
  const buffer = array instanceof ArrayBuffer ? array : array.buffer;
  // What was handed to another thread is gone already.
  if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) (buffer as Partial<ArrayBuffer>).transfer?.(0);
}
