import { type Moments, Random } from "../src/statistics/mod.ts";

/** Four categories and what they are compared with. */
export const CONDITIONS = ["faces", "bodies", "places", "words", "objects", "scrambled places", "scrambled words"];
/** Indices of the categories. */
export const TARGETS = [0, 1, 2, 3];
/** Images of each condition. */
export const IMAGES = 40;

/** Moments of rectified units, some of which differ between conditions; one per condition. */
export function layerMoments(units: number): Moments[] {
  const random = new Random(1, "bench/moments");
  const level = Float32Array.from({ length: units }, () => Math.abs(random.normal()));
  return CONDITIONS.map(() => ({
    n: IMAGES,
    mean: level.map((value) => Math.max(0, value + 0.1 * random.normal())),
    m2: level.map((value) => value * (IMAGES - 1) * (0.5 + random.uniform())),
  }));
}
