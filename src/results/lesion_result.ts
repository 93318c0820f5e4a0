import type { Bounds } from "./estimate.ts";

/** How many of a condition's images a lesion costs. All shares are of held-out images, 0–1. */
export interface LesionCell {
  /** Accuracy lost when the selected units are lesioned; below 0 where accuracy rises. */
  drop: number | null;
  /** The same for random sets of units, on average. */
  random: number | null;
  /** Least and largest drop over the random sets. */
  randomRange: Bounds | null;
  /** `drop − random`. */
  beyondRandom: number | null;
}

/** What the lesion of the units selective for one target does. */
export interface LesionTarget {
  /** Units lesioned, the mean over the halves that selected some. */
  units: number;
  /** Their mean activity over images. */
  activity: number | null;
  /** That of the units in the random sets. */
  randomActivity: number | null;
  /** By condition. */
  conditions: Record<string, LesionCell>;
  /** Why nothing was lesioned. */
  reason?: string;
}

/**
 * What the selective units of one layer are needed for: they are set to their mean over images, and conditions are read out at
 * the last layer by the nearest centroid. Units, means and centroids come from one half of the images, accuracy from the other,
 * both ways on the first split, averaged. Describes this network; no interval. After Prince, Alvarez & Konkle 2024,
 * doi:10.1126/sciadv.adl1776.
 */
export interface LesionResult {
  /** The layer whose units were lesioned. */
  layer: string;
  /** The layer at which conditions were read out. */
  readout: string;
  /** Random sets beside each selection, of live units of the layer, matched in number and mean activity. */
  sets: number;
  /** Accuracy without a lesion, by condition. */
  accuracy: Record<string, number | null>;
  /** By target. */
  targets: Record<string, LesionTarget>;
}
