import type { MeasureGroup } from "../measures/mod.ts";
import type { MeasureKind, MeasureResult } from "./measure_result.ts";

/** The name that a measure of version 1 has now. */
export function measureName(name: string): string {
  return name === "strength.lead" ? "strength.margin" : name;
}

const SHARE = { unit: "%", format: "percent" } as const;
const UNBOUNDED: Pick<MeasureResult, "range"> = { range: [null, null] };
const SIGNED: Pick<MeasureResult, "range"> = { range: [-1, 1] };
const DEVIATIONS = { ...UNBOUNDED, unit: "SD of the layer" };
/** Evenly spread units are less localized. */
const SPREAD = { direction: -1 } as const;

/** Name, kind, label and short label, and what else differs from the usual. */
const ROWS: readonly (readonly [string, MeasureKind, string, string, Partial<MeasureResult>])[] = [
  ["proportion", "selection", "Proportion of units selective", "Proportion", SHARE],
  ["specificity.t", "unit", "t against the other conditions", "t", UNBOUNDED],
  ["specificity.dprime", "unit", "d′ against the runner-up", "d′", UNBOUNDED],
  ["specificity.index", "unit", "Selectivity index", "Index", SIGNED],
  ["specificity.sparseness", "unit", "Sparseness", "Sparseness", {}],
  ["specificity.exclusivity", "selection", "Share selective for one category only", "Exclusivity", SHARE],
  ["localization.within.entropy", "placement", "Entropy within maps", "Entropy within maps", SPREAD],
  ["localization.within.gini", "placement", "Gini within maps", "Gini within maps", {}],
  ["localization.within.moran", "placement", "Moran’s I within maps", "Moran’s I within maps", UNBOUNDED],
  ["localization.within.peak", "placement", "Share of the fullest cell within maps", "Peak share within maps", SHARE],
  ["localization.across.entropy", "placement", "Entropy across channels", "Entropy across channels", SPREAD],
  ["localization.across.gini", "placement", "Gini across channels", "Gini across channels", {}],
  ["strength.response", "unit", "Response to the category", "Response", DEVIATIONS],
  ["strength.margin", "unit", "Margin over the runner-up", "Margin", DEVIATIONS],
  ["consistency", "network", "Consistency across layers (ρ)", "Consistency", SIGNED],
  ["depthSlope", "network", "Rise of the proportion with depth", "Rise with depth", UNBOUNDED],
];

const PRIMARY = [
  "proportion",
  "specificity.dprime",
  "localization.within.entropy",
  "strength.response",
  "consistency",
];

/** The measures of version 1, whose files do not describe theirs. */
export const MEASURES_OF_VERSION_ONE: readonly MeasureResult[] = ROWS.map(([name, kind, label, short, more]) => ({
  name,
  kind,
  group: ["proportion", "depthSlope"].includes(name) ? "quantity" : name.split(".")[0] as MeasureGroup,
  range: [0, 1],
  direction: 1,
  label,
  short,
  unit: "",
  format: "number",
  definition: "As version 0.1 defined it.",
  doi: null,
  primary: PRIMARY.includes(name),
  primaryOver: "selected units",
  atFixedThreshold: false,
  excess: kind === "placement",
  smallest: null,
  ...more,
}));
