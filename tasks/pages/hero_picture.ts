import { Buffer } from "node:buffer";
import { heroImages } from "../../src/report/mod.ts";
import type { Results } from "../../src/results/mod.ts";
import { contactSheet, decodeImage, encodeJpeg } from "../../src/stimuli/mod.ts";

const QUALITY = 80;
/** Thumbnails have 64 pixels a side; previews of links are some 1,200 wide. */
const SCALE = 2;

/**
 * The picture that stands for a run on cards and in previews of links: its thumbnails side by side.
 *
 * @returns A JPEG; null where the run has no thumbnails.
 * @throws {Error} Where a thumbnail cannot be decoded.
 */
export async function heroPicture(results: Results): Promise<Uint8Array | null> {
  const rows = await Promise.all(
    heroImages(results).map(async (uris) => ({ images: await Promise.all(uris.map(decode)) })),
  );
  return rows.length === 0 ? null : await encodeJpeg(contactSheet(rows, { scale: SCALE }), QUALITY);
}

async function decode(uri: string): ReturnType<typeof decodeImage> {
  return await decodeImage(new Uint8Array(Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64")), "a thumbnail");
}
