import { normalizedEntropy } from "./_evenness.ts";
import type { PlacementMeasure } from "./measure.ts";

/** How evenly selected units spread over channels. */
export const ENTROPY_ACROSS: PlacementMeasure = {
  name: "localization.across.entropy",
  kind: "placement",
  group: "localization",
  range: [0, 1],
  direction: -1,
  label: "entropy across channels",
  short: "entropy across",
  unit: "",
  format: "number",
  definition: "Normalized entropy of the selected units over channels; 1 where they spread evenly.",
  doi: null,
  intervalFrom: 40,
  over: "channels",
  ofCounts: ({ counts }) => normalizedEntropy(counts),
};
