import { HashMismatchError } from "../errors.ts";

/** What is known of a file before it is read. */
export interface Pin {
  /** Its size. */
  readonly bytes?: number;
  /** Its SHA-256, 64 hexadecimal digits. */
  readonly sha256?: string;
  /** Its leading digits, where only these are published. */
  readonly sha256Prefix?: string;
}

/** What a file turned out to be. */
export interface Digest {
  /** Its size. */
  readonly bytes: number;
  /** Its SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Compares a file with its pin; whatever the pin leaves out is not compared.
 *
 * @param id What to call the file in the error.
 * @throws {HashMismatchError} where size, hash or the hash's leading digits disagree.
 */
export function verifyDigest(id: string, { pin, found }: { pin: Pin; found: Digest }): void {
  if (pin.sha256 !== undefined && found.sha256 !== pin.sha256) {
    throw new HashMismatchError(id, { property: "sha256", expected: pin.sha256, received: found.sha256 });
  }
  if (pin.sha256Prefix !== undefined && !found.sha256.startsWith(pin.sha256Prefix)) {
    throw new HashMismatchError(id, { property: "sha256", expected: `${pin.sha256Prefix}…`, received: found.sha256 });
  }
  if (pin.bytes !== undefined && found.bytes !== pin.bytes) {
    throw new HashMismatchError(id, {
      property: "bytes",
      expected: String(pin.bytes),
      received: String(found.bytes),
    });
  }
}

/** SHA-256 of bytes in memory, in hexadecimal. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
