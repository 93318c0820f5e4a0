import { MomentReader, type Moments } from "./moments.ts";

/** Deviations below this share of a unit's responses are rounding: they are float32. */
const RESOLUTION = 2 ** -20;
/**
 * Means of batches are float32 too, off by some 2⁻²³ of a response, and that far from the deviations that they are taken from.
 * Brought to a tolerance of a thousandth, it counts where a unit's deviation is less than this share of its responses.
 */
const MEAN_RESOLUTION = 2 ** -11;

/** How far streamed moments are from exact ones. */
export interface MomentError {
  /** The worst of all units and groups; infinite where the numbers of images differ, NaN where a streamed moment is NaN. */
  readonly error: number;
  /** The unit, by its column among the sampled ones; −1 where no unit has an error. */
  readonly column: number;
  /** The group of images. */
  readonly group: number;
}

/**
 * The worst relative error of streamed moments against those computed from the sampled responses themselves.
 *
 * Everything is relative to the unit's own: a variance's error to the unit's variance in that group, a mean's to its size or its
 * standard deviation, whichever is larger. Only where the variance is too small beside the responses for float32 to hold it, it
 * counts as what float32 can hold: below a deviation of 2⁻¹¹ of the root mean square r of the unit's responses in the group as
 * 2⁻¹¹ · r · deviation, and no less than (2⁻²⁰ · r)².
 *
 * @param input.streamed One per group of images, `[units]` each.
 * @param input.exact Of the same groups, `[sampled units]` each, in float64; groups without images are left out.
 * @param input.units Indices of the sampled units.
 */
export function momentError(
  { streamed, exact, units }: {
    streamed: readonly Moments[];
    exact: readonly Moments[];
    units: ArrayLike<number>;
  },
): MomentError {
  let worst: MomentError = { error: 0, column: -1, group: -1 };
  const present = exact.flatMap(({ n }, group) => (n > 0 ? [group] : []));
  const unequal = present.find((group) => streamed[group].n !== exact[group].n);
  if (unequal !== undefined) return { error: Infinity, column: -1, group: unequal };
  const reader = new MomentReader();
  for (const group of present) {
    const { n, mean, m2 } = exact[group];
    const found = reader.read(streamed[group]);
    for (let column = 0; column < units.length; column++) {
      const variance = m2[column] / n;
      const deviation = Math.sqrt(variance);
      const size = Math.sqrt(mean[column] ** 2 + variance);
      const scale = Math.max(variance, MEAN_RESOLUTION * size * deviation, (RESOLUTION * size) ** 2);
      const unit = units[column];
      const error = Math.max(
        relative(found.mean[unit] - mean[column], Math.max(Math.abs(mean[column]), deviation)),
        relative(found.m2[unit] / n - variance, scale),
      );
      if (Number.isNaN(error)) return { error, column, group };
      if (error > worst.error) worst = { error, column, group };
    }
  }
  return worst;
}

function relative(difference: number, scale: number): number {
  return difference === 0 ? 0 : Math.abs(difference) / scale;
}
