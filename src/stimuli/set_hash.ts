import { hashText } from "../lock/mod.ts";
import { compareText } from "./_text_order.ts";

/**
 * The hash of a set of images: SHA-256 over one line per image, its identity, a NUL and the SHA-256 of its bytes, sorted by
 * identity. It depends neither on the order of the images nor on where they are kept.
 *
 * @returns 64 hexadecimal digits.
 */
export function setHash(images: Iterable<{ readonly id: string; readonly sha256: string }>): string {
  const inOrder = [...images].sort((a, b) => compareText(a.id, b.id));
  return hashText(inOrder.map(({ id, sha256 }) => `${id}\0${sha256}\n`).join(""));
}
