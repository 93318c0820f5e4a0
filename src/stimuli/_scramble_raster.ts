import { scrambleSamples } from "./phase_scramble.ts";
import { resizeAndCrop } from "./preprocess.ts";
import { fromPlanes, type Raster } from "./raster.ts";

/** Photographs are scrambled at this size at most: what networks see, and a twentieth of the time. */
export const SCRAMBLED_SIDE = 256;

/**
 * Phase-scrambles an image. One of which both sides are longer than 256 pixels is cut square and reduced to 256 first (bicubic,
 * antialiased).
 *
 * @param seed An integer in 0–4,294,967,295.
 */
export function scrambleRaster(image: Raster, seed: number): Raster {
  const reduced = reduce(image);
  return { ...reduced, data: scrambleSamples(reduced, seed) };
}

function reduce(image: Raster): Raster {
  if (Math.min(image.width, image.height) <= SCRAMBLED_SIDE) return image;
  const [width, height] = [SCRAMBLED_SIDE, SCRAMBLED_SIDE];
  return fromPlanes(resizeAndCrop(image, { resize: width, crop: width, interpolation: "bicubic" }), { width, height });
}
