import type { UnitMeasure } from "./measure.ts";

/** Mean response to the category, relative to the layer's deviation. */
export const RESPONSE: UnitMeasure = {
  name: "strength.response",
  kind: "unit",
  group: "strength",
  range: [null, null],
  direction: 1,
  label: "response to the category",
  short: "response",
  unit: "SD",
  format: "number",
  definition: "Mean response of the selected units to their category, on the half that did not select, " +
    "in standard deviations of the layer over units and images.",
  doi: null,
  primary: true,
  needsScale: true,
  values: ({ moments, target, units, scale }) => Float64Array.from(units, (unit) => moments[target].mean[unit] / scale),
};
