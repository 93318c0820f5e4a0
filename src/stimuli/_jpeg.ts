import createDecoder from "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs";
import type { ImageSize } from "./_image_limits.ts";
import { countScans, type JpegHeader, readJpegHeader, withoutPadding } from "./_jpeg_header.ts";
import { compileCodec, startCodec } from "./_wasm_codec.ts";
import type { Raster } from "./raster.ts";

/** The library, compiled. */
export const JPEG_DECODER = "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm";

/** The package has no types of its own. Buffers are views of the library's memory, good until the next call. */
interface Library {
  readonly JPEGDecoder: new () => {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8ClampedArray;
    getFrameInfo(): { readonly width: number; readonly height: number; readonly componentCount: number };
    delete(): void;
  };
}

/** How many times finer the first channel is sampled than the two others, across and down, where the library reads it. */
const SAMPLINGS = ["1x1", "2x1", "1x2", "2x2", "4x1", "1x4"];

/** A progressive JPEG has some ten scans, and each goes over the whole picture. */
const MOST_SCANS = 100;

let compiled: Promise<WebAssembly.Module> | undefined;
let library: Promise<Library> | undefined;

async function start(): Promise<Library> {
  compiled ??= compileCodec(JPEG_DECODER);
  return await startCodec(createDecoder, await compiled, () => {});
}

/** What kind of JPEG it is where that is not read. */
export function unreadJpeg(bytes: Uint8Array): string | null {
  const { components, precision, lossless, sampling } = readJpegHeader(bytes);
  if (lossless) return "a lossless JPEG";
  if (precision !== null && precision !== 8) return `a JPEG of ${precision} bits a sample`;
  if (components === 4) return "a CMYK JPEG";
  return usual(sampling) ? null : `a JPEG with unusual sampling (${sampling.map((one) => one.join("x")).join(", ")})`;
}

/** The size in the header; null where no frame is there. */
export function jpegSize(bytes: Uint8Array): ImageSize | null {
  const { width, height } = readJpegHeader(bytes);
  return width > 0 && height > 0 ? { width, height } : null;
}

function usual(sampling: JpegHeader["sampling"]): boolean {
  if (sampling.length !== 3) return true;
  const [luma, blue, red] = sampling;
  return blue.join() === red.join() && SAMPLINGS.includes(luma.map((factor, axis) => factor / blue[axis]).join("x"));
}

/**
 * Decodes a JPEG with libjpeg-turbo as WebAssembly, so that pixels equal Pillow's. Like Pillow, it does not rotate by EXIF; it
 * refuses what the library only warns of, a truncated scan among them.
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<Raster> {
  const scans = countScans(bytes);
  if (scans > MOST_SCANS) throw new Error(`${scans} scans; expected at most ${MOST_SCANS}`);
  const { JPEGDecoder } = await (library ??= start());
  const decoder = new JPEGDecoder();
  const whole = withoutPadding(bytes);
  try {
    decoder.getEncodedBuffer(whole.length).set(whole);
    decoder.decode();
  } catch (cause) {
    // A failed decoding leaves memory behind; the next one starts in memory of its own.
    library = undefined;
    throw new Error("the decoder gave up", { cause });
  }
  const { width, height, componentCount } = decoder.getFrameInfo();
  const data = new Uint8Array(decoder.getDecodedBuffer());
  decoder.delete();
  return { width, height, channels: componentCount === 1 ? 1 : 3, data };
}
