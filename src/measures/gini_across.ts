import { gini } from "./_evenness.ts";
import type { PlacementMeasure } from "./measure.ts";

/** How unevenly selected units spread over channels. */
export const GINI_ACROSS: PlacementMeasure = {
  name: "localization.across.gini",
  kind: "placement",
  group: "localization",
  range: [0, 1],
  direction: 1,
  label: "Gini across channels",
  short: "Gini across",
  unit: "",
  format: "number",
  definition: "Gini's coefficient of the number of selected units per channel; 0 where they spread evenly.",
  doi: null,
  over: "channels",
  ofCounts: ({ counts }) => gini(counts),
};
