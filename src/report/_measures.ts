import type { MeasureGroup } from "../measures/mod.ts";
import type { Bounds, MeasureResult, Results } from "../results/mod.ts";
import { capitalized, formatInterval, formatNumber, formatPercent, formatSigned } from "./_format.ts";

/** A results file describes every measure that it names, so there is always one. */
export function measureNamed({ measures }: Pick<Results, "measures">, name: string): MeasureResult {
  return measures.find((measure) => measure.name === name)!;
}

/** Some of the measures, those that decide for their group before the others. */
export function measuresWhere(
  { measures }: Pick<Results, "measures">,
  wanted: (measure: MeasureResult) => boolean,
): MeasureResult[] {
  return measures.filter(wanted).sort((a, b) => Number(b.primary) - Number(a.primary));
}

/** The measure that decides for a group; undefined where the results have none. */
export function primaryOf({ measures }: Pick<Results, "measures">, group: MeasureGroup): MeasureResult | undefined {
  return measures.find((measure) => measure.primary && measure.group === group);
}

/** An axis title: the label with its unit, unless the numbers carry that themselves. */
export function axisTitle({ label, unit, format }: MeasureResult): string {
  return unit === "" || format === "percent" ? label : `${label} (${unit})`;
}

/** An axis title where networks are compared. */
export function comparedTitle(measure: MeasureResult): string {
  return `${axisTitle(measure)}${measure.excess ? ", beyond random placement" : ""}`;
}

/** How an axis writes the values of some measures. */
export function axisFormat(measures: readonly MeasureResult[]): string {
  return measures.length > 0 && measures.every(({ format }) => format === "percent") ? ".0%" : "~g";
}

/** A value as it reads in a sentence. */
export function formatValue({ format }: MeasureResult, value: number | null): string {
  return format === "percent" ? formatPercent(value) : formatNumber(value);
}

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

/** A difference in the measure's own unit: `+1.85 points` of shares, `−0.2` of a number without one. */
export function formatDifference(measure: MeasureResult, value: number | null, digits = 3): string {
  const unit = differenceUnit(measure);
  const number = formatSigned(inNaturalUnit(measure, value), digits);
  return value === null || unit === "" ? number : `${number}\u00a0${unit}`;
}

/** The interval of a difference, in the same unit, which is not said again. */
export function formatRange(measure: MeasureResult, interval: Bounds | null): string {
  return formatInterval(interval && [inNaturalUnit(measure, interval[0])!, inNaturalUnit(measure, interval[1])!]);
}
