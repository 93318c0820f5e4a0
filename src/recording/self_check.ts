import { momentError, type Moments, momentsOfResponses } from "../statistics/mod.ts";
import { groupsOf } from "./groups_of.ts";
import type { LayerRecording, RecordingHeader } from "./recording.ts";

/** Above this the moments are not those of the responses. */
const TOLERANCE = 1e-3;

/** What one group of one layer left, for comparing the two. */
export interface CheckedGroup {
  /** What to call the layer and the group in errors. */
  readonly layer: string;
  readonly where: string;
  /** `[units]`. */
  readonly streamed: Moments;
  /** Indices of the sampled units. */
  readonly units: Uint32Array;
  /** `[images, sampled units]`. */
  readonly responses: Float32Array;
  /** Rows of `responses` that are the group's. */
  readonly rows: Iterable<number>;
}

/**
 * Compares a layer's streamed moments with those computed in float64 from the sampled responses, for every group that was
 * recorded and every sampled unit.
 *
 * @returns The worst relative error, as `momentError` defines it.
 * @throws {Error} where it is above 1e-3, naming layer, unit and group.
 */
export function selfCheck(
  { images, conditions }: Pick<RecordingHeader, "images" | "conditions">,
  { layer, moments, sample }: LayerRecording,
): number {
  const errors = groupsOf(images).map(({ condition, block, images: rows }) => {
    const streamed = moments[condition][block];
    if (streamed.n === 0) return 0;
    const where = `${conditions[condition]}, block ${block}`;
    return checkGroup({ layer: layer.name, where, streamed, ...sample, rows });
  });
  return Math.max(0, ...errors);
}

/** The same for one group. */
export function checkGroup({ layer, where, streamed, units, responses, rows }: CheckedGroup): number {
  const condition = new Int32Array(responses.length / units.length).fill(-1);
  for (const row of rows) condition[row] = 0;
  const exact = momentsOfResponses({ values: responses, units: units.length, condition, conditions: 1 });
  const { error, column } = momentError({ streamed: [streamed], exact, units });
  // Written so that NaN fails too.
  if (error <= TOLERANCE) return error;
  const what = column < 0 ? "the number of images" : `unit ${units[column]}`;
  throw new Error(
    `Cannot trust the recording of "${layer}": its streamed moments and its sampled responses differ by ` +
      `${error.toExponential(1)} in ${what} of ${where}; expected ${TOLERANCE} at most`,
  );
}
