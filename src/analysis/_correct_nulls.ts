import { holm } from "../resampling/mod.ts";
import type { TapCategory, TapResult } from "../results/mod.ts";

/** Adds to every permutation p value its correction by Holm over the taps of the network, within each category. */
export function correctNulls(taps: readonly TapResult[], targets: readonly string[]): TapResult[] {
  const corrected = new Map(
    targets.map((
      category,
    ) => [category, holm(taps.map(({ categories }) => categories[category].null?.pValue ?? null))]),
  );
  return taps.map((tap, t) => ({
    ...tap,
    categories: Object.fromEntries(
      Object.entries(tap.categories).map(([category, own]): [string, TapCategory] => {
        const p = corrected.get(category)?.[t] ?? null;
        return [category, own.null === null || p === null ? own : { ...own, null: { ...own.null, correctedP: p } }];
      }),
    ),
  }));
}
