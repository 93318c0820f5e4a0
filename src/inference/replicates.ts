import { meanOf, studentQuantile, studentTail } from "../statistics/mod.ts";

/**
 * One number as it comes out on every split of the blocks, and on every split with one block deleted, by the same code as the
 * estimate. Any linear combination of numbers over the same images is again of this form.
 */
export interface Replicates {
  /** The number on each split, `[splits]`. */
  readonly splits: Float64Array;
  /** The number on each split without each block, `[splits, blocks]`, row-major; empty where nothing was deleted. */
  readonly deletions: Float64Array;
  /** Blocks that each condition falls into. */
  readonly blocks: number;
}

/** A number ready to be averaged and compared. */
export interface Cell {
  /** The mean over splits; null where it could not be measured. */
  readonly value: number | null;
  /** Null where it has no interval. */
  readonly replicates: Replicates | null;
  /** Units of a half that it was taken in, the mean over splits; left out where it is not of one layer. */
  readonly units?: number;
  /** Why there is no value, or no interval. */
  readonly reason?: string;
}

/** Why a number that was measured has no interval. */
export const NO_INTERVAL = "there are too few images, selected units or splits for an interval";

/** Below this share of defined replicates a number gets no interval. */
const LEAST_DEFINED = 0.9;

/**
 * Replicates of a number from its values; those that a split or deletion does not define (NaN) take the mean of the others.
 *
 * @param splits `[splits]`.
 * @param deletions `[splits, blocks]`.
 * @returns Null where fewer than nine tenths are defined, or no block was deleted.
 */
export function replicatesOf(splits: Float64Array, deletions: Float64Array, blocks: number): Replicates | null {
  if (deletions.length === 0 || splits.length === 0) return null;
  const filled = fill(splits);
  if (filled === null) return null;
  let defined = 0;
  const rows = new Float64Array(deletions.length);
  for (let s = 0; s < splits.length; s++) {
    const row = deletions.subarray(s * blocks, (s + 1) * blocks);
    const own = row.filter((value) => !Number.isNaN(value));
    defined += own.length;
    const mean = meanOf(own) ?? filled[s];
    rows.set(row.map((value) => Number.isNaN(value) ? mean : value), s * blocks);
  }
  return defined < LEAST_DEFINED * deletions.length ? null : { splits: filled, deletions: rows, blocks };
}

function fill(values: Float64Array): Float64Array | null {
  const defined = values.filter((value) => !Number.isNaN(value));
  if (defined.length < LEAST_DEFINED * values.length) return null;
  const mean = meanOf(defined)!;
  return values.map((value) => Number.isNaN(value) ? mean : value);
}

/**
 * A weighted sum of numbers over the same images. Those with more splits are cut to the fewest: split `s` is the same in all.
 *
 * @returns Null where there is no part or one has no replicates.
 */
export function weightedSum(
  parts: readonly { readonly replicates: Replicates | null; readonly weight: number }[],
): Replicates | null {
  if (parts.length === 0 || parts.some(({ replicates }) => replicates === null)) return null;
  const splits = Math.min(...parts.map(({ replicates }) => replicates!.splits.length));
  const { blocks } = parts[0].replicates!;
  const sum: Replicates = { splits: new Float64Array(splits), deletions: new Float64Array(splits * blocks), blocks };
  for (const { replicates, weight } of parts) {
    for (let s = 0; s < splits; s++) sum.splits[s] += weight * replicates!.splits[s];
    for (let i = 0; i < sum.deletions.length; i++) sum.deletions[i] += weight * replicates!.deletions[i];
  }
  return sum;
}

/** Variance with n − 1 in the denominator; 0 for a single value. */
export function sampleVariance(values: readonly number[] | Float64Array): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values)!;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2;
  return squares / (values.length - 1);
}

/** The parts of a number's variance over images. */
export interface VarianceParts {
  /** Delete-a-block jackknife of the mean over splits (Künsch 1989, doi:10.1214/aos/1176347265). */
  readonly jackknife: number;
  /** The part of the jackknife that comes from having few splits. */
  readonly excess: number;
  /** Variance of the mean over splits. */
  readonly splits: number;
}

/** Takes a number's variance over images apart. */
export function varianceParts({ splits, deletions, blocks }: Replicates): VarianceParts {
  const count = splits.length;
  const rowMeans = Float64Array.from(
    { length: count },
    (_, s) => meanOf(deletions.subarray(s * blocks, (s + 1) * blocks))!,
  );
  const perBlock = new Float64Array(blocks);
  let spread = 0;
  for (let g = 0; g < blocks; g++) {
    const deviations = Float64Array.from({ length: count }, (_, s) => deletions[s * blocks + g] - rowMeans[s]);
    perBlock[g] = meanOf(deviations)!;
    spread += sampleVariance(deviations) / count;
  }
  const factor = (blocks - 1) / blocks;
  return {
    jackknife: factor * perBlock.reduce((sum, value) => sum + value * value, 0),
    excess: factor * spread,
    splits: sampleVariance(splits) / count,
  };
}

/** Variance of one number over images. */
export function imageVariance(replicates: Replicates): number {
  const { jackknife, excess, splits } = varianceParts(replicates);
  return Math.max(jackknife - excess / 2, jackknife / 2) + splits;
}

/** Variance of a difference between two networks that saw the same images. */
export function differenceVariance(replicates: Replicates): number {
  const { jackknife, splits } = varianceParts(replicates);
  return jackknife + splits;
}

/** An interval around a number from its variance. */
export function studentInterval(
  value: number,
  { variance, df, level }: { readonly variance: number; readonly df: number; readonly level: number },
): [number, number] {
  const half = studentQuantile((1 + level) / 2, df) * Math.sqrt(variance);
  return [value - half, value + half];
}

/** Two-sided p of a number against zero; null where it has no variance. */
export function studentP(value: number, variance: number, df: number): number | null {
  return variance > 0 ? Math.min(1, 2 * studentTail(Math.abs(value) / Math.sqrt(variance), df)) : null;
}
