import { normalizedEntropy } from "./_evenness.ts";
import type { PlacementMeasure } from "./measure.ts";

/** How evenly selected units spread over the cells of a channel's map. */
export const ENTROPY_WITHIN: PlacementMeasure = {
  name: "localization.within.entropy",
  kind: "placement",
  group: "localization",
  range: [0, 1],
  direction: -1,
  label: "entropy within maps",
  short: "entropy within",
  unit: "",
  format: "number",
  definition:
    "Normalized entropy of the selected units over the at most 4 × 4 cells of a channel's map, averaged over " +
    "the channels with at least four of them; 1 where they spread evenly.",
  doi: null,
  primary: true,
  smallest: { scale: "difference", value: 0.02 },
  intervalFrom: 40,
  over: "cells",
  ofCells: normalizedEntropy,
};
