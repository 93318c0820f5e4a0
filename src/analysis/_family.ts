import type { MeasureName, Supervision } from "../results/mod.ts";
import { type Cell, interactionVariance, type Replicates, weightedSum } from "./_replicates.ts";
import type { SeedSpread } from "./_spread.ts";
import type { NetworkAnalysis } from "./analyse_network.ts";

/** A network with what it is compared by. */
export interface AnalysedNetwork {
  /** Networks that differ in their seed alone share a family. */
  readonly family: string;
  /** What it learned from. */
  readonly supervision: Supervision;
  /** Seed of its training or initialization, where there is one. */
  readonly seed: number | null;
  /** What was found in it. */
  readonly analysis: NetworkAnalysis;
}

/** Networks that differ in their seed alone. */
export interface Family {
  readonly name: string;
  readonly supervision: Supervision;
  readonly networks: readonly AnalysedNetwork[];
}

/** Groups networks, families in the order in which they first appear. */
export function familiesOf(networks: readonly AnalysedNetwork[]): Family[] {
  const names = [...new Set(networks.map(({ family }) => family))];
  return names.map((name) => {
    const own = networks.filter(({ family }) => family === name);
    return { name, supervision: own[0].supervision, networks: own };
  });
}

/** Reads one number of a network. */
export type Reader = (network: NetworkAnalysis) => Cell;

/** A number of a family: the mean over its networks. */
export interface FamilyNumber {
  readonly value: number;
  /** Null where a network has none. */
  readonly draws: Replicates | null;
  /** How far seeds alone leave the mean uncertain; null for a single network. */
  readonly seeds: SeedSpread | null;
  /** Variance of the number between networks, that is over seeds; null for a single network. */
  readonly between: number | null;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Averages entries (taps × categories) within each network, then networks within the family.
 *
 * @param entries Readers of numbers that every network has.
 */
export function familyNumber(family: Family, entries: readonly Reader[]): FamilyNumber {
  const perNetwork = family.networks.map(({ analysis }) => {
    const cells = entries.map((read) => read(analysis));
    return {
      value: mean(cells.map(({ value }) => value ?? 0)),
      draws: weightedSum(cells.map(({ draws }) => ({ draws, weight: 1 / cells.length }))),
    };
  });
  const count = perNetwork.length;
  const value = mean(perNetwork.map((network) => network.value));
  const draws = weightedSum(perNetwork.map((network) => ({ draws: network.draws, weight: 1 / count })));
  if (count < 2) return { value, draws, seeds: null, between: null };
  const between = perNetwork.reduce((sum, network) => sum + (network.value - value) ** 2, 0) / (count - 1);
  if (draws === null) return { value, draws, seeds: null, between };
  // Networks also differ because each reacts to these images in its own way; that part is in the replicates already.
  const images = interactionVariance(perNetwork.map((network) => network.draws!));
  const error = Math.sqrt(Math.max(0, between - images) / count);
  return { value, draws, seeds: { error, observed: between / count, degrees: count - 1 }, between };
}

/** Reads a measure at a normalized depth, between taps by linear interpolation. */
export function readerAt(criterion: string, category: string, measure: MeasureName, depth: number): Reader {
  return ({ replicates: { depths, taps } }) => {
    const exact = depths.findIndex((own) => Math.abs(own - depth) < 1e-9);
    if (exact >= 0) return taps[exact].get(criterion, category, measure);
    const above = depths.findIndex((own) => own > depth);
    if (above <= 0) {
      const end = above === 0 ? 0 : depths.length - 1;
      return taps[end]?.get(criterion, category, measure) ?? { value: null, draws: null, reason: "there is no tap" };
    }
    const share = (depth - depths[above - 1]) / (depths[above] - depths[above - 1]);
    const low = taps[above - 1].get(criterion, category, measure);
    const high = taps[above].get(criterion, category, measure);
    if (low.value === null || high.value === null) return low.value === null ? low : high;
    return {
      value: low.value * (1 - share) + high.value * share,
      draws: weightedSum([{ draws: low.draws, weight: 1 - share }, { draws: high.draws, weight: share }]),
    };
  };
}

/** Reads the least-squares slope over depth of the proportion, averaged over categories. */
export function slopeReader(criterion: string, categories: readonly string[]): Reader {
  return ({ replicates: { depths, taps } }) => {
    const centre = depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
    const squares = depths.reduce((sum, depth) => sum + (depth - centre) ** 2, 0);
    if (!(squares > 0)) return { value: null, draws: null, reason: "fewer than two depths have a value" };
    const parts = taps.flatMap((table, t) =>
      categories.map((category) => ({
        cell: table.get(criterion, category, "proportion"),
        weight: (depths[t] - centre) / squares / categories.length,
      }))
    );
    if (parts.some(({ cell }) => cell.value === null)) {
      return { value: null, draws: null, reason: "the proportion was not measured at every tap" };
    }
    return {
      value: parts.reduce((sum, { cell, weight }) => sum + weight * cell.value!, 0),
      draws: weightedSum(parts.map(({ cell, weight }) => ({ draws: cell.draws, weight }))),
    };
  };
}

/** Reads a network's consistency. */
export function consistencyReader(category: string): Reader {
  return ({ replicates }) =>
    replicates.consistency.get(category) ?? { value: null, draws: null, reason: "was not measured" };
}

/** The depths at which two families are compared: those of the family with fewer taps. */
export function commonDepths(a: Family, b: Family): readonly number[] {
  const depths = [...a.networks, ...b.networks].map(({ analysis }) => analysis.replicates.depths);
  return depths.reduce((fewest, own) => (own.length < fewest.length ? own : fewest));
}
