import type { MeasureResult } from "../../results/mod.ts";
import { capitalized } from "../_format.ts";
import { comparedTitle } from "../_measures.ts";

/** The unit of a measure's differences: shares differ by percentage points. */
export function differenceUnit({ format, unit }: MeasureResult): string {
  return format === "percent" ? "points" : unit;
}

/** A difference in that unit. */
export function inNaturalUnit({ format }: MeasureResult, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return format === "percent" ? 100 * value : value;
}

/** What a panel of differences in a measure is called. */
export function differenceTitle(measure: MeasureResult): string {
  return capitalized(measure.format === "percent" ? `${measure.label} (points)` : comparedTitle(measure));
}
