import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * SHA-256 of a text in UTF-8, in hexadecimal, at once and everywhere. For texts up to a few megabytes: files are hashed by the
 * platform, ten times as fast.
 *
 * @returns 64 hexadecimal digits.
 */
export function hashText(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}
