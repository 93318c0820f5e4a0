import { gini } from "./_evenness.ts";
import type { PlacementMeasure } from "./measure.ts";

/** How unevenly selected units spread over the cells of a channel's map. */
export const GINI_WITHIN: PlacementMeasure = {
  name: "localization.within.gini",
  kind: "placement",
  group: "localization",
  range: [0, 1],
  direction: 1,
  label: "Gini within maps",
  short: "Gini within",
  unit: "",
  format: "number",
  definition:
    "Gini's coefficient of the selected units over the at most 4 × 4 cells of a channel's map, averaged over " +
    "the channels with at least four of them; 0 where they spread evenly.",
  doi: null,
  over: "cells",
  ofCells: gini,
};
