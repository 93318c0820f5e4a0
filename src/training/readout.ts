import { fitRidge, predictRidge } from "./ridge.ts";
import type { Accuracy } from "./evaluate.ts";

/**
 * How well a linear readout tells the classes of unseen images from a network's last layer, the one task that all
 * networks share: ridge regression on each class's one-hot code; the class of the largest value is the answer.
 *
 * @param features `[images, channels]` after the global average pool, of the images to learn from and of unseen ones.
 * @param labels The class of each.
 */
export function linearReadout(
  learned: { readonly features: readonly Float32Array[]; readonly labels: readonly number[] },
  unseen: { readonly features: readonly Float32Array[]; readonly labels: readonly number[] },
  classes: number,
): Accuracy {
  const targets = learned.labels.map((label) => Float64Array.from({ length: classes }, (_, c) => Number(c === label)));
  const fit = fitRidge(learned.features, targets);
  let right = 0;
  unseen.features.forEach((row, image) => {
    const values = predictRidge(fit, row);
    right += Number(values.indexOf(Math.max(...values)) === unseen.labels[image]);
  });
  const images = unseen.labels.length;
  return {
    task: `the right one of ${classes} classes, by a linear readout of the last layer`,
    value: Math.round(right / images * 1e6) / 1e6,
    chance: Math.round(1e6 / classes) / 1e6,
    images,
  };
}
