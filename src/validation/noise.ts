import type { Random } from "../statistics/mod.ts";

/**
 * How responses vary over images of one condition: `normal`, `skewed` (exponential), `heavy-tailed` (Student's t with 5 degrees
 * of freedom), or `shared` (normal, half of the variance common to all units of a layer).
 */
export const NOISES = ["normal", "skewed", "heavy-tailed", "shared"] as const;
/** One of {@linkcode NOISES}. */
export type Noise = typeof NOISES[number];

/** Share of the variance that all units of a layer have in common. */
export function sharedByAll(noise: Noise): number {
  return noise === "shared" ? 0.5 : 0;
}

/** Draws of mean 0 and variance 1. */
export function noiseSource(noise: Noise, random: Random): () => number {
  if (noise === "skewed") return () => -Math.log(random.uniform()) - 1;
  if (noise === "heavy-tailed") return () => random.student(5) / Math.sqrt(5 / 3);
  return () => random.normal();
}
