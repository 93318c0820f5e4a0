import { base64 } from "./base64.ts";
import { encodeJpeg } from "./encode_jpeg.ts";
import { type Planes, resizeAndCrop, type Resizing } from "./preprocess.ts";
import { fromPlanes, toRgb } from "./raster.ts";
import type { Pixels } from "./stimulus.ts";

const SIDE = 64;
const QUALITY = 72;

/** How an image becomes a small square picture: its centre, 64 × 64. */
export const THUMBNAIL: Resizing = { resize: SIDE, crop: SIDE, interpolation: "bilinear" };

/**
 * A small square picture of an image for a report: its centre, 64 × 64, as a JPEG data URI.
 *
 * @throws {RangeError} where the image has no pixels.
 */
export async function thumbnail(pixels: Pixels): Promise<string> {
  return await encodeThumbnail(resizeAndCrop(pixels, THUMBNAIL));
}

/** The same of an image that was prepared by {@linkcode THUMBNAIL}. */
export async function encodeThumbnail(planes: Planes): Promise<string> {
  return jpegDataUri(await encodeJpeg(thumbnailPixels(planes), QUALITY));
}

/** Its pixels. */
export function thumbnailPixels(planes: Planes): Pixels {
  return toRgb(fromPlanes(planes, { width: SIDE, height: SIDE }));
}

/** A JPEG as text that a page can hold. */
export function jpegDataUri(bytes: Uint8Array): string {
  return `data:image/jpeg;base64,${base64(bytes)}`;
}
