import { axisWeights } from "./_axis_weights.ts";
import { filterLines } from "./_filter_lines.ts";
import type { AxisWeights, Interpolation } from "./_axis_weights.ts";
import type { Raster } from "./raster.ts";
import type { Pixels } from "./stimulus.ts";

export type { Interpolation };

/** How a network wants its images: shorter side, centre crop, and normalisation of values in 0–1. */
export interface Preprocessing {
  /** Length of the shorter side after resizing, in pixels. */
  readonly resize: number;
  /** Side of the square cut from the centre, in pixels; at most `resize`. */
  readonly crop: number;
  /** Filter of the resizing, antialiased except for `nearest`. */
  readonly interpolation: Interpolation;
  /** Subtracted from each of the three channels, in units of full scale. */
  readonly mean: readonly number[];
  /** Divides each of the three channels after that. */
  readonly std: readonly number[];
}

/** Red, green and blue, each `[rows, columns]`; the same array three times where the image is grey. */
export type Planes = readonly [Uint8Array, Uint8Array, Uint8Array];

/** The part of a recipe that gives 8-bit samples. */
export type Resizing = Pick<Preprocessing, "resize" | "crop" | "interpolation">;

/**
 * Resizes the shorter side, cuts the centre and normalises, to the bit as torchvision does through Pillow on 8-bit images
 * (antialiased, two fixed-point passes, rounded to 8 bits after each).
 *
 * @param pixels An image of any size.
 * @param recipe What the network was trained with.
 * @returns Channels first, `[3, crop, crop]`.
 * @throws {RangeError} where the crop does not fit the resized image or the image has no pixels.
 */
export function preprocess(pixels: Pixels, recipe: Preprocessing): Float32Array {
  return normalise(resizeAndCrop(pixels, recipe), recipe);
}

/**
 * The last part of {@linkcode preprocess}: from 8 bits to numbers around 0.
 *
 * @param planes Red, green and blue, each `[crop, crop]`.
 * @returns Channels first, `[3, crop, crop]`.
 */
export function normalise(
  planes: readonly Uint8Array[],
  { mean, std }: Pick<Preprocessing, "mean" | "std">,
): Float32Array {
  const size = planes[0].length;
  const out = new Float32Array(3 * size);
  for (let channel = 0; channel < 3; channel++) {
    const table = normalised(mean[channel], std[channel]);
    const plane = planes[channel];
    const to = out.subarray(channel * size, (channel + 1) * size);
    for (let i = 0; i < size; i++) to[i] = table[plane[i]];
  }
  return out;
}

/**
 * The 8-bit part of {@linkcode preprocess}: resized and cropped, not yet normalised.
 *
 * @param pixels In RGB, or grey with one sample a pixel.
 * @returns Red, green and blue, each `[crop, crop]`; the same array three times where the image is grey.
 * @throws {RangeError} as {@linkcode preprocess}.
 */
export function resizeAndCrop(
  pixels: Pixels | Raster,
  { resize, crop, interpolation }: Resizing,
): Planes {
  const { width, height } = pixels;
  if (!(width > 0 && height > 0)) throw new RangeError(`Cannot resize an image of ${width}x${height}; expected pixels`);
  if (!(Number.isInteger(crop) && crop > 0 && crop <= resize)) {
    throw new RangeError(`Cannot crop ${crop} of ${resize} pixels; expected a whole number from 1 to ${resize}`);
  }
  const [columns, rows] = resizedSize(width, height, resize);
  const left = halfToEven(columns - crop);
  const top = halfToEven(rows - crop);
  const across = axisWeights(width, columns, { interpolation, from: left, length: crop });
  const down = axisWeights(height, rows, { interpolation, from: top, length: crop });
  const channels = pixels.data.length / (width * height);
  const plane = (channel: number): Uint8Array => resample(pixels, { channel, channels, across, down });
  const red = plane(0);
  return channels === 1 || isGrey(pixels) ? [red, red, red] : [red, plane(1), plane(2)];
}

/** The longer side is rounded down, as torchvision does. */
function resizedSize(width: number, height: number, side: number): [number, number] {
  return width <= height ? [side, Math.trunc(side * height / width)] : [Math.trunc(side * width / height), side];
}

/** Half of a margin, rounded as Python rounds: halves go to the even number. */
function halfToEven(margin: number): number {
  const half = Math.floor(margin / 2);
  return margin % 2 === 0 ? half : half + (half % 2);
}

function isGrey({ data }: Pixels): boolean {
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return true;
}

/** Rows first, then columns; only what the crop needs is computed. */
function resample(
  { width, data }: Pixels,
  { channel, channels, across, down }: {
    readonly channel: number;
    readonly channels: number;
    readonly across: AxisWeights;
    readonly down: AxisWeights;
  },
): Uint8Array {
  const last = down.first.length - 1;
  const top = down.first[0];
  const height = down.first[last] + down.count[last] - top;
  const start = top * width * channels + channel;
  const narrow = filterLines(data, { start, step: channels, stride: width * channels, lines: height }, across);
  return filterLines(narrow, { start: -top, step: 1, stride: height, lines: across.first.length }, down);
}

/** The 256 results in float32, each step rounded as a tensor would be. */
function normalised(mean: number, std: number): Float32Array {
  const [m, s] = [Math.fround(mean), Math.fround(std)];
  return Float32Array.from({ length: 256 }, (_, i) => Math.fround(Math.fround(Math.fround(i / 255) - m) / s));
}
