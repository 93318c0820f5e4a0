import { type MatrixMultiply, permutedLabels, replicateMoments } from "../resampling/mod.ts";
import { emptyMoments, type ImageLayout, type UnitSubset } from "./_layout.ts";
import { FoldMoments } from "./_replicate_rules.ts";
import type { ResampledRule } from "./_bootstrap_selection.ts";

/** Proportions under permuted condition labels, averaged over the two folds: `[rule][target][permutation]`. */
export type PermutedProportions = readonly (readonly Float64Array[])[];

/** Which image bears which label in which permutation; the same for every tap and network of the same images. */
export function permutedMembership(
  layout: ImageLayout,
  permutations: number,
  seed: number,
): { readonly weights: Float32Array; readonly permutations: number } {
  const { strata, conditions } = layout;
  const images = strata.length;
  const folds = strata.map((stratum) => stratum % 2);
  const labels = permutedLabels(strata.map((stratum) => stratum >> 1), folds, permutations, seed);
  const weights = new Float32Array(permutations * conditions.length * images);
  for (let p = 0; p < permutations; p++) {
    for (let i = 0; i < images; i++) weights[(p * conditions.length + labels[p * images + i]) * images + i] = 1;
  }
  return { weights, permutations };
}

/**
 * Selects units under permuted labels: the proportion that arises when conditions do not matter.
 *
 * @returns Proportions of the resampled units.
 */
export async function permutationNull(
  { layout, subset, membership, rules, multiply }: {
    layout: ImageLayout;
    subset: UnitSubset;
    membership: { readonly weights: Float32Array; readonly permutations: number };
    rules: readonly ResampledRule[];
    multiply: MatrixMultiply;
  },
): Promise<PermutedProportions> {
  const units = subset.columns.length;
  const { conditions, targets, strata } = layout;
  const perFold = [0, 1].map((fold) =>
    Int32Array.from(Array.from(strata).flatMap((stratum, i) => (stratum % 2 === fold ? [i] : [])))
  );
  const present = [0, 1].filter((fold) => perFold[fold].length > 0);
  // A target without images in a fold has none there under permuted labels either.
  const testing = targets.map((c) => present.map((fold) => strata.includes(2 * c + fold)));
  const counts = testing.map((own) => own.filter(Boolean).length);
  const buffers = present.map(() => conditions.map(() => emptyMoments(units)));
  const folds = buffers.map((moments) => new FoldMoments(moments, units, targets));
  const masks = targets.map(() => new Uint8Array(units));
  const proportions = rules.map(({ replicates }) =>
    targets.map(() => new Float64Array(Math.min(replicates, membership.permutations)))
  );
  await replicateMoments({
    responses: subset.responses,
    units,
    groups: present.map((fold) => perFold[fold]),
    weights: membership.weights,
    multiply,
    chunk: 16 * conditions.length,
  }, (row, moments) => {
    const condition = row % conditions.length;
    moments.forEach((own, f) => {
      const into = buffers[f][condition] as { n: number; mean: Float64Array; m2: Float64Array };
      into.n = own.n;
      into.mean.set(own.mean);
      into.m2.set(own.m2);
    });
    if (condition < conditions.length - 1) return;
    const permutation = Math.floor(row / conditions.length);
    for (const [f, fold] of folds.entries()) {
      fold.renew();
      rules.forEach(({ rule }, r) => {
        if (permutation >= proportions[r][0].length) return;
        rule.select(fold, masks);
        masks.forEach((mask, t) => {
          if (!testing[t][f]) return;
          let selected = 0;
          for (let u = 0; u < units; u++) selected += mask[u];
          proportions[r][t][permutation] += selected / units / counts[t];
        });
      });
    }
  });
  return proportions;
}
