import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * SHA-256 of a text in UTF-8, in hexadecimal, at once and in every runtime. Files are hashed by the platform, which is quicker.
 *
 * @returns 64 hexadecimal digits.
 */
export function hashText(text: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}
