import { areStored, emptyMoments, type Moments, poolMoments, poolMomentsInto, unitsOf } from "../statistics/mod.ts";
import type { Split } from "./splits.ts";

/**
 * Arrays for the moments of one half, a pair a condition, filled again and again where halves are many and layers large. They
 * begin empty; a pair is made when a condition first needs it.
 */
export type HalfArrays = { readonly mean: Float64Array; readonly m2: Float64Array }[];

/**
 * Moments of the images of one half, one per condition.
 *
 * Where a block is deleted, what is left counts as many images as the half had, so that tests keep their nominal n: the mean
 * stays, and the sum of squared deviations grows with n.
 *
 * @param moments `[condition][block]`.
 * @param input.without A block of this half to leave out.
 * @param input.into Arrays to fill. @default new ones
 * @param input.none What stands for a condition without images here. @default new ones
 */
export function halfMoments(
  moments: readonly (readonly Moments[])[],
  { split, half, without, into, none }: {
    readonly split: Split;
    readonly half: 0 | 1;
    readonly without?: number;
    readonly into?: HalfArrays;
    readonly none?: Moments;
  },
): Moments[] {
  return moments.map((blocks, condition) => {
    const kept = blocks.filter(({ n }, block) => n > 0 && split[block] === half && block !== without);
    const units = unitsOf(blocks[0]);
    if (kept.length === 0) return none ?? emptyMoments(units);
    const nominal = blocks.reduce((sum, { n }, block) => split[block] === half ? sum + n : sum, 0);
    if (kept.length === 1 && kept[0].n === nominal && !areStored(kept[0])) return kept[0];
    const pooled = into === undefined ? poolMoments(...kept) : poolMomentsInto(
      into[condition] ??= { mean: new Float64Array(units), m2: new Float64Array(units) },
      kept,
    );
    if (pooled.n === nominal) return pooled;
    const factor = nominal / pooled.n;
    for (let i = 0; i < units; i++) pooled.m2[i] *= factor;
    return { n: nominal, mean: pooled.mean, m2: pooled.m2 };
  });
}

/** Moments of both halves together, one condition after the other in the same arrays: each is overwritten when the next is asked for. */
export function* unionInTurn([first, second]: readonly [readonly Moments[], readonly Moments[]]): Generator<Moments> {
  const units = unitsOf(first[0]);
  const into = { mean: new Float64Array(units), m2: new Float64Array(units) };
  for (const [condition, own] of first.entries()) yield poolMomentsInto(into, [own, second[condition]]);
}
