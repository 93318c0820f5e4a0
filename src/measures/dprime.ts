import type { UnitMeasure } from "./measure.ts";

/** Sensitivity of the selected units for their category against the runner-up. */
export const DPRIME: UnitMeasure = {
  name: "specificity.dprime",
  kind: "unit",
  group: "specificity",
  range: [null, null],
  direction: 1,
  label: "d′ against the runner-up",
  short: "d′",
  unit: "",
  format: "number",
  definition: "Mean over selected units of d′ between the category and the runner-up, the other condition with the " +
    "largest mean on the half that selected; measured on the other half.",
  atFixedThreshold: true,
  doi: "10.1073/pnas.1423328112",
  primary: true,
  smallest: { scale: "difference", value: 0.1 },
  needsVariance: true,
  showsSpread: true,
  values({ moments, target, units, runnerUp }) {
    const own = moments[target];
    const values = new Float64Array(units.length);
    for (let i = 0; i < values.length; i++) {
      const unit = units[i];
      const other = moments[runnerUp[i]];
      const variance = (Math.max(0, own.m2[unit]) / (own.n - 1) + Math.max(0, other.m2[unit]) / (other.n - 1)) / 2;
      if (variance > 0) values[i] = (own.mean[unit] - other.mean[unit]) / Math.sqrt(variance);
    }
    return values;
  },
};
