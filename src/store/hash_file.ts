import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Digest } from "../lock/mod.ts";
import { checkRegularFile } from "./read_whole_file.ts";

/**
 * Hashes a file as it is read.
 *
 * @param path The file.
 * @param hash A hash to add its bytes to. @default a new SHA-256
 * @returns Its size and the hash so far, which may be added to.
 * @throws {Error} where it is no file (a folder, a pipe, a device) or cannot be read.
 */
export async function readIntoHash(
  path: string,
  hash: Hash = createHash("sha256"),
): Promise<{ bytes: number; hash: Hash }> {
  await checkRegularFile(path);
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, hash };
}

/** Size and SHA-256 of a file, read as a stream. */
export async function hashFile(path: string): Promise<Digest> {
  const { bytes, hash } = await readIntoHash(path);
  return { bytes, sha256: hash.digest("hex") };
}
