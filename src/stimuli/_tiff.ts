import { decode } from "tiff";
import type { ImageSize } from "./_image_limits.ts";
import { checkTiffParts, flatTiff } from "./_tiff_bounds.ts";
import type { Pixels } from "./stimulus.ts";

type Page = ReturnType<typeof decode>[number];

/** None, LZW, and two numbers for deflate. */
const COMPRESSIONS = [1, 5, 8, 32946];

const KINDS: Readonly<Record<number, string>> = { 4: "mask", 5: "CMYK", 6: "YCbCr", 8: "Lab" };

const PLANAR = "PlanarConfiguration";

/** The first directory, without the pixels; null where it is damaged, which decoding says. */
function firstPage(bytes: Uint8Array): Page | null {
  try {
    return decode(flatTiff(bytes), { pages: [0], ignoreImageData: true })[0];
  } catch {
    return null;
  }
}

/** The size in the first directory; null where that is damaged. */
export function tiffSize(bytes: Uint8Array): ImageSize | null {
  const page = firstPage(bytes);
  return page === null ? null : { width: Number(page.width), height: Number(page.height) };
}

/** What kind of TIFF it is where that is not read. */
export function unreadTiff(bytes: Uint8Array): string | null {
  const page = firstPage(bytes);
  if (page === null) return null;
  const { type, compression, bitsPerSample: bits = 1, samplesPerPixel: samples = 1 } = page;
  if (type in KINDS) return `a ${KINDS[type]} TIFF`;
  if (!COMPRESSIONS.includes(compression ?? 1)) return `a TIFF with compression ${compression}`;
  if (bits !== 8 || (page.sampleFormat ?? 1) !== 1) return `a TIFF of ${bits} bits a sample`;
  if (page.tiled && samples > 1) return "a TIFF in tiles";
  if (page.get(PLANAR) === 2 && samples > 1) return "a TIFF of separate planes";
  if (page.associatedAlpha) return "a TIFF of premultiplied colours";
  return (page.orientation ?? 1) === 1 ? null : "a TIFF to be turned by its viewer";
}

/** Decodes the first page of a TIFF of 8 bits a sample, as Pillow does; alpha is dropped. */
export function decodeTiff(bytes: Uint8Array): Pixels {
  const flat = flatTiff(bytes);
  checkParts(flat);
  const [page] = decode(flat, { pages: [0] });
  const { width, height, data: samples, palette } = page;
  const step = page.samplesPerPixel ?? 1;
  const count = width * height;
  if (!(count > 0) || samples.length !== count * step) {
    throw new Error(`${samples.length} samples for ${width}×${height} pixels`);
  }
  const data = new Uint8Array(3 * count);
  const grey = step < 3;
  for (let i = 0, from = 0, to = 0; i < count; i++, from += step, to += 3) {
    if (palette === undefined) {
      data[to] = samples[from];
      data[to + 1] = samples[grey ? from : from + 1];
      data[to + 2] = samples[grey ? from : from + 2];
    } else {
      // Palettes hold 16 bits a channel.
      palette[samples[from]].forEach((value, channel) => data[to + channel] = value >> 8);
    }
  }
  return { width, height, data };
}

/** @throws {Error} where the strips or tiles hold more than the pixels. */
function checkParts(bytes: Uint8Array): void {
  const [page] = decode(bytes, { pages: [0], ignoreImageData: true });
  const { width, height, samplesPerPixel = 1, compression = 1 } = page;
  const list = (value: unknown): number[] =>
    typeof value === "number" ? [value] : [...(value ?? []) as ArrayLike<number> & number[]];
  const rows = page.tiled ? page.tileHeight ?? 0 : Math.min(page.rowsPerStrip ?? height, height);
  const columns = page.tiled ? page.tileWidth ?? 0 : width;
  checkTiffParts(bytes, {
    width,
    height,
    compression,
    offsets: list(page.tiled ? page.tileOffsets : page.stripOffsets),
    byteCounts: list(page.tiled ? page.tileByteCounts : page.stripByteCounts),
    partBytes: rows * columns * samplesPerPixel,
    parts: Math.ceil(height / rows) * Math.ceil(width / columns),
  });
}
