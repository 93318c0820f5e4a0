import { averageMeasured, type Design, type Split } from "../localize/mod.ts";
import {
  consistencyMatrix,
  LEAST_COMPARED,
  type Measured,
  type NetworkContext,
  type NetworkMeasure,
} from "../measures/mod.ts";
import type { Consistency } from "../results/mod.ts";
import { free } from "../kernels/mod.ts";
import type { ComparedHalf, ComparedLayer } from "./_compare_images.ts";
import { ascendingOrder, type DoubledRanks, meanOf, ranksInOrder } from "../statistics/mod.ts";
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
function rankedPairs(pairs: DoubledRanks | null): Float64Array | null {
  if (pairs === null) return null;
  const ranks = new Float64Array(pairs);
  for (let i = 0; i < ranks.length; i++) ranks[i] /= 2;
  return ranks;
}

/** Some of the pairs of images. */
interface PairsLeft {
  /** Per pair its place among those left; −1 where it is left out. */
  readonly places: Int32Array;
  readonly count: number;
}

/** The pairs of the images that are kept; null where there are fewer than three. */
function pairsLeft(images: Int32Array, keep: (image: number) => boolean): PairsLeft | null {
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
  /** Measures the images of one half, all or those left, and averages over the draws of the units. */
  const measuredOn = (s: number, selecting: 0 | 1, left: readonly (PairsLeft | null | "all")[]): Measured[] => {
    const halves = compared.map((layer) => layer[category][s][selecting]);
    const byDraw = halves[0].draws.map((_, draw) => {
      const layers = halves.map(({ draws }) => draws[draw]);
      // Sorted once for all deletions.
      const orders = left.length > 1 ? layers.map((pairs) => pairs && ascendingOrder(pairs)) : [];
      const ranked = (layer: number, some: typeof left[number]): Float64Array | null => {
        if (some === "all") return rankedPairs(layers[layer]);
        const order = orders[layer];
        return order === null || some === null ? null : ranksInOrder(order, some);
      };
      const values = left.map((some) => {
        const all = layers.map((_, layer) => ranked(layer, some));
        const value = measure.value(context(all));
        for (const array of all) if (array !== null) free(array);
        return value;
      });
      for (const each of orders) if (each !== null) free(each.order);
      return values;
    });
    return left.map((_, i) => averageMeasured(byDraw.map((values) => values[i])));
  };
  const values = new Float64Array(count).fill(NaN);
  const deletions = new Float64Array(fast ? 0 : count * design.blocks).fill(NaN);
  let reason = count === 0 ? measure.value(context([])).reason : undefined;
  for (let s = 0; s < count; s++) {
    // Images of a deleted block are measured by what the other half selects; the other direction stays as it is.
    const deleted = ([0, 1] as const).map((selecting) =>
      fast ? [] : Array.from({ length: design.blocks }, (_, b) => b).filter((b) => splits[s][b] !== selecting)
    );
    const measured = ([0, 1] as const).map((selecting) => {
      const { images } = compared[0][category][s][selecting];
      const left = deleted[selecting].map((b) => pairsLeft(images, (image) => design.images[image].block !== b));
      return measuredOn(s, selecting, ["all", ...left]);
    });
    const both = measured.map(([all]) => all);
    reason ??= both.find((each) => each.reason !== undefined)?.reason;
    const value = meanOf(both.map((each) => each.value));
    if (value === null) continue;
    values[s] = value;
    deleted.forEach((blocks, selecting) =>
      blocks.forEach((block, i) => {
        const less = measured[selecting][i + 1];
        deletions[s * design.blocks + block] = meanOf([less.value, both[1 - selecting].value]) ?? NaN;
      })
    );
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
      consistencyMatrix(compared.map((layer) => rankedPairs(layer[category][0][selecting].draws[draw]))).matrix
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
