import type { MeasureDescription } from "../measures/mod.ts";
import type { Estimate } from "../results/mod.ts";
import { studentQuantile } from "../statistics/mod.ts";
import { type Cell, imageVariance, NO_INTERVAL, studentInterval } from "./replicates.ts";

/**
 * A number with its interval over images: Student's around the mean over splits, cut to the measure's range; on the
 * square-root scale where the measure says so, and with a lower bound alone where it is a share of units and all of them.
 */
export function estimateOf(
  cell: Cell,
  measure: Pick<MeasureDescription, "range" | "scale" | "shareOfUnits">,
  level: number,
): Estimate {
  const { value, replicates, reason } = cell;
  if (value === null) return { value, interval: null, reason: reason ?? "was not measured" };
  if (replicates === null) return { value, interval: null, reason: reason ?? NO_INTERVAL };
  const variance = imageVariance(replicates);
  const df = replicates.blocks - 1;
  if (measure.shareOfUnits && value >= 1) return { value, interval: boundBelow({ ...cell, variance, df, level }) };
  if (!(variance > 0)) return { value, interval: null, reason: "every split and deletion gives the same number" };
  return { value, interval: cut(value, interval(value, { variance, df, level }, measure.scale), measure.range) };
}

/**
 * The interval of a share that is 1: one-sided, since no share is larger. The lower bound is Student's or, where that is nearer
 * to 1, Clopper and Pearson's for as many units (1934, doi:10.1093/biomet/26.4.404), which never meets 1.
 */
function boundBelow(
  { units = 0, variance, df, level }: Pick<Cell, "units"> & Readonly<Record<"variance" | "df" | "level", number>>,
): [number, number] {
  const student = 1 - studentQuantile(level, df) * Math.sqrt(variance);
  const exact = units > 0 ? (1 - level) ** (1 / units) : 0;
  return [Math.max(0, Math.min(student, exact)), 1];
}

function interval(
  value: number,
  spread: { readonly variance: number; readonly df: number; readonly level: number },
  scale: MeasureDescription["scale"],
): [number, number] {
  if (scale !== "root" || !(value > 0)) return studentInterval(value, spread);
  const root = Math.sqrt(value);
  const [low, high] = studentInterval(root, { ...spread, variance: spread.variance / (4 * value) });
  return [Math.max(0, low) ** 2, high ** 2];
}

function cut(
  value: number,
  [low, high]: [number, number],
  [least, most]: MeasureDescription["range"],
): [number, number] {
  const within = (bound: number): number => Math.min(most ?? Infinity, Math.max(least ?? -Infinity, bound));
  return [Math.min(value, within(low)), Math.max(value, within(high))];
}
