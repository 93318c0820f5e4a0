import type { Moments } from "../statistics/mod.ts";

/** A channel's map counts where it holds at least this many selected units: fewer have no pattern. */
export const LEAST_PER_CHANNEL = 4;

/** The selected positions of one channel's map. Its arrays are used again for the next map. */
export interface ChannelMap {
  /** How many positions are selected, at least {@linkcode LEAST_PER_CHANNEL}. */
  readonly selected: number;
  /** Rows of the map. */
  readonly rows: number;
  /** Columns of the map. */
  readonly columns: number;
  /** Indices of the selected positions, row-major, in any order. */
  readonly positions: Uint32Array;
  /** 1 where a position is selected, `[rows * columns]`. */
  readonly marks: Uint8Array;
}

/** Selected units per channel. */
export interface ChannelCounts {
  /** `[channels]`. */
  readonly counts: Uint32Array;
  /** Their sum. */
  readonly selected: number;
}

/** A number, or null with the reason why there is none; never NaN or infinite. */
export interface Measured {
  /** Null only with a reason. */
  readonly value: number | null;
  /** Why there is no value. */
  readonly reason?: string;
}

/** A number that was measured, unless it is not finite. */
export function measured(value: number): Measured {
  return Number.isFinite(value) ? { value } : { value: null, reason: "the responses are too large to be averaged" };
}

/** A number that could not be measured. */
export function unmeasured(reason: string): Measured {
  return { value: null, reason };
}

/** The property of selective units that a measure tells about. */
export type MeasureGroup = "quantity" | "specificity" | "localization" | "strength" | "consistency";

/** What is known of a measure without measuring: results, tables, figures and documentation read it here and nowhere else. */
export interface MeasureDescription {
  /** Unique, with the group in front where there are several of it: `specificity.dprime`. */
  readonly name: string;
  /** The property of selective units that it tells about. */
  readonly group: MeasureGroup;
  /** Lower and upper bound; null where there is none. Intervals are cut there. */
  readonly range: readonly [number | null, number | null];
  /** 1 where a larger value means more of the group's property (more specific, more localized), −1 where it means less. */
  readonly direction: 1 | -1;
  /** Title of an axis. */
  readonly label: string;
  /** Head of a column. */
  readonly short: string;
  /** Unit of measurement; empty for a pure number. */
  readonly unit: string;
  /** How a value is written. */
  readonly format: "number" | "percent";
  /** One sentence: what the number is. */
  readonly definition: string;
  /** Of the source, where it has one. */
  readonly doi: string | null;
  /** Whether claims about the group are judged by it. One measure a group. */
  readonly primary?: true;
  /**
   * The smallest effect of interest: families that differ by less are equivalent. A ratio of 1.25 stands for 0.8–1.25.
   *
   * @default none, so that no families are called equivalent by it
   */
  readonly smallest?: { readonly scale: "difference" | "ratio"; readonly value: number };
  /** The scale on which its interval is symmetric. @default identity */
  readonly scale?: "root";
  /** Units a half needs before the number gets an interval. @default 5, and 0 for measures of the selection itself */
  readonly intervalFrom?: number;
  /** Whether it is a share of the units: where it is all of them, its interval has a lower bound alone. */
  readonly shareOfUnits?: true;
  /** Over which units it decides for its group, where it is primary: every one that was sampled. @default the selected ones */
  readonly primaryOver?: "all units";
  /** Why a criterion decides the number by itself, so that it says nothing of a network; undefined where it does not. */
  fixedBy?(criterion: { readonly fixesProportion?: true; readonly exclusive?: true }): string | undefined;
}

/** The units that measure one category and the held-out moments that measure them. */
export interface UnitContext {
  /** Held-out moments, one per condition, `[units]` each; a condition without images (`n = 0`) is left out. */
  readonly moments: readonly Moments[];
  /** Index of the category's condition. */
  readonly target: number;
  /** Indices of the other conditions that have images. */
  readonly others: readonly number[];
  /** Indices of the selected units. */
  readonly units: Uint32Array;
  /**
   * The runner-up of each selected unit: of the other conditions the one with the largest mean on the half that selected, as an
   * index of a condition.
   */
  readonly runnerUp: Int32Array;
  /** The layer's noise: the root of the variance within conditions averaged over its units. */
  readonly noise: number;
}

/** A measure of single units, averaged over the selected ones. */
export interface UnitMeasure extends MeasureDescription {
  /** Of single units. */
  readonly kind: "unit";
  /**
   * Whether it is taken in the units of the fixed threshold where the criterion's own threshold moves with prevalence
   * (`Criterion.movesWithPrevalence`). @default in the selected units
   */
  readonly atFixedThreshold?: true;
  /** Whether every condition needs two held-out images, for a variance. */
  readonly needsVariance?: true;
  /** Whether it is relative to the layer's noise, and so undefined where responses do not vary within conditions. */
  readonly needsNoise?: true;
  /** Whether results keep how it spreads over the selected units. */
  readonly showsSpread?: true;
  /** One value per selected unit, `[selected]`. */
  values(context: UnitContext): Float64Array;
}

/** What was selected, on one half, for every category. */
export interface SelectionContext {
  /** Indices of the units selected for the category. */
  readonly units: Uint32Array;
  /** Masks `[units]` of the units selected for each other category. */
  readonly others: readonly Uint8Array[];
  /** How many units could be selected. */
  readonly population: number;
}

/** A measure of the selection itself. */
export interface SelectionMeasure extends MeasureDescription {
  /** Of the selection as a whole. */
  readonly kind: "selection";
  /** The number for one category on one half. */
  value(context: SelectionContext): Measured;
}

/**
 * A measure of where selected units are, compared by its excess over as many units placed at random: within each channel's
 * map as many as it holds, averaged over channels, or anywhere in the layer for the counts of channels.
 */
export type PlacementMeasure =
  & MeasureDescription
  & { readonly kind: "placement" }
  & ({
    readonly over: "maps";
    /** The statistic of one channel's map; null where it is not defined. */
    ofMap(map: ChannelMap): number | null;
  } | {
    /** At most 4 × 4 cells of several positions, which maps of at most 4 × 4 do not have. */
    readonly over: "cells";
    /**
     * The statistic of one channel's map.
     *
     * @param cells The share of the positions of each cell that is selected: at single positions entropy, Gini and peak would
     * follow from the count alone, and cells of unequal size compare by their shares. Used again for the next map.
     */
    ofCells(cells: Float64Array): number;
  } | {
    readonly over: "channels";
    /** The statistic of the selected units per channel. */
    ofCounts(counts: ChannelCounts): number;
  });

/** What is known of a whole network for one category, layer by layer. */
export interface NetworkContext {
  /** Normalized depth of each layer, 0–1. */
  readonly depths: readonly number[];
  /** A measure of units or selections at each layer, or the excess over random placement of one of places. */
  layerValues(measure: string): readonly (number | null)[];
  /**
   * Ranks of the dissimilarities of all pairs of images at each layer; null where a layer has too few units. The arrays are given
   * back when the measure has returned: keep none of them.
   */
  readonly rankedDissimilarities: readonly (Float64Array | null)[];
}

/** A measure of a network as a whole. */
export interface NetworkMeasure extends MeasureDescription {
  /** Of the whole network. */
  readonly kind: "network";
  /** Whether it needs the dissimilarities of images, which cost most of an analysis. */
  readonly needsDissimilarities?: true;
  /** The number for one category. */
  value(context: NetworkContext): Measured;
}

/** A measure: what it is and how it is taken. Adding one is one object in one file and one line in the registry. */
export type Measure = UnitMeasure | SelectionMeasure | PlacementMeasure | NetworkMeasure;
