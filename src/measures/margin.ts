import type { UnitMeasure } from "./measure.ts";

/** By how much the response to the category exceeds that to the runner-up. */
export const MARGIN: UnitMeasure = {
  name: "strength.margin",
  kind: "unit",
  group: "strength",
  range: [null, null],
  direction: 1,
  label: "margin over the runner-up",
  short: "margin",
  unit: "× layer noise",
  format: "number",
  definition: "Mean over selected units of the response to their category less that to the runner-up, the other " +
    "condition with the largest mean on the half that selected; measured on the other half, in units of the layer noise, " +
    "the root of the variance within conditions averaged over the layer's units.",
  atFixedThreshold: true,
  doi: null,
  smallest: { scale: "difference", value: 0.05 },
  primary: true,
  needsNoise: true,
  values({ moments, target, units, runnerUp, noise }) {
    const { mean } = moments[target];
    const values = new Float64Array(units.length);
    for (let i = 0; i < values.length; i++) {
      values[i] = (mean[units[i]] - moments[runnerUp[i]].mean[units[i]]) / noise;
    }
    return values;
  },
};
