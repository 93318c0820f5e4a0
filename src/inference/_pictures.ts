import {
  type Found,
  type Halves,
  type LayerEvaluator,
  type Selections,
  unitContext,
  unitReason,
} from "../localize/mod.ts";
import type { Criterion } from "../criteria/mod.ts";
import type { LayerLayout } from "../measures/mod.ts";
import type { LayerCategory } from "../results/mod.ts";
import { quantile } from "../statistics/mod.ts";

/** Most rows and columns of a map in the results: of all channels, and of one. */
const MAP_SIDE = 32;
const CHANNEL_MAP_SIDE = 16;
/** Points of a Lorenz curve, and quantiles of a distribution. */
const STEPS = 21;

/**
 * Selected units at each position, averaged over the halves; null for layers without positions.
 *
 * @param channel Counts this channel alone. @default all of them
 */
export function positionMap(
  selections: Selections,
  target: number,
  layout: LayerLayout,
  channel?: number,
): LayerCategory["map"] {
  if (layout.positions === 0) return null;
  const side = channel === undefined ? MAP_SIDE : CHANNEL_MAP_SIDE;
  const rows = Math.min(layout.rows, side);
  const columns = Math.min(layout.columns, side);
  const counts: number[] = new Array(rows * columns).fill(0);
  for (const half of selections) {
    for (const unit of half[target].units) {
      const position = layout.positionOf(unit);
      if (position < 0 || (channel !== undefined && layout.channelOf(unit) !== channel)) continue;
      const row = Math.floor(Math.floor(position / layout.columns) * rows / layout.rows);
      const column = Math.floor(position % layout.columns * columns / layout.columns);
      counts[row * columns + column] += 1 / 2;
    }
  }
  return { rows, columns, counts };
}

/** Lorenz's curve of counts: the cumulative share of the channels that hold least; null where every count is 0. */
export function lorenz(counts: Float64Array): number[] | null {
  const sorted = counts.slice().sort();
  const cumulative = new Float64Array(sorted.length + 1);
  for (let i = 0; i < sorted.length; i++) cumulative[i + 1] = cumulative[i] + sorted[i];
  const total = cumulative[sorted.length];
  if (!(total > 0)) return null;
  return Array.from({ length: STEPS }, (_, point) => {
    const at = point / (STEPS - 1) * sorted.length;
    const below = Math.min(Math.floor(at), sorted.length - 1);
    return (cumulative[below] + (at - below) * sorted[below]) / total;
  });
}

/** How measures of single units spread over the units that they are taken in: quantiles at 0, 5, …, 100 %; null where none can be measured. */
export function spreadOf(
  evaluator: LayerEvaluator,
  { halves, selections, measured, criterion, target }: {
    readonly halves: Halves;
    readonly selections: Selections;
    /** Those that specificity and strength are measured in. */
    readonly measured: Selections;
    readonly criterion: Criterion;
    /** Index among the targets. */
    readonly target: number;
  },
): LayerCategory["spread"] {
  const noise = evaluator.noise(halves, criterion);
  const shown = evaluator.measures.flatMap((measure) =>
    measure.kind === "unit" && measure.showsSpread ? [measure] : []
  );
  const values = shown.map((measure): number[] =>
    ([0, 1] as const).flatMap((half) => {
      const context = unitContext({
        moments: halves[1 - half].momentsFor(criterion),
        otherMoments: halves[half].momentsFor(criterion),
        target: evaluator.design.targets[target],
        units: (measure.atFixedThreshold ? measured : selections)[half][target].units,
        noise,
      });
      return unitReason(measure, context) === null ? [...measure.values(context)] : [];
    })
  );
  const spread = shown.flatMap(({ name }, m) => {
    if (values[m].length === 0) return [];
    const ascending = Float64Array.from(values[m], (value) => Number.isFinite(value) ? value : 0).sort();
    return [[name, Array.from({ length: STEPS }, (_, i) => quantile(ascending, i / (STEPS - 1)))]];
  });
  return spread.length === 0 ? null : Object.fromEntries(spread);
}

/** Dice's coefficient between what the halves select, and of random selections of the same sizes (1945, doi:10.2307/1932409). */
export function diceOf(
  selections: Selections,
  target: number,
  population: number,
): { value: number | null; chance: number | null } {
  const [first, second] = selections.map((own) => own[target]);
  const total = first.units.length + second.units.length;
  if (total === 0) return { value: null, chance: null };
  let both = 0;
  for (const unit of first.units) both += second.mask[unit];
  return { value: 2 * both / total, chance: 2 * first.units.length * second.units.length / (population * total) };
}

/** Measures of single units on the half that selected them. */
export function circularOf({ values }: Found, measures: LayerEvaluator["measures"]): Record<string, number | null> {
  return Object.fromEntries(
    measures.flatMap(({ name, kind }, m) => kind === "unit" ? [[name, values[m].value] as const] : []),
  );
}
