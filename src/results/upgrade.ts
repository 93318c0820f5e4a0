import { describeMeasure, measureName } from "./_measures_of_version_one.ts";
import type { CategoryOne, NetworkOne, SummaryOne, VersionOne } from "./_version_one.ts";
import type { Estimate } from "./estimate.ts";
import type { MeasureResult } from "./measure_result.ts";
import type { Supervision } from "./estimate.ts";

/** The reason of every number that version 1 does not have. */
const NOT_MEASURED = "not measured in 0.1";

type Estimates = Record<string, Estimate>;

function pair<T>(name: string, value: T): [string, T] {
  return [measureName(name), value];
}

/** Measures by name out of measures by group. */
function flatten(
  { specificity, localization, strength }: Pick<CategoryOne, "specificity" | "localization" | "strength">,
): Estimates {
  return Object.fromEntries([
    ...Object.entries(specificity).map(([name, found]) => pair(`specificity.${name}`, found)),
    ...Object.entries(localization).flatMap(([over, measures]) =>
      Object.entries(measures).map(([name, found]) => pair(`localization.${over}.${name}`, found))
    ),
    ...Object.entries(strength).map(([name, found]) => pair(`strength.${name}`, found)),
  ]);
}

/** Whose last part is the name that summaries and curves shorten it to: `withinEntropyZ` is the z of entropy within maps. */
function shortened({ name }: MeasureResult): { value: string; z: string } {
  const parts = name.split(".");
  const [first, ...rest] = parts.slice(1);
  const camel = [first, ...rest.map((part) => part[0].toUpperCase() + part.slice(1))].join("");
  return { value: parts[parts.length - 1], z: `${camel}Z` };
}

/** Numbers that stand side by side, without their groups, as measures by name. */
function ungrouped(
  found: Record<string, unknown>,
  measures: readonly MeasureResult[],
): { values: Record<string, number | null>; z: Record<string, number | null> } {
  const number = (key: string, name: string): [string, number | null][] => {
    const value = Object.hasOwn(found, key) ? found[key] : undefined;
    return typeof value === "number" || value === null ? [[name, value]] : [];
  };
  return {
    values: Object.fromEntries(measures.flatMap((measure) => {
      if (measure.kind === "placement") return [];
      const key = shortened(measure).value;
      return number(key === "margin" ? "lead" : key, measure.name);
    })),
    z: Object.fromEntries(
      measures.flatMap((measure) => measure.kind === "placement" ? number(shortened(measure).z, measure.name) : []),
    ),
  };
}

const reasonOf = (reason: unknown): { reason?: string } => (typeof reason === "string" ? { reason } : {});

function upgradeCategory(found: CategoryOne, measures: readonly MeasureResult[]): Record<string, unknown> {
  const {
    proportion,
    interval,
    foldDice,
    foldDiceChance,
    specificity,
    localization,
    strength,
    spread,
    circular,
    matched,
    curve,
    ...rest
  } = found;
  const nameOf = (key: string): string =>
    measures.find((measure) => measure.kind === "unit" && shortened(measure).value === key)?.name ?? key;
  const share: Estimate = { value: proportion, interval, ...(interval === null ? reasonOf(rest.reason) : {}) };
  return {
    ...rest,
    halfDice: foldDice,
    halfDiceChance: foldDiceChance ?? null,
    measures: { proportion: share, ...flatten({ specificity, localization, strength }) },
    spread: spread
      ? Object.fromEntries(Object.entries(spread).map(([key, quantiles]) => [nameOf(key), quantiles]))
      : null,
    circular: ungrouped(circular, measures).values,
    matched: flatten(matched),
    curve: curve.map(({ proportion, reason, ...point }) => ({
      proportion,
      ...ungrouped(point, measures),
      ...reasonOf(reason),
    })),
  };
}

function upgradeSummary(found: SummaryOne, measures: readonly MeasureResult[]): Record<string, unknown> {
  const { selected, foldDice, foldDiceChance, reason } = found;
  const { values, z } = ungrouped(found, measures);
  const estimate = ({ name }: MeasureResult): Estimate => ({
    value: values[name] ?? null,
    interval: null,
    ...(name in z ? { random: null, z: z[name] } : {}),
    ...(name in values ? reasonOf(reason) : { reason: z[name] == null ? reason ?? NOT_MEASURED : NOT_MEASURED }),
  });
  return {
    selected,
    halfDice: foldDice,
    halfDiceChance: foldDiceChance ?? null,
    measures: Object.fromEntries(measures.map((measure) => [measure.name, estimate(measure)])),
    ...reasonOf(reason),
  };
}

function upgradeNetwork(network: NetworkOne, measures: readonly MeasureResult[]): Record<string, unknown> {
  const { taps, consistency, ...rest } = network;
  const mapValues = <T, U>(record: Record<string, T>, convert: (value: T) => U): Record<string, U> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
  return {
    ...rest,
    layers: taps.map(({ categories, criteria, ...tap }) => ({
      ...tap,
      // Version 1 resampled images; it deleted no blocks.
      deletedUnits: 0,
      categories: mapValues(categories, (found) => upgradeCategory(found, measures)),
      criteria: mapValues(criteria, (byCategory) => mapValues(byCategory, (found) => upgradeSummary(found, measures))),
    })),
    consistency: mapValues(consistency, ({ taps, mean: _, ceiling, ...found }) => ({
      ...found,
      layers: taps,
      reliability: ceiling,
    })),
    measures: taps.length === 0 ? {} : { consistency: mapValues(consistency, ({ mean }) => mean) },
  };
}

/** The proportion under permuted labels, averaged over layers and categories and then over a family's networks. */
function chanceOf(networks: readonly NetworkOne[]): number | null {
  const means = networks.filter(({ status }) => status === "run").map(({ taps }) => {
    const nulls = taps.flatMap(({ categories }) => Object.values(categories).map((found) => found.null?.mean));
    return nulls.length > 0 && nulls.every((mean) => mean !== undefined) ? average(nulls) : null;
  });
  return means.length > 0 && means.every((mean) => mean !== null) ? average(means) : null;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

type RowOne = VersionOne["claims"][number]["rows"][number];

/** The numbers on both sides of a claim's row, which version 1 keeps with its comparisons. */
function sidesOf(row: RowOne, results: VersionOne): { valueA: number | null; valueB: number | null } {
  const found = results.comparisons.find((each) =>
    each.depth === null && each.criterion === row.criterion && each.a === row.a && each.b === row.b &&
    each.measure === row.measure && each.matched === row.matched && each.category === (row.category ?? "all")
  );
  if (found) return { valueA: found.valueA, valueB: found.valueB };
  const chance = row.measure === "proportion" && row.criterion === results.criterion.name
    ? chanceOf(results.networks.filter(({ family }) => family === row.b))
    : null;
  return { valueA: chance, valueB: row.difference === null ? null : row.difference + (chance ?? 0) };
}

/** The row that decided: that of the claimed kind of network, or of the other where that was not run. */
function decisiveRow(id: string, rows: readonly RowOne[], { networks, criterion }: VersionOne): number | null {
  if (id === "presence") return null;
  const order: Supervision[] = id === "consistency" ? ["contrastive", "language"] : ["language", "contrastive"];
  const supervisionOf = new Map(networks.map(({ family, supervision }) => [family, supervision]));
  const at = order.flatMap((supervision) =>
    rows.flatMap((row, index) =>
      row.criterion === criterion.name && row.measure === rows[0].measure && !row.matched &&
        row.category === undefined && supervisionOf.get(row.b) === supervision
        ? [index]
        : []
    )
  );
  return at[0] ?? null;
}

/**
 * Converts results of version 1: what they do not have says “not measured in 0.1”.
 *
 * @param results What the layout of version 1 accepts.
 * @returns A value in the layout of version 2, still to be checked against its schema.
 */
export function upgradeResults(results: VersionOne): Record<string, unknown> {
  const { suite, provenance, settings, networks, comparisons, claims, ...rest } = results;
  const { seed, ...machine } = provenance;
  const { taps, bootstrap, folds, ...told } = settings;
  const names = new Set(["proportion"]);
  for (const { taps } of networks) {
    for (const { categories } of taps) {
      for (const found of Object.values(categories)) for (const name of Object.keys(flatten(found))) names.add(name);
    }
  }
  for (const name of ["consistency", "depthSlope"]) names.add(name);
  for (const { measure } of [...comparisons, ...claims.flatMap(({ rows }) => rows)]) names.add(measureName(measure));
  const measures = [...names].map(describeMeasure);
  const ofLayers = measures.filter(({ kind }) => kind !== "network");
  return {
    ...rest,
    schemaVersion: 2,
    study: suite,
    provenance: machine,
    settings: {
      ...told,
      layers: taps,
      seed,
      level: bootstrap.level,
      blocks: 2,
      splits: 1,
      otherSplits: 1,
      largestLayer: null,
      sizes: folds.sizes,
      derived: [],
      intervals: bootstrap.description ?? `Intervals are by bootstrap (${bootstrap.method}).`,
    },
    measures,
    networks: networks.map((network) => upgradeNetwork(network, ofLayers)),
    comparisons: comparisons.map((row) => ({ ...row, measure: measureName(row.measure) })),
    claims: claims.map(({ rows, evidence: _, ...claim }) => ({
      ...claim,
      decisive: decisiveRow(claim.id, rows, results),
      rows: rows.map((row) => ({ ...row, measure: measureName(row.measure), ...sidesOf(row, results) })),
    })),
  };
}
