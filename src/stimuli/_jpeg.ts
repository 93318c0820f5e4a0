import createDecoder from "@jsquash/jpeg/codec/dec/mozjpeg_dec.js";
import { readJpegHeader } from "./_jpeg_header.ts";
import { compileCodec, type DecodedRgba, dropAlpha, startCodec } from "./_wasm_codec.ts";
import type { Pixels } from "./stimulus.ts";

interface Decoder {
  decode(data: Uint8Array, rotate: boolean): DecodedRgba | null;
}

/** Padding between segments, which many cameras write and every decoder skips. */
const HARMLESS = /extraneous bytes before marker/;

let compiled: Promise<WebAssembly.Module> | undefined;
let decoder: Promise<Decoder> | undefined;
let complaints: string[] = [];

async function start(): Promise<Decoder> {
  compiled ??= compileCodec(import.meta.resolve("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"));
  return await startCodec(createDecoder, await compiled, (line) => void complaints.push(line));
}

/** What kind of JPEG it is where that is not read. */
export function unreadJpeg(bytes: Uint8Array): string | null {
  const { components, precision, lossless } = readJpegHeader(bytes);
  if (lossless) return "a lossless JPEG";
  if (precision !== null && precision !== 8) return `a JPEG of ${precision} bits a sample`;
  return components === 4 ? "a CMYK JPEG" : null;
}

/**
 * Decodes a JPEG with libjpeg-turbo's arithmetic (mozjpeg as WebAssembly), so that pixels equal Pillow's.
 * Like Pillow, it does not rotate by EXIF and refuses what the library only warns of, a truncated scan among them.
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const library = await (decoder ??= start());
  complaints = [];
  let image: ReturnType<Decoder["decode"]> = null;
  let cause: unknown;
  try {
    image = library.decode(bytes, false);
  } catch (error) {
    cause = error;
  }
  const damage = complaints.find((line) => !HARMLESS.test(line));
  if (image === null || damage !== undefined) {
    // The C library leaves by exit(), after which its heap is not to be trusted.
    decoder = undefined;
    const reason = damage ?? complaints[0] ?? (cause instanceof Error ? cause.message : "the decoder gave up");
    throw new Error(reason, { cause });
  }
  const { width, height } = image;
  return { width, height, data: dropAlpha(image.data, width * height) };
}
