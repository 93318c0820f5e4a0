import type { PlacementMeasure } from "./measure.ts";

/** The share of the fullest cell of a channel's map. */
export const PEAK_WITHIN: PlacementMeasure = {
  name: "localization.within.peak",
  kind: "placement",
  group: "localization",
  range: [0, 1],
  direction: 1,
  label: "share of the fullest cell",
  short: "peak",
  unit: "",
  format: "number",
  definition:
    "Share of the selected units in the fullest of the at most 4 × 4 cells of a channel's map, averaged over " +
    "the channels with at least four of them.",
  doi: null,
  over: "cells",
  ofCells(cells) {
    let largest = 0;
    let total = 0;
    for (let i = 0; i < cells.length; i++) {
      total += cells[i];
      if (cells[i] > largest) largest = cells[i];
    }
    return largest / total;
  },
};
