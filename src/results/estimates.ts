import type { Estimate } from "./estimate.ts";
import type { LayerCategory } from "./layer_result.ts";
import type { MeasureResult } from "./measure_result.ts";
import type { Results } from "./results.ts";

/** One number of a results file with what it is a number of. */
export interface LabelledEstimate {
  /** Id of the network. */
  readonly network: string;
  /** Null for a measure over the whole network. */
  readonly layer: string | null;
  /** The target category, or `all`. */
  readonly category: string;
  /** What was measured: a name among the results' `measures`. */
  readonly measure: string;
  /** The number; null where it could not be had. */
  readonly value: number | null;
  /** Its interval, at the level of the settings. */
  readonly interval: readonly [number, number] | null;
  /** The same number of units placed at random; null for measures that have no such null. */
  readonly random: number | null;
  /** Standard deviations from `random`. */
  readonly z: number | null;
}

/** A number without its place in a results file. */
export type UnplacedEstimate = Pick<LabelledEstimate, "measure" | "value" | "interval" | "random" | "z">;

function unplaced(measure: string, { value, interval, random, z }: Estimate): UnplacedEstimate {
  return { measure, value, interval, random: random ?? null, z: z ?? null };
}

/**
 * The numbers of one record of measures.
 *
 * @param found Measure to estimate, as in `measures` of a layer's category or of a criterion.
 * @param measures Those of the results, which give the order; what the record lacks is left out.
 */
export function measureEstimates(
  found: LayerCategory["measures"],
  measures: readonly MeasureResult[],
): UnplacedEstimate[] {
  return measures.flatMap(({ name }) => (Object.hasOwn(found, name) ? [unplaced(name, found[name])] : []));
}

/**
 * Every measured number of a results file under its main criterion, one row each: by network, layer, category, measure.
 *
 * @param results The results to list.
 * @returns Rows in the order of the file; measures of whole networks come last in each network, with `layer` null.
 */
export function listEstimates(results: Pick<Results, "networks" | "measures">): LabelledEstimate[] {
  const { measures } = results;
  return results.networks.flatMap((network) => [
    ...network.layers.flatMap((layer) =>
      Object.entries(layer.categories).flatMap(([category, found]) =>
        measureEstimates(found.measures, measures)
          .map((estimate) => ({ network: network.id, layer: layer.name, category, ...estimate }))
      )
    ),
    ...measures.flatMap(({ name }) =>
      Object.entries(network.measures[name] ?? {})
        .map(([category, estimate]) => ({ network: network.id, layer: null, category, ...unplaced(name, estimate) }))
    ),
  ]);
}
