import { convertIndexedToRgb, decode } from "fast-png";
import type { DecodedPng } from "fast-png";
import { essentialPng } from "./_png_chunks.ts";
import type { Raster } from "./raster.ts";

/**
 * Decodes a PNG to RGB, or to grey where it is grey: palettes are looked up, alpha is dropped, 16-bit samples keep their high byte.
 */
export function decodePng(bytes: Uint8Array): Raster {
  const png = decode(essentialPng(bytes));
  const { width, height } = png;
  const count = width * height;
  const samples = png.palette === undefined ? toBytes(png) : convertIndexedToRgb(png);
  const step = png.palette === undefined ? png.channels : png.palette[0].length;
  if (!(count > 0) || samples.length !== count * step) {
    throw new Error(`${samples.length} samples for ${width}x${height} pixels`);
  }
  const channels = step < 3 ? 1 : 3;
  const data = new Uint8Array(channels * count);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += step) {
    for (let channel = 0; channel < channels; channel++) data[to++] = samples[from + channel];
  }
  return { width, height, channels, data };
}

function toBytes(png: DecodedPng): Uint8Array | Uint8ClampedArray {
  if (png.data instanceof Uint16Array) return Uint8Array.from(png.data, (sample) => sample >> 8);
  if (png.depth >= 8) return png.data;
  return unpackGrey(png);
}

/** Rows of 1-, 2- or 4-bit grey start at a byte, and full scale becomes 255. */
function unpackGrey({ width, height, depth, data }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil(width * depth / 8);
  const full = (1 << depth) - 1;
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const value = (data[y * rowBytes + (bit >> 3)] >> (8 - depth - (bit & 7))) & full;
      out[y * width + x] = value * 255 / full;
    }
  }
  return out;
}
