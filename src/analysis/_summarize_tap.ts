import { diceByChance, foldDice, type Measure } from "../measures/mod.ts";
import type { CriterionSummary } from "../results/mod.ts";
import type { FoldMeasures } from "./_measure_folds.ts";
import type { FoldSelections } from "./_select_folds.ts";

/** How far two selections agree. */
export interface Overlap {
  readonly value: number | null;
  readonly chance: number | null;
  readonly reason?: string;
}

/** How far the selections of the two folds agree, and random ones of the same sizes would. */
export function overlapOf(
  folds: FoldSelections,
  target: number,
  units: number,
  untold: readonly (string | null)[],
): Overlap {
  const [first, second] = folds.map((fold) => fold[target]);
  const reason = untold.find((each) => each !== null);
  if (reason) return { value: null, chance: null, reason };
  const value = foldDice(first.mask, second.mask);
  const chance = diceByChance(first.units.length, second.units.length, units);
  return value === null ? { value, chance, reason: "no unit is selected" } : { value, chance };
}

/** The first reason there is, for an object that has a null. */
export function reasonIn(...measures: readonly { readonly reason?: string | undefined }[]): { reason?: string } {
  const reason = measures.find((measure) => measure.reason !== undefined)?.reason;
  return reason === undefined ? {} : { reason };
}

/** A rule's measures of one category in short. */
export function summarize(found: FoldMeasures, proportion: Measure, dice: Overlap | null): CriterionSummary {
  const { specificity, within, across, strength } = found;
  const { dprime, index, exclusivity } = specificity;
  const measures: Measure[] = [dprime, index, exclusivity, strength.response, strength.lead];
  const scores = [within.entropy, across.gini].filter(({ z }) => z === null);
  return {
    ...reasonIn(proportion, dice ?? {}, ...measures, ...scores),
    selected: found.selected,
    proportion: proportion.value,
    dprime: found.specificity.dprime.value,
    index: found.specificity.index.value,
    exclusivity: found.specificity.exclusivity.value,
    withinEntropyZ: found.within.entropy.z,
    acrossGiniZ: found.across.gini.z,
    response: found.strength.response.value,
    lead: found.strength.lead.value,
    foldDice: dice?.value ?? null,
    foldDiceChance: dice?.chance ?? null,
  };
}
