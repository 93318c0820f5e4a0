import { centredInterval, type Interval, normalQuantile, Random, studentQuantile } from "../resampling/mod.ts";

/** With fewer replicates their quantiles are too rough: the interval takes Student's form from their deviation. */
export const ENOUGH_FOR_QUANTILES = 400;
/** Draws that stand for a Student distribution. */
const STUDENT_DRAWS = 1000;

const known: Map<string, Float64Array> = new Map();

/** Quantiles of t at the middles of `count` equal steps of probability: draws without the noise of drawing. */
function studentGrid(degrees: number, count: number): Float64Array {
  const key = `${degrees} ${count}`;
  let grid = known.get(key);
  if (!grid) {
    grid = new Float64Array(count);
    for (let i = 0, j = count - 1; i < j; i++, j--) {
      grid[j] = studentQuantile((j + 0.5) / count, degrees);
      grid[i] = -grid[j];
    }
    known.set(key, grid);
  }
  return grid;
}

/** Shuffled normal draws, the same for the same seed and name. */
function normalDraws(count: number, seed: number, name: string): Float64Array {
  const draws = Float64Array.from({ length: count }, (_, i) => normalQuantile((i + 0.5) / count));
  new Random(seed, `normal ${name}`).shuffle(draws, 0, count);
  return draws;
}

const stretches: Map<string, Float64Array> = new Map();

/** Student's over normal quantiles at the middles of `count` equal steps of probability. */
function studentOverNormal(degrees: number, count: number): Float64Array {
  const key = `${degrees} ${count}`;
  let ratios = stretches.get(key);
  if (!ratios) {
    const grid = studentGrid(degrees, count);
    ratios = grid.map((t, i) => (t === 0 ? 1 : t / normalQuantile((i + 0.5) / count)));
    stretches.set(key, ratios);
  }
  return ratios;
}

/**
 * Deviations, ascending, each moved out as Student's quantile is from the normal one at its rank: bootstrap quantiles take the
 * spread seen in few images for that of all (the expanded percentile interval of Hesterberg 2015,
 * doi:10.1080/00031305.2015.1089789).
 *
 * @param deviations Around 0.
 * @param degrees Degrees of freedom of the images, at least 1.
 */
function expanded(deviations: Float64Array, degrees: number): Float64Array {
  const ascending = deviations.slice().sort();
  if (!Number.isFinite(degrees)) return ascending;
  const ratios = studentOverNormal(degrees, ascending.length);
  return ascending.map((deviation, i) => deviation * ratios[i]);
}

function deviationOf(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] ** 2;
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}

/** A part of the uncertainty that seeds contribute. */
export interface SeedSpread {
  /** Standard error that seeds add to that of the images. */
  readonly error: number;
  /** The squared standard error seen over networks, images' share included: what has so few degrees of freedom. */
  readonly observed: number;
  readonly degrees: number;
}

/**
 * Degrees of freedom of an uncertainty of images and seeds together, by Welch's own formula (1947,
 * doi:10.1093/biomet/34.1-2.28): Satterthwaite's are far too few where each family has two.
 *
 * @param images Variance over images, whose degrees of freedom are many.
 */
function joinedDegrees(images: number, seeds: readonly SeedSpread[]): number {
  let variance = images;
  let squares = 0;
  let least = Infinity;
  for (const { error, observed, degrees } of seeds) {
    if (!(error > 0)) continue;
    variance += error ** 2;
    squares += observed ** 2 / (degrees + 2);
    least = Math.min(least, degrees);
  }
  if (squares === 0) return Infinity;
  // Down to quarters, so that quantiles need not be found anew for every number.
  return Math.floor(4 * Math.min(200, Math.max(least, variance ** 2 / squares - 2))) / 4;
}

/**
 * Degrees of freedom of the tail of {@linkcode uncertaintyDraws}: the least of the images', the seeds' and the replicates', for
 * a tail is as heavy as its heaviest part.
 *
 * @param deviations Bootstrap deviations around 0.
 */
export function tailDegrees(deviations: Float64Array, degrees: number, seeds: readonly SeedSpread[]): number {
  const own = joinedDegrees(deviationOf(deviations) ** 2, seeds);
  return Math.max(1, Math.min(degrees, own, deviations.length - 1));
}

/**
 * Draws of how far an estimate may be from what it estimates.
 *
 * Images enter by the bootstrap deviations themselves or, where these are few, by Student draws with their deviation.
 * Seeds enter by normal draws with the standard error they add, because resampling three networks with replacement would
 * understate their spread; the whole is moved out to Student's quantiles with the degrees of freedom that both have
 * together.
 *
 * @param deviations Bootstrap deviations around 0.
 * @param degrees Degrees of freedom of the images.
 * @param seeds One entry per family of several networks.
 */
export function uncertaintyDraws(
  deviations: Float64Array,
  degrees: number,
  seeds: readonly SeedSpread[],
  seed: number,
): Float64Array {
  const few = deviations.length < ENOUGH_FOR_QUANTILES;
  const error = deviationOf(deviations);
  const draws = few ? studentGrid(deviations.length - 1, STUDENT_DRAWS).map((t) => t * error) : deviations;
  const seedError = Math.sqrt(seeds.reduce((sum, each) => sum + each.error ** 2, 0));
  if (!(seedError > 0)) return expanded(draws, degrees);
  const own = normalDraws(draws.length, seed, "seeds");
  return expanded(
    draws.map((deviation, i) => deviation + own[i] * seedError),
    Math.min(degrees, joinedDegrees(error ** 2, seeds)),
  );
}

/**
 * The interval of an estimate from its bootstrap deviations.
 *
 * @param degrees Degrees of freedom of the images.
 * @param range Bounds that the number cannot pass.
 */
export function intervalOf(
  value: number,
  deviations: Float64Array,
  { level, degrees = Infinity, range }: { level: number; degrees?: number; range?: Interval },
): [number, number] {
  let [low, high] = [value, value];
  if (deviations.length < ENOUGH_FOR_QUANTILES) {
    const p = (1 + level) / 2;
    const stretch = Number.isFinite(degrees) ? studentQuantile(p, degrees) / normalQuantile(p) : 1;
    const half = studentQuantile(p, deviations.length - 1) * deviationOf(deviations) * stretch;
    [low, high] = [value - half, value + half];
  } else {
    [low, high] = centredInterval(value, expanded(deviations, degrees), level);
  }
  // A lopsided distribution, centred on its mean, may leave the estimate itself outside.
  const within = (bound: number): number => (range ? Math.max(range[0], Math.min(range[1], bound)) : bound);
  return [Math.min(value, within(low)), Math.max(value, within(high))];
}
