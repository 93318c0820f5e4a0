import { designOf, drawSplits } from "../localize/mod.ts";
import type { LayerRecording, Recording, RecordingHeader } from "../recording/mod.ts";
import type { Consistency, Estimate, LayerResult } from "../results/mod.ts";
import { holm } from "../statistics/mod.ts";
import { ALL_CATEGORIES, comparedImages } from "./_compare_images.ts";
import { Dissimilarity } from "./_dissimilarity.ts";
import { estimateOf } from "./_estimate.ts";
import { consistencyOf, measureNetwork, type NetworkParts } from "./_measure_network.ts";
import type { Permuted } from "./_permutation_null.ts";
import { type AnalysedLayer, analyseLayer, type LayerContext } from "./analyse_layer.ts";
import { type CellTable, emptyCells, getCell, setCell, trimCells } from "./cell_table.ts";
import { PlacementNulls } from "./placement_nulls.ts";
import { type AnalysisSettings, type AnalysisTools, analysisTools, resolveSettings } from "./settings.ts";

const NO_PAIR = "a pair of conditions has no two images on a half, or the layer too few sampled units";

/** One network's part of the results, with what comparisons need. Plain data: it crosses threads as it is. */
export interface NetworkAnalysis {
  /** One per layer recorded. */
  readonly layers: LayerResult[];
  /** Per target category, and `all` over every sampled unit. */
  readonly consistency: Record<string, Consistency>;
  /** Measures of the whole network, by name, then category. */
  readonly measures: Record<string, Record<string, Estimate>>;
  /** Units that the main criterion selects on either half of the first split, `[layers][half][target]`, ascending. */
  readonly selected: readonly AnalysedLayer["selected"][];
  /** Numbers with their replicates; never written to a file. */
  readonly numbers: NetworkNumbers;
}

/** What comparisons read of a network. */
export interface NetworkNumbers {
  /** One per layer. */
  readonly layers: readonly CellTable[];
  /** Depth of each layer, 0–1. */
  readonly depths: readonly number[];
  /** Measures of the whole network. */
  readonly network: CellTable;
  /** Per layer, proportions of each target under the main criterion with labels permuted; null where nothing was permuted. */
  readonly permuted: readonly (readonly Permuted[] | null)[];
}

/** How {@linkcode analyseNetwork} is watched and helped. */
export interface AnalyseOptions {
  /** Criteria and measures as objects. @default those that the settings name */
  readonly tools?: AnalysisTools;
  /** Random placements kept from networks analysed before. @default drawn anew */
  readonly nulls?: PlacementNulls;
  /** Waited for before every layer, so that an analysis can pause. */
  readonly ready?: () => Promise<void>;
  /** Told what was found at each layer, in order; corrections over the network's layers are still to come. */
  readonly onLayer?: (layer: AnalysedLayer, index: number) => void;
  /** Told how many steps are done, out of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Runs the tests and corrections that select units, for callers that keep a clock. */
  readonly timeTests?: <T>(work: () => T) => T;
  /** Ends the analysis between layers. */
  readonly signal?: AbortSignal;
}

/** Adds to every permutation p its correction by Holm over the layers of the network, within each category. */
function correctNulls(layers: readonly LayerResult[], targets: readonly string[]): LayerResult[] {
  const corrected = new Map(
    targets.map((
      category,
    ) => [category, holm(layers.map(({ categories }) => categories[category].null?.pValue ?? null))]),
  );
  return layers.map((layer, i) => ({
    ...layer,
    categories: Object.fromEntries(
      Object.entries(layer.categories).map(([category, own]) => {
        const p = corrected.get(category)?.[i] ?? null;
        return [category, own.null === null || p === null ? own : { ...own, null: { ...own.null, correctedP: p } }];
      }),
    ),
  }));
}

/**
 * The analysis of one network, layer by layer: layers do not depend on each other, so they may be analysed in any order and in
 * any number of threads, each with an object of its own.
 */
export class NetworkAnalyser {
  readonly #header: RecordingHeader;
  readonly #context: LayerContext;

  /**
   * @throws {RangeError} where a setting is out of range, a target is no condition of the recording, or there is no image.
   */
  constructor(
    header: RecordingHeader,
    settings: AnalysisSettings,
    {
      tools = analysisTools(settings, header.conditions),
      nulls = new PlacementNulls(),
      timeTests = (work) => work(),
    }: Pick<AnalyseOptions, "tools" | "nulls" | "timeTests"> = {},
  ) {
    const resolved = resolveSettings(settings);
    const design = designOf(header, resolved);
    const splits = drawSplits(design.blocks, resolved.fast ? 1 : resolved.splits, resolved.seed);
    const images = splits.slice(0, resolved.comparedSplits)
      .map((split) => comparedImages(design, split, { most: resolved.comparedImages, seed: resolved.seed }));
    this.#header = header;
    this.#context = {
      header,
      design,
      splits,
      images,
      dissimilarity: new Dissimilarity(),
      settings: resolved,
      tools,
      timeTests,
      nullFor: (shape) => nulls.of(shape, tools.measures, resolved),
    };
  }

  /** Analyses one layer: every measure of every target under every criterion, with intervals and nulls. */
  layer(layer: LayerRecording): AnalysedLayer {
    return analyseLayer(layer, this.#context);
  }

  /**
   * Measures the network as a whole.
   *
   * @param analysed Every layer, in the order of the recording.
   */
  whole(analysed: readonly AnalysedLayer[]): NetworkAnalysis {
    const { design, settings } = this.#context;
    const measured = measureWhole(analysed, this.#context);
    const used = [...this.#header.conditions.keys()].filter((c) => !design.derived.includes(c));
    return {
      layers: correctNulls(
        analysed.map(({ result }) =>
          used.some((a) => used.some((b) => result.dissimilarity[a][b] === null))
            ? { ...result, reason: NO_PAIR }
            : result
        ),
        settings.targets,
      ),
      consistency: measured.consistency,
      measures: measured.measures,
      selected: analysed.map(({ selected }) => selected),
      numbers: {
        layers: analysed.map(({ cells }) => cells),
        depths: analysed.map(({ result }) => result.depth),
        network: measured.cells,
        permuted: analysed.map(({ permuted }) => permuted),
      },
    };
  }
}

/**
 * Turns a recording into a network's part of the results: every measure of every layer and category, selected on one half of
 * the images and measured on the other, averaged over splits, with intervals, nulls and the other criteria beside.
 *
 * Layers are read one after the other. Nothing here is random but by `settings.seed`.
 *
 * @throws {RangeError} as {@linkcode NetworkAnalyser}.
 */
export async function analyseNetwork(
  recording: Recording,
  settings: AnalysisSettings,
  options: AnalyseOptions = {},
): Promise<NetworkAnalysis> {
  const { header } = recording;
  const analyser = new NetworkAnalyser(header, settings, options);
  const analysed: AnalysedLayer[] = [];
  const total = header.layers.length + 1;
  for (const index of header.layers.keys()) {
    await options.ready?.();
    options.signal?.throwIfAborted();
    const layer = await recording.readLayer(index);
    const found = analyser.layer(layer);
    layer.release?.();
    analysed.push(found);
    options.onLayer?.(found, index);
    options.onProgress?.(index + 1, total);
  }
  const whole = analyser.whole(analysed);
  options.onProgress?.(total, total);
  return whole;
}

/** Measures of the whole network: of the layers' numbers under every criterion, of the images under the main one. */
function measureWhole(
  analysed: readonly AnalysedLayer[],
  { design, settings, tools, splits }: LayerContext,
): Pick<NetworkAnalysis, "consistency" | "measures"> & { readonly cells: CellTable } {
  const cells = emptyCells();
  const categories = [...settings.targets, ALL_CATEGORIES];
  const partsOf = (criterion: string, category: string): NetworkParts => ({
    design,
    splits,
    depths: analysed.map(({ result }) => result.depth),
    cells: (measure) => analysed.map((layer) => getCell(layer.cells, [criterion, category, measure])),
    compared: analysed.map(({ compared }) => compared),
  });
  const [main] = tools.criteria;
  const whole = tools.measures.filter((measure) => measure.kind === "network");
  const measures: NetworkAnalysis["measures"] = {};
  for (const measure of whole) {
    measures[measure.name] = {};
    categories.forEach((category, c) => {
      // An average over categories belongs to comparisons; images are compared over all sampled units too.
      if (category === ALL_CATEGORIES && !measure.needsDissimilarities) return;
      for (const { name } of measure.needsDissimilarities ? [main] : tools.criteria) {
        const cell = measureNetwork(measure, c, partsOf(name, category), settings.fast);
        setCell(cells, [name, category, measure.name], cell);
        if (name === main.name) measures[measure.name][category] = estimateOf(cell, measure, settings.level);
      }
    });
  }
  const names = analysed.map(({ result }) => result.name);
  const compared = whole.find((measure) => measure.needsDissimilarities);
  const consistency = compared === undefined ? {} : Object.fromEntries(categories.map((category, c) => [
    category,
    consistencyOf(c, partsOf(main.name, category), names),
  ]));
  return { cells: trimCells(cells), consistency, measures };
}
