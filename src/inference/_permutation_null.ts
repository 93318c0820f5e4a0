import type { Criterion } from "../criteria/mod.ts";
import type { Design, LayerEvaluator, Split } from "../localize/mod.ts";
import { emptyMoments, meanOf, type Moments, permutationPValue, quantile, Random } from "../statistics/mod.ts";

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
 * Permutes condition labels over the blocks of each half. Blocks made from the images of others move with them: where a label
 * has a derived condition, that condition's block comes from the same images; the other derived blocks fill what is left.
 *
 * @param counts Images by `[condition][block]`.
 * @returns `[condition][block]`: where the moments come from.
 */
export function relabel(
  counts: readonly (readonly number[])[],
  { derived, sources, split, random }: Pick<Design, "derived" | "sources"> & {
    readonly split: Split;
    readonly random: Random;
  },
): Relabelled {
  const from = counts.map((blocks, condition) => blocks.map((_, block) => ({ condition, block })));
  const has = ({ condition, block }: Relabelled[number][number]): boolean => counts[condition][block] > 0;
  for (const half of [0, 1]) {
    const placesOf = (conditions: readonly number[]) =>
      conditions.flatMap((condition) => from[condition].map((_, block) => ({ condition, block })))
        .filter((place) => has(place) && split[place.block] === half);
    const places = placesOf([...counts.keys()].filter((condition) => !derived.includes(condition)));
    const order = Uint32Array.from(places.keys());
    random.shuffle(order, 0, order.length);
    places.forEach(({ condition, block }, i) => from[condition][block] = places[order[i]]);
    const made = placesOf(derived);
    const key = ({ condition, block }: { condition: number; block: number }): string => `${condition} ${block}`;
    const left = new Map(made.map((place) => [key(place), place]));
    const unfilled = made.filter((place) => {
      const source = sources[derived.indexOf(place.condition)];
      if (source < 0 || counts[source][place.block] === 0) return true;
      const moved = from[source][place.block];
      const at = key({ condition: derived[sources.indexOf(moved.condition)] ?? -1, block: moved.block });
      const found = left.get(at);
      if (found === undefined) return true;
      left.delete(at);
      from[place.condition][place.block] = found;
      return false;
    });
    const rest = [...left.values()];
    unfilled.forEach(({ condition, block }, i) => from[condition][block] = rest[i]);
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
      evaluator.halfOf(moments, { split, half, into, criteria: [criterion] }).select(criterion)
    );
    return design.targets.map((_, t) =>
      (selected[0][t].units.length + selected[1][t].units.length) / 2 / evaluator.populationOf(criterion)
    );
  };
  // Conditions that the criterion does not look at need not be put together.
  const nothing = emptyMoments(layer.layer.units);
  const used = (moments: readonly (readonly Moments[])[]): readonly (readonly Moments[])[] =>
    criterion.usesDerived
      ? moments
      : moments.map((blocks, condition) => design.derived.includes(condition) ? blocks.map(() => nothing) : blocks);
  const observed = proportions(used(layer.moments));
  const random = new Random(seed, "permuted labels");
  const permuted = Array.from({ length: permutations }, () => {
    const from = relabel(counts, { ...design, split, random });
    return proportions(
      used(from.map((blocks) => blocks.map(({ condition, block }) => layer.moments[condition][block]))),
    );
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
