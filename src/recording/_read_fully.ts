import type { FileHandle } from "node:fs/promises";

/** Fills `bytes` from a place in a file; false where the file ends before. */
export async function readFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<boolean> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}
