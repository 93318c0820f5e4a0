import type { Moments } from "../localizer/mod.ts";
import { type MatrixMultiply, replicateMoments } from "../resampling/mod.ts";
import { emptyMoments, type ImageLayout, type UnitSubset } from "./_layout.ts";
import { FoldMoments } from "./_replicate_rules.ts";

/** A tap's resampled units and the images to resample. */
export interface Resampling {
  readonly layout: ImageLayout;
  readonly subset: UnitSubset;
  /** `[replicates, images]`. */
  readonly weights: Float32Array;
  readonly multiply: MatrixMultiply;
}

/** Visits the moments of both folds in every bootstrap replicate; every condition is resampled within each fold. */
export async function eachReplicate(
  { layout, subset, weights, multiply }: Resampling,
  visit: (replicate: number, folds: readonly FoldMoments[]) => void,
): Promise<void> {
  const units = subset.columns.length;
  const present = layout.groups.flatMap((group, stratum) => (group.length > 0 ? [stratum] : []));
  let folds: FoldMoments[] | null = null;
  await replicateMoments({
    responses: subset.responses,
    units,
    groups: present.map((stratum) => layout.groups[stratum]),
    weights,
    multiply,
  }, (replicate, moments) => {
    folds ??= [0, 1].map((fold) =>
      new FoldMoments(
        layout.conditions.map((_, c) => {
          const at = present.indexOf(2 * c + fold);
          return at < 0 ? emptyMoments(units) : moments[at];
        }),
        units,
        layout.targets,
      )
    );
    for (const fold of folds) fold.renew();
    visit(replicate, folds);
  });
}

/** Moments over N images brought to a fold of n: the same mean, and the sum of squared deviations that n images expect. */
function bringTo(n: number, from: Moments, into: Moments): void {
  const factor = from.n > 1 ? ((n - 1) * from.n) / (from.n - 1) ** 2 : 0;
  into.mean.set(from.mean);
  for (let u = 0; u < into.m2.length; u++) into.m2[u] = from.m2[u] * factor;
}

/**
 * Visits what a fold might have shown in every bootstrap replicate. The images of a condition are resampled from both folds
 * together, all N of them, and their moments count as those of the n images that a fold has.
 *
 * A fold's mean errs with variance σ²/n. Resampling a fold around its own mean would add that noise a second time, and
 * whatever depends on a threshold would be seen too blurred. The mean over both folds errs with half of it and N = 2n
 * resampled images add the other half, so a replicate is distributed as a fold is.
 *
 * @param weights How often each image counts, with conditions as strata: `[replicates, images]`.
 */
export async function eachFoldSized(
  { layout, subset, weights, multiply }: Resampling,
  visit: (replicate: number, fold: FoldMoments) => void,
): Promise<void> {
  const units = subset.columns.length;
  const present = layout.wholes.flatMap((images, c) => (images.length > 0 ? [c] : []));
  const moments = layout.perFold.map((n) => ({ ...emptyMoments(units), n }));
  const fold = new FoldMoments(moments, units, layout.targets);
  await replicateMoments({
    responses: subset.responses,
    units,
    groups: present.map((c) => layout.wholes[c]),
    weights,
    multiply,
  }, (replicate, whole) => {
    present.forEach((c, i) => bringTo(layout.perFold[c], whole[i], moments[c]));
    fold.renew();
    visit(replicate, fold);
  });
}
