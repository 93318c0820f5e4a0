import type { LesionCell, LesionResult, LesionTarget } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import type { LesionDirection } from "./plan_lesion.ts";
import type { DirectionCounts, Right } from "./run_lesion.ts";

/** What a summary names. */
export interface LesionNames {
  readonly layer: string;
  readonly readout: string;
  readonly conditions: readonly string[];
  readonly targets: readonly string[];
  readonly sets: number;
}

/** Turns the counts of both directions into shares and drops, averaged over the directions that could be measured. */
export function summarizeLesion(
  directions: readonly LesionDirection[],
  counts: readonly DirectionCounts[],
  { layer, readout, conditions, targets, sets }: LesionNames,
): LesionResult {
  const classes = conditions.flatMap((name, condition) =>
    directions.some(({ centroids }) => centroids[condition] !== null) ? [{ name, condition }] : []
  );
  const byName = <T>(make: (condition: number) => T): Record<string, T> =>
    Object.fromEntries(classes.map(({ name, condition }) => [name, make(condition)]));
  return {
    layer,
    readout,
    sets,
    accuracy: byName((condition) => meanOf(counts.map(({ intact, images }) => share(intact, images, condition)))),
    targets: Object.fromEntries(targets.map((name, t): [string, LesionTarget] => {
      const own = directions.map(({ targets }) => targets[t]), able = own.filter(({ reason }) => reason === null);
      const reason = able.length === 0 ? { reason: own[0].reason! } : {};
      return [name, {
        units: meanOf(able.map(({ units }) => units.length)) ?? 0,
        activity: meanOf(able.map(({ activity }) => activity.selected)),
        randomActivity: meanOf(able.map(({ activity }) => activity.random)),
        conditions: byName((condition) => cellOf(counts, t, condition)),
        ...reason,
      }];
    })),
  };
}

function share(right: Right, images: Right, condition: number): number | null {
  return images[condition] === 0 ? null : right[condition] / images[condition];
}

/** The share of a condition's images that are lost. */
function dropOf({ intact, images }: DirectionCounts, lesioned: Right, condition: number): number | null {
  return images[condition] === 0 ? null : (intact[condition] - lesioned[condition]) / images[condition];
}

function cellOf(counts: readonly DirectionCounts[], target: number, condition: number): LesionCell {
  const able = counts.filter(({ selected }) => selected[target] !== null);
  const drop = meanOf(able.map((each) => dropOf(each, each.selected[target]!, condition)));
  const random = (able[0]?.random[target] ?? []).flatMap((_, set) =>
    meanOf(able.map((each) => dropOf(each, each.random[target][set], condition))) ?? []
  );
  const mean = meanOf(random);
  return {
    drop,
    random: mean,
    randomRange: random.length === 0 ? null : [Math.min(...random), Math.max(...random)],
    beyondRandom: drop === null || mean === null ? null : drop - mean,
  };
}
