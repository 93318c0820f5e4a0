import type { Recording } from "../localizer/mod.ts";
import { PlacementNull, stratifiedWeights } from "../resampling/mod.ts";
import type { Consistency, TapResult } from "../results/mod.ts";
import { type AnalysedTap, analyseTap, type TapContext } from "./_analyse_tap.ts";
import { correctNulls } from "./_correct_nulls.ts";
import { measureConsistency, type MeasuredConsistency } from "./_consistency.ts";
import { layOutImages } from "./_layout.ts";
import { permutedMembership } from "./_permutation_null.ts";
import type { PermutedTap } from "./_permute_tap.ts";
import type { Cell } from "./_replicates.ts";
import type { CellTable } from "./cell_table.ts";
import { type AnalysisOptions, resolveOptions } from "./options.ts";

/** Under this name stands what is measured over every sampled unit, or averaged over categories. */
export const ALL_CATEGORIES = "all";

const NO_PAIR = "a pair of conditions has no two images in a fold, or the tap too few sampled units";

/** One network's part of the results, with the replicates that comparisons need. */
export interface NetworkAnalysis {
  /** One per tap recorded. */
  readonly taps: TapResult[];
  /** Per target category, and `all` over every sampled unit. */
  readonly consistency: Record<string, Consistency>;
  /** Numbers with their bootstrap replicates; never written to a file. */
  readonly replicates: NetworkReplicates;
}

/** What comparisons read of a network. */
export interface NetworkReplicates {
  /** One per tap. */
  readonly taps: readonly CellTable[];
  /** Depth of each tap, 0–1. */
  readonly depths: readonly number[];
  /** By category, and `all`. */
  readonly consistency: ReadonlyMap<string, Cell>;
  /** Per tap, by criterion and category: proportions under permuted labels. */
  readonly permuted: readonly ReadonlyMap<string, ReadonlyMap<string, PermutedTap>>[];
}

/** Random splits of the images that show the spread of consistency. */
export const CONSISTENCY_SPLITS = 30;

/** Placement nulls depend on shapes and counts alone, so networks share them. */
const placementNulls: Map<string, PlacementNull> = new Map();

function placementNullFor(shape: readonly number[], placements: number, seed: number): PlacementNull {
  const key = `${shape.join("×")} ${placements} ${seed}`;
  let nulls = placementNulls.get(key);
  if (!nulls) placementNulls.set(key, nulls = new PlacementNull({ shape, placements, seed }));
  return nulls;
}

/**
 * Turns a recording into a network's part of the results: every measure of every tap and category, selected on one fold
 * and measured on the other, with bootstrap intervals, nulls and the other criteria beside.
 *
 * Point estimates rest on all units; their spread on resampled ones, corrected to the number of all units. Nothing here
 * is random but by `options.seed`.
 *
 * @param recording What was recorded of the network.
 * @param options What to select and how much to resample.
 * @throws {RangeError} If an option is out of range, a target is no condition of the recording, or there is no image.
 */
export async function analyseNetwork(recording: Recording, options: AnalysisOptions): Promise<NetworkAnalysis> {
  const resolved = resolveOptions(options);
  const layout = layOutImages(recording, resolved.targets);
  if (recording.images.length === 0) {
    throw new RangeError("Cannot analyse a recording: it has no images; expected at least one");
  }
  const { seed, multiply, level } = resolved;
  const context: TapContext = {
    recording,
    layout,
    weights: {
      byFold: stratifiedWeights(layout.strata, resolved.replicates, seed),
      whole: stratifiedWeights(
        layout.strata.map((stratum) => stratum >> 1),
        Math.max(resolved.selectionReplicates, resolved.mapReplicates, resolved.otherReplicates),
        seed,
      ),
    },
    membership: resolved.permutations > 0 ? permutedMembership(layout, resolved.permutations, seed) : null,
    options: resolved,
    nullFor: (shape) => placementNullFor(shape, resolved.placements, seed),
  };
  const total = recording.taps.length + resolved.targets.length + 1;
  const analysed: AnalysedTap[] = [];
  // The largest last: by then the moments of the others may be gone, and its own work takes the most memory.
  const order = [...recording.taps.keys()].sort((a, b) => recording.taps[a].tap.units - recording.taps[b].tap.units);
  for (const [done, index] of order.entries()) {
    const tap = recording.taps[index];
    analysed[index] = await analyseTap(tap, context);
    // What follows reads the samples alone.
    if (resolved.release === true) (tap.moments as unknown[]).length = 0;
    resolved.onProgress?.(done + 1, total);
  }

  const measured: [string, MeasuredConsistency][] = [];
  for (const [t, category] of [...resolved.targets, ALL_CATEGORIES].entries()) {
    const units = [0, 1].map((fold) =>
      recording.taps.map(({ sample }, i) =>
        t === resolved.targets.length ? Uint32Array.from(sample.units, (_, column) => column) : Uint32Array.from(
          Array.from(sample.units.keys()).filter((column) =>
            analysed[i].selections[fold][t].mask[sample.units[column]] === 1
          ),
        )
      )
    );
    measured.push([
      category,
      await measureConsistency({
        taps: recording.taps,
        layout,
        units,
        seed,
        splits: CONSISTENCY_SPLITS,
        level,
        multiply,
      }),
    ]);
    resolved.onProgress?.(analysed.length + t + 1, total);
  }
  const overall = measured[measured.length - 1][1];
  return {
    taps: correctNulls(
      analysed.map(({ result }, i) => ({
        ...result,
        dissimilarity: overall.dissimilarity[i],
        ...(overall.dissimilarity[i].some((row) => row.includes(null)) ? { reason: NO_PAIR } : {}),
      })),
      resolved.targets,
    ),
    consistency: Object.fromEntries(measured.map(([category, { result }]) => [category, result])),
    replicates: {
      taps: analysed.map(({ cells }) => cells),
      depths: recording.taps.map(({ tap }) => tap.depth),
      consistency: new Map(measured.map(([category, { cell }]) => [category, cell])),
      permuted: analysed.map(({ permuted }) => permuted),
    },
  };
}
