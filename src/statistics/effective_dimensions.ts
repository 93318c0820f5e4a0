import { RowProducts } from "../kernels/mod.ts";

/** More channels than these are thinned evenly: the time grows with their square. */
const MOST_CHANNELS = 512;

/**
 * In how many directions channels vary over images: the participation ratio (Σλ)² / Σλ² of the eigenvalues λ of their
 * correlation matrix, from 1 (all rise and fall together) to the number of channels (none is like another).
 *
 * Gao & Ganguli 2015, doi:10.1016/j.conb.2015.04.003.
 *
 * @param responses `[images, channels]`; channels that do not vary are left out.
 * @returns 0 where nothing varies.
 */
export function effectiveDimensions(responses: Float32Array, channels: number): number {
  const images = channels === 0 ? 0 : responses.length / channels;
  if (images < 2) return 0;
  const step = Math.ceil(channels / MOST_CHANNELS), standardized: Float64Array[] = [];
  for (let channel = 0; channel < channels; channel += step) {
    const own = Float64Array.from({ length: images }, (_, image) => responses[image * channels + channel]);
    const mean = own.reduce((sum, value) => sum + value, 0) / images;
    const length = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    if (length > 1e-6 * Math.abs(mean) && Number.isFinite(length)) {
      standardized.push(own.map((value) => (value - mean) / length));
    }
  }
  const count = standardized.length;
  if (count < 2) return count;
  const correlations = (products ??= new RowProducts()).products(
    count,
    images,
    (row, into) => into.set(standardized[row]),
  );
  let squares = 0;
  for (let pair = 0; pair < correlations.length; pair++) squares += correlations[pair] * correlations[pair];
  return count * count / (count + 2 * squares);
}

let products: RowProducts | undefined;
