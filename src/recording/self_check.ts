import { momentError, type Moments } from "../statistics/mod.ts";
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
export function selfCheck(header: RecordingHeader, { layer, moments, sample }: LayerRecording): number {
  const errors = groupsOf(header.images).map(({ condition, block, images }) => {
    const streamed = moments[condition][block];
    if (streamed.n === 0) return 0;
    const where = `${header.conditions[condition]}, block ${block}`;
    return checkGroup({ layer: layer.name, where, streamed, ...sample, rows: images });
  });
  return Math.max(0, ...errors);
}

/** The same for one group. */
export function checkGroup({ layer, where, streamed, units, responses, rows }: CheckedGroup): number {
  const exact = exactMoments(responses, units.length, [...rows]);
  const { error, column } = momentError({ streamed: [streamed], exact: [exact], units });
  // Written so that NaN fails too.
  if (error <= TOLERANCE) return error;
  const what = column < 0 ? "the number of images" : `unit ${units[column]}`;
  throw new Error(
    `Cannot trust the recording of "${layer}": its streamed moments and its sampled responses differ by ` +
      `${error.toExponential(1)} in ${what} of ${where}; expected ${TOLERANCE} at most`,
  );
}

/** Two passes in float64 over some rows of `[images, count]`. */
function exactMoments(responses: Float32Array, count: number, rows: readonly number[]): Moments {
  const mean = new Float64Array(count);
  const m2 = new Float64Array(count);
  for (const row of rows) {
    for (let j = 0; j < count; j++) mean[j] += responses[row * count + j] / rows.length;
  }
  for (const row of rows) {
    for (let j = 0; j < count; j++) m2[j] += (responses[row * count + j] - mean[j]) ** 2;
  }
  return { n: rows.length, mean, m2 };
}
