import { momentError, type Moments, momentsOfResponses } from "../statistics/mod.ts";
import type { LayerRecording, RecordingHeader } from "./recording.ts";

/** Above this the moments are not those of the responses. */
const TOLERANCE = 1e-3;

/** What some groups of a layer left, for comparing the two. */
export interface CheckedGroups {
  /** What to call the layer in errors. */
  readonly layer: string;
  /** `[units]` each, one per group. */
  readonly streamed: readonly Moments[];
  /** Responses `[images, sampled units]`. */
  readonly sample: LayerRecording["sample"];
  /** Group of each image; −1 leaves an image out. */
  readonly groupOf: Int32Array;
  /** What to call a group in errors. */
  readonly describe: (group: number) => string;
}

/**
 * Compares a layer's streamed moments with those computed in float64 from the sampled responses, for every group that was
 * recorded and every sampled unit.
 *
 * @returns The worst relative error, as `momentError` defines it.
 * @throws {Error} where it is above 1e-3, naming layer, unit and group.
 */
export function selfCheck(
  { images, conditions, blocks }: Pick<RecordingHeader, "images" | "conditions" | "blocks">,
  { layer, moments, sample }: LayerRecording,
): number {
  return checkGroups({
    layer: layer.name,
    streamed: moments.flat(),
    sample,
    groupOf: Int32Array.from(
      images,
      ({ condition, block }) => moments[condition][block].n > 0 ? condition * blocks + block : -1,
    ),
    describe: (group) => `${conditions[Math.floor(group / blocks)]}, block ${group % blocks}`,
  });
}

/** The same for some groups. */
export function checkGroups({ layer, streamed, sample, groupOf, describe }: CheckedGroups): number {
  const { units, responses } = sample;
  const exact = momentsOfResponses({
    values: responses,
    units: units.length,
    condition: groupOf,
    conditions: streamed.length,
  });
  const { error, column, group } = momentError({ streamed, exact, units });
  // Written so that NaN fails too.
  if (error <= TOLERANCE) return error;
  const what = column < 0 ? "the number of images" : `unit ${units[column]}`;
  throw new Error(
    `Cannot trust the recording of "${layer}": its streamed moments and its sampled responses differ by ` +
      `${error.toExponential(1)} in ${what} of ${describe(group)}; expected ${TOLERANCE} at most`,
  );
}
