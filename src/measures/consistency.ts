import { correlated, correlationOf } from "../statistics/mod.ts";
import { measured, type NetworkMeasure, unmeasured } from "./measure.ts";

/** Dissimilarities are taken where a layer has at least this many units to compare over. */
export const LEAST_COMPARED = 8;

/** How alike a network represents images from layer to layer. */
export interface ConsistencyMatrix {
  /** Spearman correlation between layers' dissimilarities, `[layers][layers]`; null where a layer has none. */
  readonly matrix: (number | null)[][];
  /** Mean over the pairs of different layers that both have dissimilarities; null where there is no pair. */
  readonly mean: number | null;
}

/** Correlates the dissimilarities of every pair of layers, given as ranks over the same pairs of images. */
export function consistencyMatrix(ranked: readonly (Float64Array | null)[]): ConsistencyMatrix {
  const matrix: (number | null)[][] = ranked.map(() => ranked.map(() => null));
  let sum = 0;
  let count = 0;
  const layers = ranked.map((each) => each === null ? null : correlated(each));
  layers.forEach((a, i) => {
    for (let j = i; j < layers.length; j++) {
      const b = layers[j];
      if (a === null || b === null) continue;
      const value = correlationOf(a, b);
      matrix[i][j] = matrix[j][i] = value !== null && i === j ? 1 : value;
      if (i === j || value === null) continue;
      sum += value;
      count++;
    }
  });
  return { matrix, mean: count > 0 ? sum / count : null };
}

/** Spearman's correlation between layers' dissimilarities of the same images (Nili et al. 2014). */
export const CONSISTENCY: NetworkMeasure = {
  name: "consistency",
  kind: "network",
  group: "consistency",
  range: [-1, 1],
  direction: 1,
  label: "consistency over layers",
  short: "consistency",
  unit: "",
  format: "number",
  definition:
    "Mean over pairs of layers of Spearman's correlation between their dissimilarities (1 − Pearson) of the " +
    `same images, on the half that did not select; over selected units, the mean over draws of ${LEAST_COMPARED} of them.`,
  doi: "10.1371/journal.pcbi.1003553",
  primary: true,
  smallest: { scale: "difference", value: 0.05 },
  primaryOver: "all units",
  needsDissimilarities: true,
  value({ rankedDissimilarities }) {
    const { mean } = consistencyMatrix(rankedDissimilarities);
    return mean === null
      ? unmeasured(`fewer than two layers have ${LEAST_COMPARED} units to compare over`)
      : measured(mean);
  },
};
