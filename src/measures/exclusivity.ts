import { measured, type SelectionMeasure, unmeasured } from "./measure.ts";

/** The share of the units selected for a category that are selected for no other. */
export const EXCLUSIVITY: SelectionMeasure = {
  name: "specificity.exclusivity",
  kind: "selection",
  group: "specificity",
  range: [0, 1],
  direction: 1,
  label: "units selective for one category alone",
  short: "exclusive",
  unit: "%",
  format: "percent",
  definition: "Share of the units selected for the category that are selected for no other category.",
  doi: null,
  intervalFrom: 5,
  shareOfUnits: true,
  fixedBy: ({ exclusive }) => exclusive ? "the criterion cannot select a unit for two categories" : undefined,
  value({ units, others }) {
    if (units.length === 0) return unmeasured("no unit is selected");
    if (others.length === 0) return unmeasured("there is no other category to be selected for");
    let exclusive = 0;
    for (let i = 0; i < units.length; i++) {
      let shared = false;
      for (let k = 0; k < others.length && !shared; k++) shared = others[k][units[i]] !== 0;
      if (!shared) exclusive++;
    }
    return measured(exclusive / units.length);
  },
};
