import createDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import { compileCodec, type DecodedRgba, dropAlpha, startCodec } from "./_wasm_codec.ts";
import type { ImageSize } from "./_image_limits.ts";
import type { Pixels } from "./stimulus.ts";

/** The library, compiled. */
export const WEBP_DECODER = "@jsquash/webp/codec/dec/webp_dec.wasm";

interface Decoder {
  decode(data: Uint8Array): DecodedRgba | null;
}

const EXTENDED = "VP8X";
const ANIMATION = 0x02;

let decoder: Promise<Decoder> | undefined;

async function start(): Promise<Decoder> {
  const module = await compileCodec(WEBP_DECODER);
  return await startCodec(createDecoder, module, () => {});
}

/** What kind of WebP it is where that is not read. */
export function unreadWebp(bytes: Uint8Array): string | null {
  const extended = new TextDecoder("latin1").decode(bytes.subarray(12, 16)) === EXTENDED;
  return extended && (bytes[20] & ANIMATION) !== 0 ? "an animated WebP" : null;
}

/** The size in the header of the canvas, or of the picture where there is none; null where it is cut short. */
export function webpSize(bytes: Uint8Array): ImageSize | null {
  if (bytes.length < 30) return null;
  const kind = new TextDecoder("latin1").decode(bytes.subarray(12, 16));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === EXTENDED) {
    return {
      width: 1 + (view.getUint32(24, true) & 0xffffff),
      height: 1 + (view.getUint16(27, true) | (bytes[29] << 16)),
    };
  }
  if (kind === "VP8L") {
    const sizes = view.getUint32(21, true);
    return { width: 1 + (sizes & 0x3fff), height: 1 + ((sizes >>> 14) & 0x3fff) };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** Decodes a WebP with libwebp, as Pillow does; alpha is dropped. */
export async function decodeWebp(bytes: Uint8Array): Promise<Pixels> {
  const library = await (decoder ??= start());
  const stated = bytes.length < 8 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true) + 8;
  if (bytes.length < stated) throw new Error(`${bytes.length} bytes of ${stated}`);
  const image = library.decode(bytes);
  if (image === null) throw new Error("the decoder gave up");
  const { width, height } = image;
  return { width, height, data: dropAlpha(image.data, width * height) };
}
