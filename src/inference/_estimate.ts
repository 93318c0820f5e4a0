import type { MeasureDescription } from "../measures/mod.ts";
import type { Estimate } from "../results/mod.ts";
import { type Cell, imageVariance, NO_INTERVAL, studentInterval } from "./replicates.ts";

/**
 * A number with its interval over images: Student's around the mean over splits, cut to the measure's range; on the
 * square-root scale where the measure says so.
 */
export function estimateOf(cell: Cell, measure: MeasureDescription, level: number): Estimate {
  const { value, replicates, reason } = cell;
  if (value === null) return { value, interval: null, reason: reason ?? "was not measured" };
  if (replicates === null) return { value, interval: null, reason: reason ?? NO_INTERVAL };
  const variance = imageVariance(replicates);
  const df = replicates.blocks - 1;
  if (!(variance > 0)) return { value, interval: null, reason: "every split and deletion gives the same number" };
  return { value, interval: cut(value, interval(value, { variance, df, level }, measure.scale), measure.range) };
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
