import { measured, type SelectionMeasure } from "./measure.ts";

/** The share of units that are selected. */
export const PROPORTION: SelectionMeasure = {
  name: "proportion",
  kind: "selection",
  group: "quantity",
  range: [0, 1],
  direction: 1,
  label: "selective units",
  short: "selective",
  unit: "%",
  format: "percent",
  definition: "Share of the units that can be selected which are selected, on one half of the images.",
  doi: null,
  primary: true,
  smallest: { scale: "ratio", value: 1.25 },
  scale: "root",
  fixedBy: ({ fixesProportion }) => fixesProportion ? "the criterion fixes the proportion" : undefined,
  value: ({ units, population }) => measured(units.length / population),
};
