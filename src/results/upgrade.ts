import { measureName, MEASURES_OF_VERSION_ONE } from "./_measures_of_version_one.ts";
import type { CategoryOne, NetworkOne, SummaryOne, VersionOne } from "./_version_one.ts";
import type { Estimate } from "./estimate.ts";
import type { ComparedPair } from "./comparison.ts";

/** The reason of every number that version 1 does not have. */
const NOT_MEASURED = "not measured in 0.1";

type Estimates = Record<string, Estimate>;

/** The measures that version 1 calls by a short name in summaries, curves and the like. */
const SHORT: Readonly<Record<string, string>> = {
  proportion: "proportion",
  t: "specificity.t",
  dprime: "specificity.dprime",
  index: "specificity.index",
  exclusivity: "specificity.exclusivity",
  response: "strength.response",
  lead: "strength.margin",
};

/** The same of their z scores. */
const SHORT_Z: Readonly<Record<string, string>> = {
  withinEntropyZ: "localization.within.entropy",
  acrossGiniZ: "localization.across.gini",
};

/** Measures by name out of measures by group. */
function flatten(
  { specificity, localization, strength }: Pick<CategoryOne, "specificity" | "localization" | "strength">,
): Estimates {
  const { within, across } = localization;
  const groups = { specificity, "localization.within": within, "localization.across": across, strength };
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, measures]) =>
      Object.entries(measures).map(([name, found]) => [measureName(`${group}.${name}`), found])
    ),
  );
}

/** The numbers that stand side by side under short names, as measures by name. */
function named(found: Record<string, unknown>, names: Readonly<Record<string, string>>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => key in found ? [[name, found[key] as number | null]] : []),
  );
}

const reasonOf = (reason: unknown): { reason?: string } => (typeof reason === "string" ? { reason } : {});

function upgradeCategory(found: CategoryOne): Record<string, unknown> {
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
  const share: Estimate = { value: proportion, interval, ...(interval === null ? reasonOf(rest.reason) : {}) };
  return {
    ...rest,
    measuredUnits: found.selected,
    halfDice: foldDice,
    halfDiceChance: foldDiceChance ?? null,
    profile: {},
    measures: { proportion: share, ...flatten({ specificity, localization, strength }) },
    spread: spread
      ? Object.fromEntries(Object.entries(spread).map(([key, quantiles]) => [SHORT[key] ?? key, quantiles]))
      : null,
    circular: named(circular, SHORT),
    matched: flatten(matched),
    curve: curve.map(({ proportion, reason, ...point }) => ({
      proportion,
      values: named(point, SHORT),
      z: named(point, SHORT_Z),
      ...reasonOf(reason),
    })),
  };
}

function upgradeSummary(found: SummaryOne): Record<string, unknown> {
  const { selected, foldDice, foldDiceChance, reason } = found;
  const values = named(found, SHORT);
  const z = named(found, SHORT_Z);
  const estimate = (name: string): Estimate => ({
    value: values[name] ?? null,
    interval: null,
    ...(name in z ? { random: null, z: z[name] } : {}),
    ...(name in values ? reasonOf(reason) : { reason: z[name] == null ? reason ?? NOT_MEASURED : NOT_MEASURED }),
  });
  return {
    selected,
    measuredUnits: selected,
    halfDice: foldDice,
    halfDiceChance: foldDiceChance ?? null,
    measures: Object.fromEntries(
      MEASURES_OF_VERSION_ONE.flatMap(({ name, kind }) => kind === "network" ? [] : [[name, estimate(name)]]),
    ),
    ...reasonOf(reason),
  };
}

function upgradeNetwork(network: NetworkOne): Record<string, unknown> {
  const { taps, consistency, ...rest } = network;
  const mapValues = <T, U>(record: Record<string, T>, convert: (value: T) => U): Record<string, U> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, convert(value)]));
  return {
    ...rest,
    layers: taps.map(({ categories, criteria, ...tap }) => ({
      ...tap,
      // Not measured in version 1, which resampled images and deleted no blocks.
      dimensions: null,
      deletedUnits: 0,
      categories: mapValues(categories, upgradeCategory),
      criteria: mapValues(criteria, (byCategory) => mapValues(byCategory, upgradeSummary)),
    })),
    inference: "network",
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

/** What version 1 compared: its trainings were not paired, and every layer met the one of its own place. */
function pairsOf({ comparisons, claims, networks }: VersionOne): ComparedPair[] {
  const run = networks.filter(({ status }) => status === "run");
  const judged = new Set(
    claims.flatMap(({ id, rows }) => id === "presence" ? [] : rows.map(({ a, b }) => `${a} ${b}`)),
  );
  const keys = new Map(comparisons.map(({ a, b }) => [`${a} ${b}`, { a, b }]));
  return [...keys].map(([key, { a, b }]) => ({
    a,
    b,
    contrast: null,
    claims: judged.has(key),
    inference: levelOf(run, [a, b]),
    trainings: [a, b].map((name) => run.filter(({ family }) => family === name).length) as [number, number],
    paired: false,
    layers: [],
    unmatched: { a: [], b: [] },
  }));
}

/** What a comparison of version 1 speaks of: families where both have three trainings. */
function levelOf(networks: readonly NetworkOne[], families: readonly string[]): "families" | "networks" {
  const counts = families.map((name) =>
    networks.filter(({ family, status }) => family === name && status === "run").length
  );
  return counts.every((count) => count >= 3) ? "families" : "networks";
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
      fixedThreshold: null,
      blocks: 2,
      splits: 1,
      otherSplits: 1,
      largestLayer: null,
      sizes: folds.sizes,
      derived: [],
      roles: { targets: "rule", controls: "rule", leftOut: [] },
      intervals: bootstrap.description ?? `Intervals are by bootstrap (${bootstrap.method}).`,
    },
    controls: results.conditions.filter((name) => !results.targets.includes(name)),
    // Version 1 measured everything in the selected units.
    criterion: { ...results.criterion, movesWithPrevalence: false },
    criteria: results.criteria.map((criterion) => ({ ...criterion, movesWithPrevalence: false })),
    measures: MEASURES_OF_VERSION_ONE,
    networks: networks.map(upgradeNetwork),
    families: {},
    pairs: pairsOf(results),
    comparisons: comparisons.map(({ effect: _, effectReason: __, ...row }) => ({
      ...row,
      measure: measureName(row.measure),
      equivalenceP: null,
      inference: levelOf(networks, [row.a, row.b]),
    })),
    claims: claims.map(({ rows, evidence: _, ...claim }) => ({
      ...claim,
      rows: rows.map(({ effect: _, effectReason: __, ...row }) => ({
        ...row,
        measure: measureName(row.measure),
        inference: levelOf(networks, row.a === "chance" ? [row.b] : [row.a, row.b]),
        // Version 1 corrected no claim for another.
        hypothesis: false,
        pValue: null,
        equivalenceP: null,
        ...sidesOf(row, results),
      })),
    })),
  };
}
