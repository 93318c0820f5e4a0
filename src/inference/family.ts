import type { Supervision } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import type { NetworkAnalysis } from "./analyse_network.ts";
import { getCell } from "./cell_table.ts";
import { type Cell, type Replicates, weightedSum } from "./replicates.ts";

/** A network with what it is compared by. */
export interface AnalysedNetwork {
  /** Trainings of one kind share a family. */
  readonly family: string;
  /** What it learned from. */
  readonly supervision: Supervision;
  /** Seed of its training or initialization, where there is one. */
  readonly seed: number | null;
  /** What was found in it. */
  readonly analysis: NetworkAnalysis;
}

/** Trainings of one kind. */
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

/** A number of a family: the mean over its trainings. */
export interface FamilyNumber {
  readonly value: number;
  /** Null where a training has none. */
  readonly replicates: Replicates | null;
  /** The number in each training. */
  readonly perTraining: readonly number[];
}

/**
 * Averages entries (layers × categories) within each training, then trainings within the family.
 *
 * @param entries Readers of numbers that every training has.
 */
export function familyNumber(family: Family, entries: readonly Reader[]): FamilyNumber {
  const trainings = family.networks.map(({ analysis }) => {
    const cells = entries.map((read) => read(analysis));
    return {
      value: meanOf(cells.map(({ value }) => value))!,
      replicates: weightedSum(cells.map(({ replicates }) => ({ replicates, weight: 1 / cells.length }))),
    };
  });
  return {
    value: meanOf(trainings.map(({ value }) => value))!,
    replicates: weightedSum(trainings.map(({ replicates }) => ({ replicates, weight: 1 / trainings.length }))),
    perTraining: trainings.map(({ value }) => value),
  };
}

/**
 * Reads a measure of one layer.
 *
 * @param indexOf Which layer of a network.
 */
export function readerAt(
  { criterion, category, measure }: {
    readonly criterion: string;
    readonly category: string;
    readonly measure: string;
  },
  indexOf: (network: NetworkAnalysis) => number,
): Reader {
  return (network) => {
    const layer = network.numbers.layers[indexOf(network)];
    return layer === undefined
      ? { value: null, replicates: null, reason: "there is no layer" }
      : getCell(layer, [criterion, category, measure]);
  };
}

/** Reads a measure of the whole network. */
export function networkReader(criterion: string, category: string, measure: string): Reader {
  return ({ numbers }) => getCell(numbers.network, [criterion, category, measure]);
}

/** Averages readers: null where one has no value. */
export function meanReader(readers: readonly Reader[]): Reader {
  return (network) => {
    const cells = readers.map((read) => read(network));
    const missing = cells.find(({ value }) => value === null);
    if (missing !== undefined || cells.length === 0) {
      return { value: null, replicates: null, reason: missing?.reason ?? "there is nothing to average" };
    }
    return {
      value: meanOf(cells.map(({ value }) => value)),
      replicates: weightedSum(cells.map(({ replicates }) => ({ replicates, weight: 1 / cells.length }))),
    };
  };
}
