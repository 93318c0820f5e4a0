import type { Criterion } from "../criteria/mod.ts";
import type { LayerEvaluator, Split } from "../localize/mod.ts";
import { meanOf, type Moments, permutationPValue, quantile, Random } from "../statistics/mod.ts";

/** The proportion of one target with condition labels permuted, and as observed on the same units. */
export interface Permuted {
  /** With labels as they are. */
  readonly observed: number;
  /** By permutation. */
  readonly permuted: Float64Array;
}

/** For every block, the condition and block whose moments take its place under permuted labels. */
type Relabelled = readonly (readonly { readonly condition: number; readonly block: number }[])[];

/**
 * Permutes condition labels over the blocks of each half. Conditions made from the images of others keep their place.
 *
 * @returns `[condition][block]`: where the moments come from.
 */
function relabel(
  counts: readonly (readonly number[])[],
  fixed: readonly number[],
  split: Split,
  random: Random,
): Relabelled {
  const from = counts.map((blocks, condition) => blocks.map((_, block) => ({ condition, block })));
  for (const half of [0, 1]) {
    const places = counts.flatMap((blocks, condition) =>
      fixed.includes(condition)
        ? []
        : blocks.flatMap((n, block) => n > 0 && split[block] === half ? [{ condition, block }] : [])
    );
    const order = Uint32Array.from(places.keys());
    random.shuffle(order, 0, order.length);
    places.forEach((place, i) => from[place.condition][place.block] = places[order[i]]);
  }
  return from;
}

/**
 * Selects units with condition labels permuted over blocks: how many are selected where conditions do not matter.
 *
 * @returns One per target: the mean count of both halves as a share of the units that can be selected.
 */
export function permutationNull(
  evaluator: LayerEvaluator,
  { split, criterion, permutations, seed }: {
    readonly split: Split;
    readonly criterion: Criterion;
    readonly permutations: number;
    readonly seed: number;
  },
): Permuted[] {
  const { layer, design } = evaluator;
  const counts = layer.moments.map((blocks) => blocks.map(({ n }) => n));
  const into = evaluator.buffers(0);
  const proportions = (moments: readonly (readonly Moments[])[]): number[] => {
    const selected = ([0, 1] as const).map((half) =>
      evaluator.halfOf(moments, { split, half, into }).select(criterion)
    );
    return design.targets.map((_, t) =>
      (selected[0][t].units.length + selected[1][t].units.length) / 2 / evaluator.populationOf(criterion)
    );
  };
  const observed = proportions(layer.moments);
  const random = new Random(seed, "permuted labels");
  const permuted = Array.from({ length: permutations }, () => {
    const from = relabel(counts, design.derived, split, random);
    return proportions(from.map((blocks) => blocks.map(({ condition, block }) => layer.moments[condition][block])));
  });
  return design.targets.map((_, t) => ({
    observed: observed[t],
    permuted: Float64Array.from(permuted, (own) => own[t]),
  }));
}

/** The null of a target as results hold it. */
export function nullOf(
  { observed, permuted }: Permuted,
  level: number,
): { mean: number; interval: [number, number]; pValue: number; permutations: number } {
  const ascending = permuted.slice().sort();
  return {
    mean: meanOf(permuted)!,
    interval: [quantile(ascending, (1 - level) / 2), quantile(ascending, (1 + level) / 2)],
    pValue: permutationPValue(observed, permuted),
    permutations: permuted.length,
  };
}
