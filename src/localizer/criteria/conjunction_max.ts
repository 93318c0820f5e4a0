import type { Criterion, SelectionInput } from "../criterion.ts";
import { oneSidedPValues } from "../one_sided_p_values.ts";
import type { Moments } from "../recording.ts";
import { rejected } from "../rejected.ts";
import { welch } from "../welch.ts";
import { conjunctionOf, contrastsOf } from "./_conjunction_of.ts";

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
  exclusive: true,
  variances: "each",
  select,
};

function select(input: SelectionInput): Uint8Array {
  const contrasts = contrastsOf(input);
  // Only units that pass every contrast uncorrected can pass corrected: p is computed for few.
  const units = selectedOf(conjunctionOf(input, { test: "welch", alpha: ALPHA, correction: "none" }));
  const target = gather(contrasts.moments[input.target], units);
  const largest = new Float64Array(contrasts.units).fill(1);
  units.forEach((unit) => largest[unit] = 0);
  for (const k of contrasts.others(input.target)) {
    const p = oneSidedPValues(welch(target, gather(contrasts.moments[k], units)));
    units.forEach((unit, i) => largest[unit] = Math.max(largest[unit], p[i]));
  }
  return rejected(largest, ALPHA, "benjamini-hochberg");
}

function selectedOf(mask: Uint8Array): Uint32Array {
  const units = new Uint32Array(mask.length);
  let count = 0;
  for (let unit = 0; unit < mask.length; unit++) if (mask[unit] === 1) units[count++] = unit;
  return units.subarray(0, count);
}

function gather({ n, mean, m2 }: Moments, units: Uint32Array): Moments {
  return {
    n,
    mean: Float64Array.from(units, (unit) => mean[unit]),
    m2: Float64Array.from(units, (unit) => m2[unit]),
  };
}
