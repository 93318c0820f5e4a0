import { oneLine } from "../errors.ts";
import { bmpSize, decodeBmp, unreadBmp } from "./_bmp.ts";
import { describeFormat, imageFormat } from "./_formats.ts";
import { decodeGif, gifSize, unreadGif } from "./_gif.ts";
import { type ImageSize, tooManyPixels } from "./_image_limits.ts";
import { decodeJpeg, jpegSize, unreadJpeg } from "./_jpeg.ts";
import { decodePng } from "./_png.ts";
import { pngSize } from "./_png_chunks.ts";
import { decodeTiff, tiffSize, unreadTiff } from "./_tiff.ts";
import { decodeWebp, unreadWebp, webpSize } from "./_webp.ts";
import { fromRgb, type Raster, toRgb } from "./raster.ts";
import type { Pixels } from "./stimulus.ts";

interface Decoder {
  decode(bytes: Uint8Array): Pixels | Raster | Promise<Pixels | Raster>;
  /** What kind it is, from the file's header, where that kind is not read. */
  unread?(bytes: Uint8Array): string | null;
  /** Its size, from the file's header; null where that is damaged. */
  size(bytes: Uint8Array): ImageSize | null;
}

const DECODERS: Readonly<Record<string, Decoder>> = {
  JPEG: { decode: decodeJpeg, size: jpegSize, unread: unreadJpeg },
  PNG: { decode: decodePng, size: pngSize },
  WebP: { decode: decodeWebp, size: webpSize, unread: unreadWebp },
  BMP: { decode: decodeBmp, size: bmpSize, unread: unreadBmp },
  GIF: { decode: decodeGif, size: gifSize, unread: unreadGif },
  TIFF: { decode: decodeTiff, size: tiffSize, unread: unreadTiff },
};

const EXPECTED = "expected a JPEG, PNG, WebP, BMP, GIF or TIFF image";

/**
 * Why a file is no image that can be decoded, as far as its first bytes tell; null where it is one.
 *
 * @param name What to call it, which may end in an extension that says something else than the bytes.
 * @returns What was found and what was expected, as the second half of a sentence.
 */
export function unreadImage(bytes: Uint8Array, name: string): string | null {
  const format = imageFormat(bytes);
  if (format === null) return `${describe(bytes)}; ${EXPECTED}`;
  if (!Object.hasOwn(DECODERS, format)) return `it is ${describeFormat(format, name)}; ${EXPECTED}`;
  const size = DECODERS[format].size(bytes);
  const large = size === null ? null : tooManyPixels(size);
  if (large !== null) return large;
  const kind = DECODERS[format].unread?.(bytes) ?? null;
  return kind === null ? null : `it is ${kind}, which is not read; save it as an RGB image, for instance as PNG`;
}

/**
 * Decodes a JPEG, PNG, WebP, BMP, GIF or TIFF to 8-bit RGB as Pillow's `convert("RGB")` does: the same numbers for baseline and
 * progressive JPEG, no rotation by EXIF, alpha dropped, the first frame or page. (16-bit samples of a PNG keep their high byte;
 * Pillow clips grey ones in some versions.) What a file is, its bytes say, whatever its name.
 *
 * @param bytes The file's content.
 * @param name What to call it in errors, its path for instance.
 * @returns Pixels, `3 * width * height` bytes.
 * @throws {Error} where it is none of them, has more than 2²⁶ pixels, is of a kind that is not read, such as CMYK, or cannot be
 *   decoded whole.
 */
export async function decodeImage(bytes: Uint8Array, name: string): Promise<Pixels> {
  return toRgb(await decodeRaster(bytes, name));
}

/** Decodes as {@linkcode decodeImage} does, but that a grey JPEG or PNG keeps one sample a pixel. */
export async function decodeRaster(bytes: Uint8Array, name: string): Promise<Raster> {
  const unread = unreadImage(bytes, name);
  if (unread !== null) throw new Error(`Cannot decode ${name}: ${unread}`);
  const format = imageFormat(bytes)!;
  try {
    const image = await DECODERS[format].decode(bytes);
    return "channels" in image ? image : fromRgb(image);
  } catch (error) {
    const reason = reasonOf(error);
    throw new Error(`Cannot decode ${name}: damaged or truncated ${format} (${reason}); expected a whole image`, {
      cause: error,
    });
  }
}

/** What a decoder says of a file; where it merely stumbled over it, its words say nothing to anybody else. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) {
    return "the decoder gave up";
  }
  return oneLine(error.message.split("\n")[0].replace(/[.\s]+$/, ""));
}

function describe(bytes: Uint8Array): string {
  if (bytes.length === 0) return "the file is empty";
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `it starts with bytes ${start}`;
}
