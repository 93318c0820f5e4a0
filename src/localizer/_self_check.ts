import { momentError } from "./moment_error.ts";
import type { Moments, Recording, TapRecording } from "./recording.ts";

/** Above this the moments are not those of the responses. */
export const TOLERANCE = 1e-3;

/**
 * Compares the streamed moments with those computed in float64 from the sampled responses, for every group of images and
 * every sampled unit.
 *
 * {@linkcode momentError} says what an error is relative to.
 *
 * @returns The worst relative error of all taps.
 * @throws {Error} where it is above 1e-3, naming the tap.
 */
export function selfCheck(recording: Omit<Recording, "selfCheck">): number {
  let worst = 0;
  for (const tap of recording.taps) {
    const { error, where } = checkTap(recording, tap);
    // Written so that NaN fails too.
    if (!(error <= TOLERANCE)) {
      throw new Error(
        `Cannot trust the recording of "${tap.tap.name}": its streamed moments and its sampled responses differ by ` +
          `${error.toExponential(1)} in ${where}; expected ${TOLERANCE} at most`,
      );
    }
    worst = Math.max(worst, error);
  }
  return worst;
}

function checkTap(
  { images, conditions }: Omit<Recording, "selfCheck">,
  { moments, sample }: TapRecording,
): { error: number; where: string } {
  const count = sample.units.length;
  const exact = moments.flatMap((folds, condition) =>
    folds.map((_, fold) => {
      const members = images.flatMap((image, i) => image.condition === condition && image.fold === fold ? [i] : []);
      return exactMoments(sample.responses, count, members);
    })
  );
  const { error, column, group } = momentError({ streamed: moments.flat(), exact, units: sample.units });
  if (group < 0) return { error, where: "" };
  const what = column < 0 ? "the number of images" : `unit ${sample.units[column]}`;
  return { error, where: `${what} of ${conditions[group >> 1]}, fold ${group % 2}` };
}

/** Two passes in float64 over the rows `members` of `[images, count]`. */
function exactMoments(
  responses: Float32Array,
  count: number,
  members: readonly number[],
): Moments {
  const mean = new Float64Array(count);
  const m2 = new Float64Array(count);
  for (const image of members) {
    for (let j = 0; j < count; j++) mean[j] += responses[image * count + j] / members.length;
  }
  for (const image of members) {
    for (let j = 0; j < count; j++) m2[j] += (responses[image * count + j] - mean[j]) ** 2;
  }
  return { n: members.length, mean, m2 };
}
