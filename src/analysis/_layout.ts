import type { Moments, Recording, TapRecording } from "../localizer/mod.ts";
import { Random } from "../resampling/mod.ts";

/** How the images of a recording fall into conditions and folds. */
export interface ImageLayout {
  readonly conditions: readonly string[];
  /** Indices of the target conditions. */
  readonly targets: readonly number[];
  /** Condition × 2 + fold of each image. */
  readonly strata: Int32Array;
  /** Images of each stratum; empty where a condition has none in a fold. */
  readonly groups: readonly Int32Array[];
  /** Images of each condition, both folds together. */
  readonly wholes: readonly Int32Array[];
  /** Images that a condition has in a fold, the mean over the folds where it has any: `[conditions]`. */
  readonly perFold: readonly number[];
  /** Images of the smallest group that has any: of a condition in a fold, and of a condition as a whole; 0 without images. */
  readonly fewest: { readonly inFold: number; readonly whole: number };
}

/**
 * Sorts the images of a recording.
 *
 * @throws {RangeError} If a target is not among the conditions.
 */
export function layOutImages(recording: Recording, targets: readonly string[]): ImageLayout {
  const { conditions, images } = recording;
  const unknown = targets.filter((name) => !conditions.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(
      `Cannot select for "${unknown[0]}": the recording has no such condition; expected one of ${
        conditions.join(", ")
      }`,
    );
  }
  const strata = Int32Array.from(images, ({ condition, fold }) => 2 * condition + fold);
  const groups = Array.from(
    { length: 2 * conditions.length },
    (_, stratum) => Int32Array.from(images.flatMap((_, i) => (strata[i] === stratum ? [i] : []))),
  );
  const wholes = conditions.map((_, c) => Int32Array.of(...groups[2 * c], ...groups[2 * c + 1]));
  const perFold = wholes.map(({ length }, c) =>
    length > 0 ? length / [0, 1].filter((fold) => groups[2 * c + fold].length > 0).length : 0
  );
  const fewest = (lists: readonly Int32Array[]): number =>
    lists.reduce((least, { length }) => (length > 0 && (least === 0 || length < least) ? length : least), 0);
  return {
    conditions,
    targets: targets.map((name) => conditions.indexOf(name)),
    strata,
    groups,
    wholes,
    perFold,
    fewest: { inFold: fewest(groups), whole: fewest(wholes) },
  };
}

/** Moments of a group without images. */
export function emptyMoments(units: number): Moments {
  return { n: 0, mean: new Float64Array(units), m2: new Float64Array(units) };
}

/** A subset of a tap's sampled units. */
export interface UnitSubset {
  /** Columns of the sample, ascending. */
  readonly columns: Uint32Array;
  /** Responses `[images, columns]`. */
  readonly responses: Float32Array;
}

/** The units of some columns of a tap's sample. */
export function subsetOfColumns({ sample }: TapRecording, columns: Uint32Array): UnitSubset {
  const sampled = sample.units.length;
  const images = sampled > 0 ? sample.responses.length / sampled : 0;
  const responses = new Float32Array(images * columns.length);
  for (let i = 0; i < images; i++) {
    for (let u = 0; u < columns.length; u++) {
      responses[i * columns.length + u] = sample.responses[i * sampled + columns[u]];
    }
  }
  return { columns, responses };
}

/** Draws at most `count` of a tap's sampled units. */
export function subsetUnits(tap: TapRecording, count: number, seed: number): UnitSubset {
  const sampled = tap.sample.units.length;
  const order = Uint32Array.from({ length: sampled }, (_, i) => i);
  new Random(seed, `units ${tap.tap.name}`).shuffle(order, 0, sampled);
  return subsetOfColumns(tap, order.slice(0, Math.min(count, sampled)).sort());
}
