import { inflateSync } from "node:zlib";

/**
 * Bytes that zlib data inflate to, inflated no further than to the most.
 *
 * @param most Bytes that they may be.
 * @returns Infinity where they are more.
 * @throws {Error} where the data are damaged; the message is what zlib says.
 */
export function inflatedLength(data: Uint8Array, most: number): number {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "ERR_BUFFER_TOO_LARGE") return Infinity;
    throw new Error(message);
  }
}
