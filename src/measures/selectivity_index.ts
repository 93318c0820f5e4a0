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
    const values = new Float64Array(units.length);
    for (const k of others) {
      const { mean } = moments[k];
      for (let i = 0; i < values.length; i++) values[i] += mean[units[i]];
    }
    for (let i = 0; i < values.length; i++) {
      const rest = values[i] / others.length;
      const size = Math.abs(own[units[i]]) + Math.abs(rest);
      values[i] = size > 0 ? (own[units[i]] - rest) / size : 0;
    }
    return values;
  },
};
