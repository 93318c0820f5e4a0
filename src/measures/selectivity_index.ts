import type { UnitMeasure } from "./measure.ts";

/** The contrast of mean responses over their sum. */
export const SELECTIVITY_INDEX: UnitMeasure = {
  name: "specificity.index",
  kind: "unit",
  group: "specificity",
  range: [-1, 1],
  direction: 1,
  label: "selectivity index",
  short: "index",
  unit: "",
  format: "number",
  definition: "Mean over selected units of (μc − μ̄others)/(|μc| + |μ̄others|), on the half that did not select.",
  atFixedThreshold: true,
  doi: "10.1038/nn.2363",
  showsSpread: true,
  values({ moments, target, others, units }) {
    const own = moments[target].mean;
    return Float64Array.from(units, (unit) => {
      let sum = 0;
      for (const k of others) sum += moments[k].mean[unit];
      const rest = sum / others.length;
      const size = Math.abs(own[unit]) + Math.abs(rest);
      return size > 0 ? (own[unit] - rest) / size : 0;
    });
  },
};
