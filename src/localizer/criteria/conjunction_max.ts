import type { Criterion, SelectionInput } from "../criterion.ts";
import { oneSidedPValues } from "../one_sided_p_values.ts";
import { rejected } from "../rejected.ts";
import { welch } from "../welch.ts";
import { contrastsOf } from "./_conjunction_of.ts";

const ALPHA = 0.05;

/**
 * Selective against each other condition at once, the false discovery rate held over the units selected.
 *
 * A unit that fails to exceed any one condition is a false discovery; its largest p is then a valid p of that null, whatever
 * the other contrasts are, and Benjamini and Hochberg's step over these p values bounds the share of false discoveries.
 */
export const CONJUNCTION_MAX: Criterion = {
  name: "conjunction-max",
  definition: "the largest one-sided Welch p over the contrasts with each other condition, p < 0.05 after " +
    "Benjamini–Hochberg over the units of the tap (the conjunction null)",
  status: "established",
  source: "Test of the conjunction null: Nichols et al. 2005, NeuroImage; correction: Benjamini & Hochberg 1995",
  doi: "10.1016/j.neuroimage.2004.12.005",
  needsResponses: false,
  population: "units",
  select,
};

function select(input: SelectionInput): Uint8Array {
  const contrasts = contrastsOf(input);
  const others = contrasts.others(input.target);
  const target = contrasts.moments[input.target];
  if (others.length === 0 || target.n === 0) return new Uint8Array(contrasts.units);
  const largest = new Float64Array(contrasts.units);
  for (const k of others) {
    const p = oneSidedPValues(welch(target, contrasts.moments[k]), ALPHA);
    for (let i = 0; i < p.length; i++) if (p[i] > largest[i]) largest[i] = p[i];
  }
  return rejected(largest, ALPHA, "benjamini-hochberg");
}
