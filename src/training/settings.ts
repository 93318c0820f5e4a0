import type { ImageRange } from "./images.ts";

/**
 * How the mini networks are trained, all alike. The number of steps was chosen on seed 0 and the validation images, where
 * it was better than a third of it for every family (CONTRIBUTING.md has the numbers).
 */
export const SETTINGS = {
  steps: 1350,
  batch: 32,
  learningRate: 2e-3,
  seeds: [0, 1, 2, 3, 4, 5],
} as const;

/** The images that all of them learn from. */
export const TRAINING_IMAGES: ImageRange = { seed: 0, split: "train", count: 14_400 };

/** The images that the number of steps was chosen by; used for nothing else. */
export const VALIDATION_IMAGES: ImageRange = { seed: 0, split: "validation", count: 960 };

/** The first of them, which the linear readout is fitted on. */
export const READOUT_IMAGES: ImageRange = { ...TRAINING_IMAGES, count: 3_000 };

/** The images that accuracy is measured on; used for nothing else. */
export const TEST_IMAGES: ImageRange = { seed: 0, split: "test", count: 2_400 };
