import { GifReader } from "omggif";
import { dropAlpha } from "./_wasm_codec.ts";
import { checkGifCodes } from "./_gif_codes.ts";
import type { ImageSize } from "./_image_limits.ts";
import type { Pixels } from "./stimulus.ts";

/** The package has no types of its own. */
interface Reader {
  readonly width: number;
  readonly height: number;
  numFrames(): number;
  frameInfo(frame: number): {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly data_offset: number;
    transparent_index: number | null;
  };
  decodeAndBlitFrameRGBA(frame: number, rgba: Uint8Array): void;
}

/** What kind of GIF it is where that is not read. */
export function unreadGif(bytes: Uint8Array): string | null {
  let reader: Reader;
  try {
    reader = new GifReader(bytes) as Reader;
    if (reader.numFrames() === 0) return null;
  } catch {
    // Damaged, which decoding says.
    return null;
  }
  const { x, y, width, height } = reader.frameInfo(0);
  const whole = x === 0 && y === 0 && width === reader.width && height === reader.height;
  return whole ? null : `a GIF whose first frame covers ${width}×${height} of ${reader.width}×${reader.height} pixels`;
}

/** The size in the header; null where it is cut short. */
export function gifSize(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 10) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Decodes the first frame of a GIF, as Pillow does; transparent pixels keep the colour that stands in the palette. */
export function decodeGif(bytes: Uint8Array): Pixels {
  const reader = new GifReader(bytes) as Reader;
  if (reader.numFrames() === 0) throw new Error("it has no frame");
  const { width, height } = reader;
  checkGifCodes(bytes, reader.frameInfo(0).data_offset);
  reader.frameInfo(0).transparent_index = null;
  const rgba = new Uint8Array(4 * width * height);
  decodeFrame(reader, rgba);
  return { width, height, data: dropAlpha(rgba, width * height) };
}

/** The package prints that a frame is too short or too long, and goes on. */
function decodeFrame(reader: Reader, rgba: Uint8Array): void {
  const { log } = console;
  const complaints: string[] = [];
  console.log = (line: unknown) => void complaints.push(String(line));
  try {
    reader.decodeAndBlitFrameRGBA(0, rgba);
  } finally {
    console.log = log;
  }
  if (complaints.length > 0) throw new Error(complaints[0].replace(/^Warning, /, ""));
}
