import { cos, sin, TAU } from "./arithmetic.ts";
import { type Complex, fourier2d } from "./fourier.ts";
import type { Random } from "./random.ts";
import type { Raster } from "../raster.ts";
import type { Pixels } from "../stimulus.ts";

/**
 * A phase for every frequency, opposite at opposite frequencies so that the picture stays real; nothing is added to the
 * mean, and 0 or π where a frequency is its own opposite.
 */
function drawPhases(random: Random, width: number, height: number): Float64Array {
  const phases = new Float64Array(width * height);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const at = v * width + u, opposite = ((height - v) % height) * width + (width - u) % width;
      if (at > opposite) continue;
      const draw = random.unit();
      phases[at] = at === opposite ? (draw < 0.5 ? 0 : TAU / 2) : TAU * draw;
      if (at !== opposite) phases[opposite] = -phases[at];
    }
  }
  phases[0] = 0;
  return phases;
}

/**
 * The phase-scrambled picture before it is cut to 8 bits, in the units of the pixels: interleaved RGB, or one sample a pixel
 * where the picture has one.
 */
export function scrambledField({ width, height, data }: Pixels | Raster, random: Random): Float64Array {
  const count = width * height, phases = drawPhases(random, width, height), out = new Float64Array(data.length);
  const channels = data.length / count;
  const turnRe = phases.map((phase) => cos(phase)), turnIm = phases.map((phase) => sin(phase));
  for (let channel = 0; channel < channels; channel++) {
    const picture: Complex = { re: new Float64Array(count), im: new Float64Array(count) };
    for (let i = 0; i < count; i++) picture.re[i] = data[channels * i + channel];
    const spectrum = fourier2d(picture, width, height);
    // The inverse transform is the forward one of the conjugate; the result is real, so its own conjugate needs no care.
    for (let i = 0; i < count; i++) {
      const re = spectrum.re[i] * turnRe[i] - spectrum.im[i] * turnIm[i];
      spectrum.im[i] = -(spectrum.re[i] * turnIm[i] + spectrum.im[i] * turnRe[i]);
      spectrum.re[i] = re;
    }
    const { re } = fourier2d(spectrum, width, height);
    for (let i = 0; i < count; i++) out[channels * i + channel] = re[i] / count;
  }
  return out;
}

/** A field of RGB as a picture. */
export function toPixels(field: Float64Array, width: number, height: number): Pixels {
  return { width, height, data: toBytes(field) };
}

/** Rounds to 8 bits; what is past black or white is cut. */
export function toBytes(field: Float64Array): Uint8Array {
  const data = new Uint8Array(field.length);
  for (let i = 0; i < field.length; i++) {
    const level = Math.floor(field[i] + 0.5);
    data[i] = level < 0 ? 0 : level > 255 ? 255 : level;
  }
  return data;
}
