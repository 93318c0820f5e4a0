import { Random } from "./_procedural/random.ts";
import { scrambledField, toBytes } from "./_procedural/scrambled_field.ts";
import { STREAMS } from "./_procedural/streams.ts";
import type { Raster } from "./raster.ts";
import type { Pixels } from "./stimulus.ts";

/**
 * Scrambles a picture in the Fourier domain: the amplitude of every spatial frequency is kept, its phase is moved by a
 * random angle, the same one in the three channels, so that colours stay as they go together. What falls past black or
 * white is cut, which is all that changes the spectrum. The same bytes on every platform.
 *
 * @param pixels A picture of any size.
 * @param options `seed`: an integer in 0–4,294,967,295; another seed gives another scramble.
 * @returns A new picture of the same size.
 * @throws {RangeError} where the seed is out of range or the picture has no pixels.
 *
 * @example
 * ```ts
 * import { phaseScramble } from "@fusiform/fusiform/stimuli";
 *
 * const grey = { width: 4, height: 4, data: new Uint8Array(48).fill(128) };
 * phaseScramble(grey, { seed: 1 }).data[0]; // 128
 * ```
 */
export function phaseScramble(pixels: Pixels, { seed }: { readonly seed: number }): Pixels {
  if (!Number.isInteger(seed) || seed < 0 || seed > 4294967295) {
    throw new RangeError(`Cannot scramble a picture: seed is ${seed}; expected an integer in 0–4294967295`);
  }
  const { width, height, data } = pixels;
  if (!(width > 0 && height > 0) || data.length !== 3 * width * height) {
    throw new RangeError(
      `Cannot scramble a picture: ${data.length} bytes for ${width}×${height} pixels; expected ${3 * width * height}`,
    );
  }
  return { width, height, data: scrambleSamples(pixels, seed) };
}

/** Scrambles a picture of checked size, in RGB or grey. */
export function scrambleSamples(picture: Pixels | Raster, seed: number): Uint8Array {
  return toBytes(scrambledField(picture, new Random([STREAMS.scramble, seed, 0])));
}
