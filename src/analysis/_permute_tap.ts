import type { TapRecording } from "../localizer/mod.ts";
import { permutationPValue, quantile } from "../resampling/mod.ts";
import type { TapCategory } from "../results/mod.ts";
import { type ImageLayout, subsetUnits } from "./_layout.ts";
import { permutationNull } from "./_permutation_null.ts";
import { rulesFor } from "./_resample_tap.ts";
import { MATCHED } from "./cell_table.ts";
import type { ResolvedOptions } from "./options.ts";

/** Permutations under criteria other than the main one, of which only the mean is used. */
const OTHER_PERMUTATIONS = 20;

/** The proportion of one category at one tap under permuted labels. */
export interface PermutedTap {
  /** Observed on the same units as the null. */
  readonly observed: number;
  /** By permutation. */
  readonly permuted: Float64Array;
}

/** Which image bears which label in which permutation. */
export interface Membership {
  readonly weights: Float32Array;
  readonly permutations: number;
}

/** The null of a category as results hold it. */
export function nullOf({ observed, permuted }: PermutedTap, level: number): TapCategory["null"] {
  const ascending = permuted.slice().sort();
  return {
    mean: permuted.reduce((sum, value) => sum + value, 0) / permuted.length,
    interval: [quantile(ascending, (1 - level) / 2), quantile(ascending, (1 + level) / 2)],
    pValue: permutationPValue(observed, permuted),
    permutations: permuted.length,
  };
}

/**
 * Selects under permuted labels, and under the observed ones on the same units.
 *
 * @returns By criterion, then category; empty where nothing is permuted.
 */
export async function permuteTap(
  tap: TapRecording,
  { layout, options, membership }: { layout: ImageLayout; options: ResolvedOptions; membership: Membership | null },
): Promise<Map<string, Map<string, PermutedTap>>> {
  if (membership === null) return new Map();
  const subset = subsetUnits(tap, options.resampledUnits, options.seed);
  const rules = rulesFor(options, layout, subset.columns.length, {
    main: membership.permutations,
    others: OTHER_PERMUTATIONS,
  }).filter(({ rule }) => rule.name !== MATCHED);
  const input = { layout, subset, rules, multiply: options.multiply };
  const permuted = await permutationNull({ ...input, membership });
  const observed = await permutationNull({ ...input, membership: asObserved(layout) });
  return new Map(rules.map(({ rule }, r) => [
    rule.name,
    new Map(options.targets.map((category, t) => [
      category,
      { observed: observed[r][t][0], permuted: permuted[r][t] },
    ])),
  ]));
}

/** The labels as they are, in the form of one permutation. */
function asObserved({ strata, conditions }: ImageLayout): Membership {
  const weights = new Float32Array(conditions.length * strata.length);
  strata.forEach((stratum, i) => weights[(stratum >> 1) * strata.length + i] = 1);
  return { weights, permutations: 1 };
}
