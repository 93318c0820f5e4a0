/** Moments of a layer that take more bytes than this stay in the file that they are in. */
export const MOST_MOMENT_BYTES = 96 * 2 ** 20;

/**
 * Bytes of memory that the moments of a layer take when it is read from a file.
 *
 * @param groups Groups of images that were recorded.
 * @param units Of the layer.
 * @param most Where they take more, they stay in the file and are read when they are needed.
 * @returns 0 where they stay in the file.
 */
export function momentBytes(groups: number, units: number, most: number = MOST_MOMENT_BYTES): number {
  const bytes = groups * units * 2 * Float32Array.BYTES_PER_ELEMENT;
  return bytes > most ? 0 : bytes;
}
