import { hashText } from "../lock/mod.ts";
import { stripVolatile } from "./strip_volatile.ts";
import type { Results } from "./results.ts";

/**
 * SHA-256 over the content of results: everything but the clock, the machine and the checksum itself, in canonical form. Two
 * runs of the same inputs have the same.
 *
 * @param results Canonical, as they are written or read.
 * @returns 64 hexadecimal digits.
 */
export function checksumOf(results: Results): string {
  return hashText(JSON.stringify(stripVolatile(results)));
}

/** What is said of a file whose checksum is not that of its content. */
export const CHANGED = "its checksum does not fit: the file was changed or damaged after it was written";

/**
 * What is wrong with results whose content is not what was written; null where it is, or where they are of a version that
 * wrote no checksum.
 */
export function checksumNotice(results: Results): string | null {
  if (results.checksum === undefined || results.checksum === checksumOf(results)) return null;
  return CHANGED;
}
