import type { Criterion } from "../criteria/mod.ts";
import { type Design, Half, halfMoments, halfResponses, type Split } from "../localize/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { poolMoments, Random } from "../statistics/mod.ts";
import { matchedSets } from "./matched_sets.ts";
import type { Centroid } from "./nearest_centroid.ts";

/** What is lesioned for one target. */
export interface TargetLesion {
  /** Indices of the selected units that vary over the images of the selecting half, ascending. */
  readonly units: Uint32Array;
  /** As many sets of live units, matched in number and mean activity. */
  readonly random: readonly Uint32Array[];
  /** Mean activity of the selected units, and of those in the random sets. */
  readonly activity: { readonly selected: number; readonly random: number };
  /** Why nothing is lesioned; null where something is. */
  readonly reason: string | null;
}

/** One direction of a split: everything decided on one half, to be tried on the other. */
export interface LesionDirection {
  /** `[units]`: what a lesioned unit is set to, its mean over the images of the selecting half. */
  readonly replacement: Float64Array | Float32Array;
  /** Mean features of each condition's images of the selecting half at the readout's layer. */
  readonly centroids: readonly Centroid[];
  /** One per target, in the order of the design. */
  readonly targets: readonly TargetLesion[];
  /** Positions, in the recording, of the images of the other half. */
  readonly images: readonly number[];
}

/** What a lesion is planned from. */
export interface LesionInput {
  /** The layer whose units are lesioned. */
  readonly layer: LayerRecording;
  /** The layer at which conditions are read out. */
  readonly readout: LayerRecording;
  /** Conditions that are made from others are neither read out nor shown. */
  readonly design: Design;
  readonly criterion: Criterion;
  readonly split: Split;
  /** Random sets beside each selection. */
  readonly sets: number;
  readonly seed: number;
}

/**
 * Decides, on each half of a split, what is lesioned and how conditions are read out on the other half.
 *
 * @returns The direction that selects on half 0, then the other.
 */
export function planLesion(input: LesionInput): readonly [LesionDirection, LesionDirection] {
  return [planDirection(input, 0), planDirection(input, 1)];
}

function planDirection(input: LesionInput, half: 0 | 1): LesionDirection {
  const { layer, readout, design, criterion, split } = input;
  const moments = halfMoments(layer.moments, { split, half });
  const shown = [...design.conditions.keys()].filter((condition) => !design.derived.includes(condition));
  const whole = poolMoments(...shown.map((condition) => moments[condition]));
  const live = Uint32Array.from(whole.m2.keys()).filter((unit) => whole.m2[unit] > 0);
  const selecting = new Half(design, moments, { responses: () => halfResponses(layer, design, { split, half }) });
  const selections = selecting.select(criterion);
  const features = halfMoments(readout.moments, { split, half });
  return {
    replacement: whole.mean,
    centroids: features.map(({ n, mean }, condition) => n > 0 && shown.includes(condition) ? mean : null),
    targets: design.targets.map((target, index): TargetLesion => {
      const units = selections[index].units.filter((unit) => whole.m2[unit] > 0);
      const reason = selecting.untestable(criterion, target) ?? (units.length === 0 ? "no unit is selected" : null);
      if (reason !== null) return { units, random: [], activity: { selected: 0, random: 0 }, reason };
      const name = `lesions ${layer.layer.name} ${design.conditions[target]} ${half}`;
      const random = matchedSets({
        selected: units,
        live,
        activity: whole.mean,
        sets: input.sets,
        random: new Random(input.seed, name),
      });
      const activity = { selected: meanAt(whole.mean, [units]), random: meanAt(whole.mean, random) };
      return { units, random, activity, reason };
    }),
    images: design.images.flatMap(({ condition, block }, image) =>
      split[block] !== half && shown.includes(condition) ? [image] : []
    ),
  };
}

function meanAt(values: Float64Array | Float32Array, sets: readonly Uint32Array[]): number {
  let sum = 0, count = 0;
  for (const set of sets) {
    for (const unit of set) sum += values[unit];
    count += set.length;
  }
  return sum / count;
}
