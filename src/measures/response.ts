import type { UnitMeasure } from "./measure.ts";

/** Mean response to the category, relative to the layer's noise. */
export const RESPONSE: UnitMeasure = {
  name: "strength.response",
  kind: "unit",
  group: "strength",
  range: [null, null],
  direction: 1,
  label: "response to the category",
  short: "response",
  unit: "× layer noise",
  format: "number",
  definition: "Mean response of the selected units to their category, on the half that did not select, " +
    "in units of the layer noise, the root of the variance within conditions averaged over the layer's units.",
  atFixedThreshold: true,
  doi: null,
  needsNoise: true,
  values({ moments, target, units, noise }) {
    const { mean } = moments[target];
    const values = new Float64Array(units.length);
    for (let i = 0; i < values.length; i++) values[i] = mean[units[i]] / noise;
    return values;
  },
};
