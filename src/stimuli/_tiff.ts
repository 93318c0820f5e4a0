import { decode } from "tiff";
import type { Pixels } from "./stimulus.ts";

type Page = ReturnType<typeof decode>[number];

/** None, LZW, and two numbers for deflate. */
const COMPRESSIONS = [1, 5, 8, 32946];

const KINDS: Readonly<Record<number, string>> = { 4: "mask", 5: "CMYK", 6: "YCbCr", 8: "Lab" };

const PLANAR = "PlanarConfiguration";

/** What kind of TIFF it is where that is not read. */
export function unreadTiff(bytes: Uint8Array): string | null {
  let page: Page;
  try {
    [page] = decode(bytes, { pages: [0], ignoreImageData: true });
  } catch {
    // Damaged, which decoding says.
    return null;
  }
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
  const [page] = decode(bytes, { pages: [0] });
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
