import type { MeasureGroup } from "../measures/mod.ts";
import type { Bounds, MeasureResult, Results } from "../results/mod.ts";
import { formatInterval, formatNumber, formatPercent, formatSigned } from "./_format.ts";

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

/** A difference in the measure's own unit: `+1.85 points` of shares, `−0.2` of a number without one. */
export function formatDifference({ format, unit }: MeasureResult, value: number | null, digits = 3): string {
  if (value === null) return formatNumber(null);
  if (format === "percent") return `${formatSigned(100 * value, digits)}\u00a0points`;
  return `${formatSigned(value, digits)}${unit === "" ? "" : `\u00a0${unit}`}`;
}

/** The interval of a difference, in the same unit, which is not said again. */
export function formatRange({ format }: MeasureResult, interval: Bounds | null): string {
  return formatInterval(interval === null || format !== "percent" ? interval : [100 * interval[0], 100 * interval[1]]);
}
