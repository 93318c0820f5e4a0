import { type Rate, rateOf, spreadOf } from "./rate.ts";

/** An estimate with its interval, in one simulation. */
export interface Observed {
  /** Null where nothing could be measured. */
  readonly value: number | null;
  /** Null where there is none. */
  readonly interval: readonly [number, number] | null;
}

/** How well the intervals of one number cover its expectation. */
export interface Coverage {
  /** What was measured. */
  readonly measure: string;
  /** How many of the intervals hold the mean of the estimates over all simulations. */
  readonly coverage: Rate;
  /** Simulations in which the number has no interval. */
  readonly without: number;
  /** Mean of the estimates. */
  readonly mean: number;
  /** Standard deviation of the estimates. */
  readonly deviation: number;
  /** Mean half-width of the intervals. */
  readonly halfWidth: number;
}

/**
 * Counts how often intervals hold what their estimates are on average.
 *
 * @returns Null where no simulation gave an interval.
 */
export function coverageOf(measure: string, observed: readonly Observed[]): Coverage | null {
  const { mean, deviation } = spreadOf(observed.flatMap(({ value }) => value ?? []));
  const intervals = observed.flatMap(({ interval }) => interval === null ? [] : [interval]);
  if (intervals.length === 0) return null;
  return {
    measure,
    coverage: rateOf(measure, intervals.map(([low, high]) => low <= mean && mean <= high), 0.95),
    without: observed.length - intervals.length,
    mean,
    deviation,
    halfWidth: spreadOf(intervals.map(([low, high]) => (high - low) / 2)).mean,
  };
}
