import type { UnitMeasure } from "./measure.ts";

/** Welch's t of the selected units, averaged over the other conditions. */
export const MEAN_T: UnitMeasure = {
  name: "specificity.t",
  kind: "unit",
  group: "specificity",
  range: [null, null],
  direction: 1,
  label: "mean t against the other conditions",
  short: "t",
  unit: "",
  format: "number",
  definition: "Mean over selected units of the mean of Welch's t against each other condition, " +
    "on the half that did not select.",
  atFixedThreshold: true,
  doi: "10.1093/biomet/34.1-2.28",
  needsVariance: true,
  values({ moments, target, others, units }) {
    const own = moments[target];
    const t = new Float64Array(units.length);
    for (const k of others) {
      const other = moments[k];
      for (let i = 0; i < t.length; i++) {
        const unit = units[i];
        const error = Math.max(0, own.m2[unit]) / (own.n - 1) / own.n +
          Math.max(0, other.m2[unit]) / (other.n - 1) / other.n;
        if (error > 0) t[i] += (own.mean[unit] - other.mean[unit]) / Math.sqrt(error);
      }
    }
    for (let i = 0; i < t.length; i++) t[i] /= others.length;
    return t;
  },
};
