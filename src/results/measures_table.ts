import type { Estimate } from "./estimate.ts";
import { measureEstimates, type UnplacedEstimate } from "./estimates.ts";
import type { LayerResult } from "./layer_result.ts";
import type { NetworkResult, Results } from "./results.ts";
import { type TableCell, toCsv } from "./to_csv.ts";

/** The columns of measures.csv. */
export const MEASURES_TABLE_COLUMNS: readonly string[] = [
  "network",
  "family",
  "layer",
  "depth",
  "category",
  "condition",
  "criterion",
  "measure",
  "value",
  "low",
  "high",
  "n",
  "random",
  "z",
];

/** Under this name stand the responses of a category's units to every condition, which `condition` names. */
export const PROFILE = "strength.profile";

type Row = Readonly<Record<string, TableCell>>;

function numbers(measure: string, { value, interval, random, z }: Estimate | UnplacedEstimate): Row {
  return { measure, value, low: interval?.[0], high: interval?.[1], random, z };
}

function layerRows(layer: LayerResult, place: Row, { criterion, measures, conditions }: Results): Row[] {
  const at = { ...place, layer: layer.name, depth: layer.depth };
  const fixed = new Set(measures.filter(({ atFixedThreshold }) => atFixedThreshold).map(({ name }) => name));
  const rows = (
    name: string,
    category: string,
    found: Pick<LayerResult["categories"][string], "selected" | "measuredUnits" | "measures">,
  ) =>
    measureEstimates(found.measures, measures).map((row) => ({
      ...at,
      category,
      criterion: name,
      n: fixed.has(row.measure) ? found.measuredUnits : found.selected,
      ...numbers(row.measure, row),
    }));
  const main = Object.entries(layer.categories).flatMap(([category, found]) => [
    ...rows(criterion.name, category, found),
    ...conditions.flatMap((condition) =>
      condition in found.profile
        ? [{
          ...at,
          category,
          condition,
          criterion: criterion.name,
          n: found.measuredUnits,
          ...numbers(PROFILE, found.profile[condition]),
        }]
        : []
    ),
  ]);
  const others = Object.entries(layer.criteria).flatMap(([name, byCategory]) =>
    name === criterion.name
      ? []
      : Object.entries(byCategory).flatMap(([category, found]) => rows(name, category, found))
  );
  return [...main, ...others];
}

function networkRows(network: NetworkResult, results: Results): Row[] {
  const place = { network: network.id, family: network.family };
  const whole = results.measures.flatMap(({ name }) =>
    Object.entries(network.measures[name] ?? {}).map(([category, estimate]) => ({
      ...place,
      category,
      criterion: results.criterion.name,
      ...numbers(name, estimate),
    }))
  );
  return [...network.layers.flatMap((layer) => layerRows(layer, place, results)), ...whole];
}

/**
 * Every measure as one tidy table: a row a network, layer, category, criterion and measure, with its interval (`low`,
 * `high`), the number of units that it rests on (`n`) and, where it has that null, the same number of units placed at random.
 * Under {@linkcode PROFILE} stands the mean response of a category's units to each `condition`, in units of the layer noise.
 *
 * @param results The results of a run.
 * @returns Comma-separated text; rows of a whole network have no `layer`, `depth` and `n`, and only a profile's have a `condition`.
 */
export function measuresTable(results: Results): string {
  return toCsv(MEASURES_TABLE_COLUMNS, results.networks.flatMap((network) => networkRows(network, results)));
}
