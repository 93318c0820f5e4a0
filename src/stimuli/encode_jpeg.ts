import encode, { init } from "@jsquash/jpeg/encode.js";
import type { Pixels } from "./stimulus.ts";
import { compileCodec } from "./_wasm_codec.ts";

/** The library, compiled. */
export const JPEG_ENCODER = "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";

let started: Promise<void> | undefined;

async function start(): Promise<void> {
  await init(await compileCodec(JPEG_ENCODER));
}

function withAlpha({ data, width, height }: Pixels): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0, from = 0, to = 0; i < width * height; i++, from += 3, to += 4) {
    rgba[to] = data[from];
    rgba[to + 1] = data[from + 1];
    rgba[to + 2] = data[from + 2];
  }
  return rgba;
}

/**
 * Encodes an image as JPEG (mozjpeg as WebAssembly, so the same bytes on every platform).
 *
 * @param quality 1–100.
 * @throws {RangeError} where the image has no pixels.
 */
export async function encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array> {
  const { width, height } = pixels;
  if (!(width > 0 && height > 0)) throw new RangeError(`Cannot encode an image of ${width}x${height}; expected pixels`);
  await (started ??= start());
  const image = { data: withAlpha(pixels), width, height, colorSpace: "srgb" } as unknown as ImageData;
  // Several scans make small pictures larger, and take four times as long.
  return new Uint8Array(await encode(image, { quality, progressive: false }));
}
