import type { UnitMeasure } from "./measure.ts";

/** Lifetime sparseness over conditions, in the form of Vinje & Gallant 2000, after Rolls & Tovee 1995. */
export const SPARSENESS: UnitMeasure = {
  name: "specificity.sparseness",
  kind: "unit",
  group: "specificity",
  range: [0, 1],
  direction: 1,
  label: "lifetime sparseness",
  short: "sparseness",
  unit: "",
  format: "number",
  definition: "Mean over selected units of lifetime sparseness over rectified condition means, " +
    "on the half that did not select.",
  atFixedThreshold: true,
  doi: "10.1126/science.287.5456.1273",
  values({ moments, target, others, units }) {
    const conditions = [target, ...others];
    const sums = new Float64Array(units.length);
    const squares = new Float64Array(units.length);
    for (const k of conditions) {
      const { mean } = moments[k];
      for (let i = 0; i < sums.length; i++) {
        const positive = Math.max(0, mean[units[i]]);
        sums[i] += positive;
        squares[i] += positive * positive;
      }
    }
    const values = new Float64Array(units.length);
    for (let i = 0; i < values.length; i++) {
      if (!(squares[i] > 0)) continue;
      const evenness = sums[i] * sums[i] / conditions.length / squares[i];
      values[i] = Math.min(1, Math.max(0, (1 - evenness) / (1 - 1 / conditions.length)));
    }
    return values;
  },
};
