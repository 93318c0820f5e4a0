import type { Measure } from "../measures/mod.ts";
import type { Estimate, MeasureSet, Placed } from "../results/mod.ts";
import type { MeasureName } from "../results/mod.ts";
import type { FoldMeasures, PlacedValue } from "./_measure_folds.ts";
import { NOT_RESAMPLED } from "./_not_resampled.ts";
import { PLACED_MEASURES } from "./_placement_bootstrap.ts";
import { RANGES } from "./_ranges.ts";
import { type Cell, deviationsOf, NO_INTERVAL, type Replicates } from "./_replicates.ts";
import type { ReplicateMeasure, ResampledTap } from "./_resample_tap.ts";
import { intervalOf } from "./_spread.ts";
import { CellTable } from "./cell_table.ts";

/** Where and for whom a measure set is kept. */
export interface CellPlace {
  readonly cells: CellTable;
  readonly criterion: string;
  readonly category: string;
  /** Index of the category among the targets. */
  readonly target: number;
}

function plainMeasures(found: FoldMeasures, proportion: Measure): Record<ReplicateMeasure, Measure> {
  return {
    "proportion": proportion,
    "specificity.t": found.specificity.t,
    "specificity.dprime": found.specificity.dprime,
    "specificity.index": found.specificity.index,
    "specificity.sparseness": found.specificity.sparseness,
    "specificity.exclusivity": found.specificity.exclusivity,
    "strength.response": found.strength.response,
    "strength.lead": found.strength.lead,
  };
}

function placedMeasures(found: FoldMeasures): Record<typeof PLACED_MEASURES[number], PlacedValue> {
  return {
    "localization.within.entropy": found.within.entropy,
    "localization.within.gini": found.within.gini,
    "localization.within.moran": found.within.moran,
    "localization.within.peak": found.within.peak,
    "localization.across.entropy": found.across.entropy,
    "localization.across.gini": found.across.gini,
  };
}

/** Joins the measures of a selection with their replicates. */
export function keepCells(place: CellPlace, found: FoldMeasures, proportion: Measure, resampled: ResampledTap): void {
  const { cells, criterion, category, target } = place;
  const draws = resampled.measures.get(criterion)?.[target];
  for (const [measure, { value, reason }] of Object.entries(plainMeasures(found, proportion))) {
    const own = draws?.get(measure as ReplicateMeasure) ?? null;
    const undecided = draws?.has(measure as ReplicateMeasure) === false ? NOT_RESAMPLED : undefined;
    cells.set(criterion, category, measure as MeasureName, {
      value,
      draws: value === null ? null : own,
      reason: reason ?? undecided,
    });
  }
  const places = resampled.places.get(criterion)?.[target];
  Object.entries(placedMeasures(found)).forEach(([measure, { value, random, reason }], m) => {
    const excess = value === null || random === null ? null : value - random;
    cells.set(criterion, category, measure as MeasureName, {
      value: excess,
      draws: places && excess !== null ? places[m].excess : null,
      reason: reason ?? (excess === null ? "random placement is not defined" : undefined),
    });
  });
}

function intervalFrom(value: number, draws: Replicates, measure: MeasureName, level: number): [number, number] {
  return intervalOf(value, deviationsOf(draws), { level, degrees: draws.degrees, range: RANGES[measure] });
}

/** A cell as an estimate with its interval over images. */
export function estimateOf(cell: Cell, measure: MeasureName, level: number): Estimate {
  if (cell.value === null) return { value: null, interval: null, reason: cell.reason ?? "was not measured" };
  if (cell.draws === null) {
    return { value: cell.value, interval: null, reason: cell.reason ?? NO_INTERVAL };
  }
  return { value: cell.value, interval: intervalFrom(cell.value, cell.draws, measure, level) };
}

function placedOf(found: PlacedValue, draws: Replicates | null, measure: MeasureName, level: number): Placed {
  const { value, random, z, reason } = found;
  if (value === null) return { value, interval: null, random, z, reason: reason ?? "was not measured" };
  const interval = draws ? intervalFrom(value, draws, measure, level) : null;
  return interval
    ? { value, interval, random, z, ...(z === null ? { reason: reason ?? "random placement has no spread" } : {}) }
    : { value, interval, random, z, reason: "places were not resampled" };
}

/** The measures of a selection as results hold them. */
export function measureSetOf(
  { cells, criterion, category, target }: CellPlace,
  found: FoldMeasures,
  resampled: ResampledTap,
  level: number,
): MeasureSet {
  const estimate = (measure: MeasureName): Estimate =>
    estimateOf(cells.get(criterion, category, measure), measure, level);
  const places = resampled.places.get(criterion)?.[target];
  const place = (measure: typeof PLACED_MEASURES[number], value: PlacedValue): Placed =>
    placedOf(value, places?.[PLACED_MEASURES.indexOf(measure)].raw ?? null, measure, level);
  return {
    specificity: {
      t: estimate("specificity.t"),
      dprime: estimate("specificity.dprime"),
      index: estimate("specificity.index"),
      sparseness: estimate("specificity.sparseness"),
      exclusivity: estimate("specificity.exclusivity"),
    },
    localization: {
      within: {
        entropy: place("localization.within.entropy", found.within.entropy),
        gini: place("localization.within.gini", found.within.gini),
        moran: place("localization.within.moran", found.within.moran),
        peak: place("localization.within.peak", found.within.peak),
      },
      across: {
        entropy: place("localization.across.entropy", found.across.entropy),
        gini: place("localization.across.gini", found.across.gini),
      },
    },
    strength: { response: estimate("strength.response"), lead: estimate("strength.lead") },
  };
}
