/**
 * How far one number lies from its mean in every bootstrap replicate, computed on some of the units that the number
 * rests on.
 *
 * Averaging and differencing are linear, so any comparison of networks is again of this form, and only at its end
 * {@linkcode deviationsOf} takes off the part of the spread that comes from having resampled few units.
 */
export interface Replicates {
  /** Deviations from the mean, `[replicates]`. */
  readonly all: Float64Array;
  /** The part of the variance of `all` that units have each for themselves: it would average out over more units. */
  readonly own: number;
  /** The same part as it is with all units. */
  readonly ownOfAll: number;
  /** Degrees of freedom of the images, those of the smallest group; infinite where they are not told. */
  readonly degrees: number;
}

/** Why a number that was measured has no interval. */
export const NO_INTERVAL = "there are too few images or replicates for an interval";

/** A number with its replicates, ready to be averaged and compared. */
export interface Cell {
  /** Null where it could not be measured. */
  readonly value: number | null;
  /** Null where it has no interval. */
  readonly draws: Replicates | null;
  /** Why there is no value. */
  readonly reason?: string;
}

/** Below this share of replicates that define a number, it gets no interval. */
const LEAST_DEFINED = 0.5;

/**
 * Centres values on 0 where they are defined. Undefined ones (NaN) become 0 and the others grow to keep the variance, so
 * that sums over taps stay paired.
 */
function centre(values: ArrayLike<number>): Float64Array | null {
  let sum = 0;
  let defined = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i];
    defined++;
  }
  if (defined < 2 || defined < LEAST_DEFINED * values.length) return null;
  const mean = sum / defined;
  const stretch = Math.sqrt(values.length / defined);
  return Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : (value - mean) * stretch));
}

/**
 * Replicates of a number from its values in them.
 *
 * @param values The number in each replicate; NaN where a replicate does not define it.
 * @param parts Variance that units have each for themselves, among the resampled ones and among all; by default none, which
 * leaves the spread as wide as it is.
 * @param degrees Degrees of freedom of the images.
 * @returns Null where too few replicates define the number, or a group has a single image.
 */
export function replicatesOf(
  values: ArrayLike<number>,
  { own, ownOfAll }: { own: number; ownOfAll: number } = { own: 0, ownOfAll: 0 },
  degrees = Infinity,
): Replicates | null {
  const all = degrees < 1 ? null : centre(values);
  return all === null ? null : { all, own, ownOfAll, degrees };
}

/**
 * A weighted sum of numbers, each over units of its own.
 *
 * @param parts Replicates and the weight of each. Those of different lengths are cut to the shortest: replicate `r` is the
 * same resampling of the images in all of them.
 * @returns Null where there is no part or one has no replicates.
 */
export function weightedSum(
  parts: readonly { readonly draws: Replicates | null; readonly weight: number }[],
): Replicates | null {
  let length = Infinity;
  let own = 0;
  let ownOfAll = 0;
  let degrees = Infinity;
  for (const { draws, weight } of parts) {
    if (draws === null) return null;
    degrees = Math.min(degrees, draws.degrees);
    length = Math.min(length, draws.all.length);
    own += weight * weight * draws.own;
    ownOfAll += weight * weight * draws.ownOfAll;
  }
  if (length === Infinity) return null;
  const all = new Float64Array(length);
  for (const { draws, weight } of parts) {
    const values = draws!.all;
    for (let r = 0; r < length; r++) all[r] += weight * values[r];
  }
  return { all, own, ownOfAll, degrees };
}

function totalVariance(all: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < all.length; i++) sum += all[i] * all[i];
  return all.length > 1 ? sum / (all.length - 1) : 0;
}

/**
 * The variance of a number over images, as it is with all the units that the number rests on.
 *
 * The variance of a mean over S units is what pairs of units share, which no number of units averages out, and what each
 * has for itself, which falls with S. The replicates give the total and, unit by unit, the second part; the rest is the
 * first.
 */
export function varianceOf({ all, own, ownOfAll }: Replicates): number {
  const total = totalVariance(all);
  // A number that the rule itself fixes, such as the proportion of a selection of fixed size.
  if (total === 0) return 0;
  // Where units share nothing the difference may fall below what they have for themselves by chance.
  return Math.max(total - own + ownOfAll, Math.min(total, ownOfAll));
}

/** Deviations of a number over replicates, with the spread it has with all units. */
export function deviationsOf(draws: Replicates): Float64Array {
  const total = totalVariance(draws.all);
  if (!(total > 0)) return draws.all;
  const factor = Math.sqrt(varianceOf(draws) / total);
  return draws.all.map((deviation) => deviation * factor);
}

/**
 * The variance over replicates of what differs between networks that saw the same resampled images.
 *
 * @param draws One per network, at least two.
 */
export function interactionVariance(draws: readonly Replicates[]): number {
  const networks = draws.length;
  let sum = 0;
  for (let own = 0; own < networks; own++) {
    const contrast = weightedSum(
      draws.map((each, other) => ({ draws: each, weight: (other === own ? 1 : 0) - 1 / networks })),
    );
    if (contrast !== null) sum += varianceOf(contrast);
  }
  return sum / (networks - 1);
}
