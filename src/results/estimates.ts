import type { Estimate, Placed } from "./estimate.ts";
import type { MeasureName } from "./measures.ts";
import type { Results } from "./results.ts";
import type { TapCategory } from "./tap_result.ts";

/** One number of a results file with what it is a number of. */
export interface LabelledEstimate {
  /** Id of the network. */
  readonly network: string;
  /** Null for a measure over the whole network. */
  readonly tap: string | null;
  /** The target category, or `all`. */
  readonly category: string;
  /** What was measured. */
  readonly measure: MeasureName;
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

function plain(measure: MeasureName, estimate: Estimate): UnplacedEstimate {
  return { measure, value: estimate.value, interval: estimate.interval, random: null, z: null };
}

function besideRandom(measure: MeasureName, placed: Placed): UnplacedEstimate {
  return { measure, value: placed.value, interval: placed.interval, random: placed.random, z: placed.z };
}

/**
 * The measures of one category at one tap, in the order of `MEASURES`.
 *
 * @param category The entry of a tap's `categories`.
 * @returns Fourteen numbers with their intervals and, for localization, their random-placement null.
 */
export function categoryEstimates(category: TapCategory): UnplacedEstimate[] {
  const { specificity, localization, strength } = category;
  return [
    plain("proportion", { value: category.proportion, interval: category.interval }),
    plain("specificity.t", specificity.t),
    plain("specificity.dprime", specificity.dprime),
    plain("specificity.index", specificity.index),
    plain("specificity.sparseness", specificity.sparseness),
    plain("specificity.exclusivity", specificity.exclusivity),
    besideRandom("localization.within.entropy", localization.within.entropy),
    besideRandom("localization.within.gini", localization.within.gini),
    besideRandom("localization.within.moran", localization.within.moran),
    besideRandom("localization.within.peak", localization.within.peak),
    besideRandom("localization.across.entropy", localization.across.entropy),
    besideRandom("localization.across.gini", localization.across.gini),
    plain("strength.response", strength.response),
    plain("strength.lead", strength.lead),
  ];
}

/**
 * Every measured number of a results file under its main criterion, one row each: by network, tap, category, measure.
 *
 * @param results The results to list.
 * @returns Rows in the order of the file; consistency comes last in each network, with `tap` null.
 */
export function listEstimates(results: Results): LabelledEstimate[] {
  const rows: LabelledEstimate[] = [];
  for (const network of results.networks) {
    for (const tap of network.taps) {
      for (const [category, measured] of Object.entries(tap.categories)) {
        for (const estimate of categoryEstimates(measured)) {
          rows.push({ network: network.id, tap: tap.name, category, ...estimate });
        }
      }
    }
    for (const [category, { mean }] of Object.entries(network.consistency)) {
      rows.push({ network: network.id, tap: null, category, ...plain("consistency", mean) });
    }
  }
  return rows;
}
