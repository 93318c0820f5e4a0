import createDecoder from "@jsquash/webp/codec/dec/webp_dec.js";
import { compileCodec, type DecodedRgba, dropAlpha, startCodec } from "./_wasm_codec.ts";
import type { Pixels } from "./stimulus.ts";

interface Decoder {
  decode(data: Uint8Array): DecodedRgba | null;
}

const EXTENDED = "VP8X";
const ANIMATION = 0x02;

let decoder: Promise<Decoder> | undefined;

async function start(): Promise<Decoder> {
  const module = await compileCodec(import.meta.resolve("@jsquash/webp/codec/dec/webp_dec.wasm"));
  return await startCodec(createDecoder, module, () => {});
}

/** What kind of WebP it is where that is not read. */
export function unreadWebp(bytes: Uint8Array): string | null {
  const extended = new TextDecoder("latin1").decode(bytes.subarray(12, 16)) === EXTENDED;
  return extended && (bytes[20] & ANIMATION) !== 0 ? "an animated WebP" : null;
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
