import { type Estimate, type LayerCategory, measureEstimates, type MeasureResult } from "../../results/browser.ts";
import type { FigureInput, FigureRow } from "./figure.ts";

/** The columns of {@linkcode measureRows}, as they stand in a CSV. */
export const MEASURE_COLUMNS: readonly string[] = [
  "criterion",
  "measure",
  "category",
  "family",
  "network",
  "layer",
  "depth",
  "value",
  "low",
  "high",
];

/** A record of measures with the criterion, network, layer and category that it belongs to. */
export interface PlacedMeasures {
  readonly place: {
    readonly criterion: string;
    readonly category: string;
    readonly family: string;
    readonly network: string;
    readonly layer: string;
    readonly depth: number;
  };
  readonly measures: Readonly<Record<string, Estimate>>;
  /** The null of the proportion; null where there is none, as under other criteria. */
  readonly chance: LayerCategory["null"];
}

/**
 * The measures of every network, layer and category under every criterion, the main one first at each layer. To weigh less, a
 * page has of the other criteria those measures alone that decide for their group, and intervals where they are drawn (of a
 * family's only training) or belong to such a measure under the main criterion. The table of the run has everything.
 */
export function everyMeasures({ results, families }: FigureInput): PlacedMeasures[] {
  const alone = new Set(families.filter(({ networks }) => networks.length === 1).map(({ id }) => id));
  const main = results.criterion.name;
  const primary = results.measures.filter((measure) => measure.primary).map(({ name }) => name);
  return results.networks.flatMap((network) =>
    network.layers.flatMap((layer) => {
      const at = { family: network.family, network: network.id, layer: layer.name, depth: layer.depth };
      const kept = (measures: LayerCategory["measures"], names: readonly string[], deciding: boolean) =>
        Object.fromEntries(
          names.filter((name) => name in measures).map((name) => {
            const drawn = alone.has(network.family) || (deciding && primary.includes(name));
            return [name, drawn ? measures[name] : { ...measures[name], interval: null }];
          }),
        );
      const full = results.targets.map((category) => ({
        place: { criterion: main, category, ...at },
        measures: kept(layer.categories[category].measures, Object.keys(layer.categories[category].measures), true),
        chance: layer.categories[category].null,
      }));
      const others = Object.entries(layer.criteria).filter(([criterion]) => criterion !== main).flatMap((
        [criterion, byCategory],
      ) =>
        Object.entries(byCategory).map(([category, { measures }]) => ({
          place: { criterion, category, ...at },
          measures: kept(measures, primary, false),
          chance: null,
        }))
      );
      return [...full, ...others];
    })
  );
}

/** Some measures of every network, layer and category. */
export function measureRows(input: FigureInput, measures: readonly MeasureResult[]): FigureRow[] {
  const quantity = new Set(
    measures.filter(({ group, primary }) => group === "quantity" && primary).map(({ name }) => name),
  );
  return everyMeasures(input).flatMap(({ place, measures: found, chance }) =>
    measureEstimates(found, measures).map((row) => ({
      ...place,
      measure: row.measure,
      value: row.value,
      low: row.interval?.[0] ?? null,
      high: row.interval?.[1] ?? null,
      ...(quantity.has(row.measure) && {
        nullMean: chance?.mean ?? null,
        nullHigh: chance?.interval[1] ?? null,
        pValue: chance?.pValue ?? null,
        correctedP: chance?.correctedP ?? null,
      }),
    }))
  );
}
