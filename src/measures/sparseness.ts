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
    return Float64Array.from(units, (unit) => {
      let sum = 0;
      let squares = 0;
      for (const k of conditions) {
        const mean = Math.max(0, moments[k].mean[unit]);
        sum += mean;
        squares += mean * mean;
      }
      if (!(squares > 0)) return 0;
      const evenness = sum * sum / conditions.length / squares;
      return Math.min(1, Math.max(0, (1 - evenness) / (1 - 1 / conditions.length)));
    });
  },
};
