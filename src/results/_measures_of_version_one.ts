import type { MeasureGroup } from "../measures/mod.ts";
import type { MeasureKind, MeasureResult } from "./measure_result.ts";

/** Version 1 has one name that is not kept. */
const RENAMED: Readonly<Record<string, string>> = { "strength.lead": "strength.margin" };

/** The name that a measure of version 1 has now. */
export function measureName(name: string): string {
  return RENAMED[name] ?? name;
}

const PRIMARY = [
  "proportion",
  "specificity.dprime",
  "localization.within.entropy",
  "strength.response",
  "consistency",
];

/** By the last part of a name: what it does not say by itself. */
const WORDS: Readonly<Record<string, Partial<Pick<MeasureResult, "label" | "short" | "range">>>> = {
  proportion: { label: "Proportion of units selective" },
  t: { label: "t against the other conditions", short: "t", range: [null, null] },
  dprime: { label: "d′ against the runner-up", short: "d′", range: [null, null] },
  index: { label: "Selectivity index", short: "Index", range: [-1, 1] },
  exclusivity: { label: "Share selective for one category only", short: "Exclusivity" },
  moran: { label: "Moran’s I", short: "Moran’s I", range: [null, null] },
  peak: { label: "Share of the fullest cell", short: "Peak share" },
  response: { label: "Response to the category", range: [null, null] },
  margin: { label: "Margin over the runner-up", range: [null, null] },
  consistency: { label: "Consistency across layers (ρ)", range: [-1, 1] },
  depthSlope: { label: "Rise of the proportion with depth", short: "Rise with depth", range: [null, null] },
};

const SHARES = ["proportion", "exclusivity", "peak"];
const OF_A_SELECTION = ["proportion", "exclusivity"];

const kindOf = (group: MeasureGroup, name: string, part: string): MeasureKind => {
  if (group === "localization") return "placement";
  if (group === "consistency" || name === "depthSlope") return "network";
  return OF_A_SELECTION.includes(part) ? "selection" : "unit";
};

/**
 * Describes a measure of version 1, whose files do not describe theirs.
 *
 * @param name Its name, as it is now.
 */
export function describeMeasure(name: string): MeasureResult {
  const parts = name.split(".");
  const part = parts[parts.length - 1];
  const group = (["specificity", "localization", "strength", "consistency"] as const)
    .find((each) => each === parts[0]) ?? "quantity";
  const word = part[0].toUpperCase() + part.slice(1);
  const { label = word, short = word, range = [0, 1] } = WORDS[part] ?? {};
  const place = { within: " within maps", across: " across channels" }[parts.slice(1, -1).join(".")] ?? "";
  const unit = SHARES.includes(part) ? "%" : group === "strength" ? "SD of the layer" : "";
  return {
    name,
    kind: kindOf(group, name, part),
    group,
    range,
    // Evenly spread units are less localized.
    direction: part === "entropy" ? -1 : 1,
    label: `${label}${place}`,
    short: `${short}${place}`,
    unit,
    format: SHARES.includes(part) ? "percent" : "number",
    definition: "As version 0.1 defined it.",
    doi: null,
    primary: PRIMARY.includes(name),
    excess: group === "localization",
  };
}
