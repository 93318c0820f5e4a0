import { averageMeasured, type Design, type Split } from "../localize/mod.ts";
import {
  consistencyMatrix,
  LEAST_COMPARED,
  type Measured,
  type NetworkContext,
  type NetworkMeasure,
} from "../measures/mod.ts";
import type { Consistency } from "../results/mod.ts";
import type { ComparedHalf, ComparedLayer } from "./_compare_images.ts";
import { ascendingOrder, meanOf, ranks, ranksInOrder } from "../statistics/mod.ts";
import { type Cell, replicatesOf } from "./replicates.ts";

/** A network's layers as measures of whole networks read them. */
export interface NetworkParts {
  readonly design: Design;
  readonly splits: readonly Split[];
  readonly depths: readonly number[];
  /** Cells of a measure of the selection, one a layer. */
  readonly cells: (measure: string) => readonly Cell[];
  /** One a layer. */
  readonly compared: readonly ComparedLayer[];
}

/** A measure that reads the layers' own numbers: on every split and deletion it is the same function of theirs. */
function measureLayers(measure: NetworkMeasure, { depths, cells, design }: NetworkParts): Cell {
  // Asked of the measure itself, so that any measure may read any other.
  const asked = new Set<string>();
  const at = (read: (cell: Cell) => number | null): Measured =>
    measure.value({
      depths,
      layerValues(name) {
        asked.add(name);
        return cells(name).map(read);
      },
      rankedDissimilarities: [],
    });
  const estimate = at(({ value }) => value);
  const parts = [...asked].flatMap(cells);
  if (estimate.value === null || parts.length === 0 || parts.some(({ replicates }) => replicates === null)) {
    return { ...estimate, replicates: null };
  }
  const splits = Math.min(...parts.map(({ replicates }) => replicates!.splits.length));
  const over = (kind: "splits" | "deletions", count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => at(({ replicates }) => replicates![kind][i]).value ?? NaN);
  return {
    value: estimate.value,
    replicates: replicatesOf(over("splits", splits), over("deletions", splits * design.blocks), design.blocks),
  };
}

/** Ranks of the dissimilarities of all images under one draw of the units. */
function rankedPairs({ draws }: ComparedHalf, draw: number): Float64Array | null {
  const pairs = draws[draw];
  return pairs === null ? null : ranks(pairs);
}

/** Some of the pairs of images. */
interface PairsLeft {
  /** Per pair its place among those left; −1 where it is left out. */
  readonly places: Int32Array;
  readonly count: number;
}

/** The pairs of the images that are kept, all of them by default; null where there are fewer than three. */
function pairsLeft(images: Int32Array, keep: (image: number) => boolean = () => true): PairsLeft | null {
  const kept = Array.from(images, keep);
  if (kept.filter((each) => each).length < 3) return null;
  const places = new Int32Array(images.length * (images.length - 1) / 2).fill(-1);
  let count = 0;
  for (let i = 0, at = 0; i < images.length; i++) {
    for (let j = i + 1; j < images.length; j++, at++) if (kept[i] && kept[j]) places[at] = count++;
  }
  return { places, count };
}

/** A measure of the dissimilarities of images, for one category (or all sampled units). */
function measureImages(measure: NetworkMeasure, category: number, parts: NetworkParts, fast: boolean): Cell {
  const { compared, design, splits, depths } = parts;
  const count = compared[0]?.[category].length ?? 0;
  const context = (ranked: NetworkContext["rankedDissimilarities"]): NetworkContext => ({
    depths,
    layerValues: () => [],
    rankedDissimilarities: ranked,
  });
  /** Measures the images of one half, or those left; dissimilarities are sorted once for all deletions. */
  const measuredOn = (s: number, selecting: 0 | 1): (left: PairsLeft | null) => Measured => {
    const halves = compared.map((layer) => layer[category][s][selecting]);
    const orders = halves.map(({ draws }) => draws.map((pairs) => pairs === null ? null : ascendingOrder(pairs)));
    const ranked = (layer: number, draw: number, left: PairsLeft | null): Float64Array | null => {
      const order = orders[layer][draw];
      return order === null || left === null ? null : ranksInOrder(order, left);
    };
    // The mean over the draws of the units.
    return (left) =>
      averageMeasured(
        halves[0].draws.map((_, draw) => measure.value(context(halves.map((_, layer) => ranked(layer, draw, left))))),
      );
  };
  const values = new Float64Array(count).fill(NaN);
  const deletions = new Float64Array(fast ? 0 : count * design.blocks).fill(NaN);
  let reason = count === 0 ? measure.value(context([])).reason : undefined;
  for (let s = 0; s < count; s++) {
    const halves = ([0, 1] as const).map((selecting) => measuredOn(s, selecting));
    const both = halves.map((valueOf, selecting) => valueOf(pairsLeft(compared[0][category][s][selecting].images)));
    reason ??= both.find((each) => each.reason !== undefined)?.reason;
    const value = meanOf(both.map((each) => each.value));
    if (value === null) continue;
    values[s] = value;
    if (fast) continue;
    for (let block = 0; block < design.blocks; block++) {
      // The images of the block are measured by what the other half selects; the other direction stays as it is.
      const measuring = splits[s][block];
      const selecting = (1 - measuring) as 0 | 1;
      const { images } = compared[0][category][s][selecting];
      const less = halves[selecting](pairsLeft(images, (image) => design.images[image].block !== block));
      deletions[s * design.blocks + block] = meanOf([less.value, both[1 - selecting].value]) ?? NaN;
    }
  }
  const value = meanOf(Array.from(values, (each) => Number.isNaN(each) ? null : each));
  if (value === null) return { value, replicates: null, reason: reason ?? "was not measured" };
  return { value, replicates: replicatesOf(values, deletions, design.blocks) };
}

/** A measure of a network as a whole. */
export function measureNetwork(measure: NetworkMeasure, category: number, parts: NetworkParts, fast: boolean): Cell {
  return measure.needsDissimilarities ? measureImages(measure, category, parts, fast) : measureLayers(measure, parts);
}

/**
 * The reliability of dissimilarities over these units: the correlation of two halves of the units, stepped up by Spearman and
 * Brown's formula (doi:10.1111/j.2044-8295.1910.tb00206.x), averaged over pairs of layers as the root of the product. Noise that
 * layers share raises consistency and not the halves' agreement, so that reliability may lie below consistency.
 */
function reliabilityOf(layers: readonly ComparedHalf[]): number | null {
  const stepped = layers.flatMap(({ reliability }) => {
    if (reliability === null) return [];
    const positive = Math.max(0, reliability);
    return [2 * positive / (1 + positive)];
  });
  const pairs = stepped.flatMap((a, i) => stepped.slice(i + 1).map((b) => Math.sqrt(a * b)));
  return meanOf(pairs);
}

/** Correlations between layers and their reliability, as results hold them; the first split shows them. */
export function consistencyOf(category: number, { compared }: NetworkParts, layers: readonly string[]): Consistency {
  const matrices = ([0, 1] as const).flatMap((selecting) => {
    const draws = compared[0]?.[category][0][selecting].draws ?? [];
    return draws.map((_, draw) =>
      consistencyMatrix(compared.map((layer) => rankedPairs(layer[category][0][selecting], draw))).matrix
    );
  });
  const matrix = layers.map((_, i) => layers.map((_, j) => meanOf(matrices.map((own) => own[i][j]))));
  const reliability = meanOf(
    ([0, 1] as const).map((half) => reliabilityOf(compared.map((layer) => layer[category][0][half]))),
  );
  const incomplete = reliability === null || matrix.flat().includes(null);
  return {
    layers: [...layers],
    matrix,
    reliability,
    ...(incomplete
      ? { reason: `a layer has fewer than ${LEAST_COMPARED} units to compare over, or its images do not differ` }
      : {}),
  };
}
