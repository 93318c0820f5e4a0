import { type Criterion, matchedCriterion } from "../criteria/mod.ts";
import { type Design, LayerEvaluator, sampleChannels, type Split } from "../localize/mod.ts";
import { LayerLayout, type Measure, PlacementMeter, PlacementNull, RESPONSE } from "../measures/mod.ts";
import { type LayerRecording, type RecordingHeader, selfCheck } from "../recording/browser.ts";
import type { CriterionSummary, Estimate, LayerCategory, LayerResult } from "../results/mod.ts";
import { effectiveDimensions, meanOf } from "../statistics/mod.ts";
import { type ComparedLayer, LayerComparison } from "./_compare_images.ts";
import { equalProportionCurves, MATCHED } from "./_curves.ts";
import type { Dissimilarity } from "./_dissimilarity.ts";
import { estimateOf } from "./_estimate.ts";
import { type FirstSplit, firstSplit } from "./_first_split.ts";
import { generalize } from "./_generalization.ts";
import { nullOf, permutationNull, type Permuted } from "./_permutation_null.ts";
import { diceOf } from "./_pictures.ts";
import { type Rule, runSplits } from "./_run_splits.ts";
import { Tally } from "./_tally.ts";
import { subsetUnits } from "./_unit_subset.ts";
import { type CellTable, emptyCells, setCell, trimCells } from "./cell_table.ts";
import type { AnalysisTools, ResolvedSettings } from "./settings.ts";

/** Sampled units on which generalization to other categories is tested. */
const GENERALIZED_UNITS = 512;

/** What every layer of a network shares. */
export interface LayerContext {
  readonly header: Pick<RecordingHeader, "images" | "conditions" | "blocks">;
  readonly design: Design;
  readonly splits: readonly Split[];
  /** Per compared split, the images whose dissimilarities are compared on each half. */
  readonly images: readonly (readonly [Int32Array, Int32Array])[];
  readonly dissimilarity: Dissimilarity;
  readonly settings: ResolvedSettings;
  readonly tools: AnalysisTools;
  readonly nullFor: (shape: readonly number[]) => PlacementNull;
  /** Runs the tests and corrections that select units, for callers that keep a clock. */
  readonly timeTests: <T>(work: () => T) => T;
}

/** One layer's part of the results, with what comparisons need. */
export interface AnalysedLayer {
  readonly result: LayerResult;
  readonly cells: CellTable;
  /** Proportions of each target under the main criterion with labels permuted; null where nothing was permuted. */
  readonly permuted: readonly Permuted[] | null;
  readonly compared: ComparedLayer;
  /** Units that the main criterion selects on either half of the first split, `[half][target]`, ascending. */
  readonly selected: readonly (readonly Uint32Array[])[];
}

/** How the selections of the two halves overlap, split by split. */
interface Overlap {
  readonly value: number[];
  readonly chance: number[];
  /** Why a half cannot select, so that there is nothing to overlap. */
  reason?: string;
}

/** The work of one layer, from its recording to its results. */
class LayerAnalysis {
  readonly #layer: LayerRecording;
  readonly #context: LayerContext;
  readonly #measures: readonly Measure[];

  constructor(layer: LayerRecording, context: LayerContext) {
    this.#layer = layer;
    this.#context = context;
    this.#measures = context.tools.measures.filter(({ kind }) => kind !== "network");
  }

  run(): AnalysedLayer {
    const { settings, tools: { criteria }, header, design, splits } = this.#context;
    const [main, ...others] = criteria;
    const matched = matchedCriterion(MATCHED, settings.matchedProportion);
    // Nothing is deleted or permuted in a fast run.
    const large = settings.fast ? this.#layer : sampleChannels(this.#layer, settings.largestLayer, settings.seed);
    const small = sampleChannels(this.#layer, settings.otherUnits, settings.seed);
    const tallies = (count: number): Tally[] =>
      design.targets.map(() =>
        new Tally(this.#measures, { splits: count, blocks: design.blocks, conditions: design.conditions.length })
      );
    const mainTallies = tallies(splits.length);
    const otherSplits = Math.min(settings.otherSplits, splits.length);
    const deletions = !settings.fast && design.blocks > 2;
    const beside = [...others, ...(settings.fast ? [] : [matched])].map((criterion) => ({
      criterion,
      splits: otherSplits,
      estimates: true,
      deletions: deletions && !criterion.needsResponses,
      tallies: tallies(otherSplits),
    }));
    const own = { criterion: main, splits: splits.length, tallies: mainTallies };
    const mainDeletions = deletions && !main.needsResponses;
    const jobs: { layer: LayerRecording; rule: Rule }[] = [
      { layer: this.#layer, rule: { ...own, estimates: true, deletions: mainDeletions && large === this.#layer } },
      ...(mainDeletions && large !== this.#layer
        ? [{ layer: large, rule: { ...own, estimates: false, deletions: true } }]
        : []),
      ...beside.map((rule) => ({ layer: small, rule })),
    ];
    const comparison = new LayerComparison(this.#layer, {
      design,
      images: this.#context.images,
      dissimilarity: this.#context.dissimilarity,
      seed: settings.seed,
    });
    let shown: FirstSplit | null = null;
    const dice = new Map<string, Overlap[]>();
    let permuted: readonly Permuted[] | null = null;
    let curves: LayerCategory["curve"][] = [];
    // The samples first, each with arrays of its own that are let go: the layer itself, which comes last, takes most memory.
    const evaluate = (layer: LayerRecording): LayerEvaluator => {
      const evaluator = this.#evaluator(layer);
      evaluator.hold();
      const rules = jobs.filter((job) => job.layer === layer).map(({ rule }) => rule);
      runSplits(evaluator, splits, rules, {
        timeTests: this.#context.timeTests,
        visit: (split, rule, halves, selections) => {
          const overlaps = dice.get(rule.criterion.name) ??
            design.targets.map((): Overlap => ({ value: [], chance: [] }));
          dice.set(rule.criterion.name, overlaps);
          overlaps.forEach((overlap, t) => {
            const reasons = halves.map((half) => half.untestable(rule.criterion, design.targets[t]));
            const reason = reasons.find((each) => each !== null);
            if (reason !== undefined && reason !== null) {
              overlap.reason ??= reason;
              return;
            }
            const { value, chance } = diceOf(selections, t, evaluator.populationOf(rule.criterion));
            if (value !== null) overlap.value.push(value);
            if (chance !== null) overlap.chance.push(chance);
          });
          if (rule.criterion !== main) return;
          comparison.add(split, selections);
          if (split === 0) {
            shown = firstSplit(evaluator, { halves, selections, criterion: main, images: header.images });
          }
        },
      });
      if (layer === large) permuted = this.#permute(evaluator);
      if (layer === small) curves = equalProportionCurves(evaluator, splits[0]);
      return evaluator;
    };
    for (const layer of new Set([large, small])) {
      if (layer === this.#layer) continue;
      evaluate(layer).release();
      layer.release?.();
    }
    evaluate(this.#layer).release();
    const cells = emptyCells();
    const all = [{ criterion: main, tallies: mainTallies }, ...beside];
    for (const rule of all) this.#keep(cells, rule);
    const summaries = Object.fromEntries(
      all.filter(({ criterion }) => criterion !== matched).map((rule) => [
        rule.criterion.name,
        this.#summaries(rule, dice.get(rule.criterion.name)!),
      ]),
    );
    const { layer, sample } = this.#layer;
    const analysed: AnalysedLayer = {
      result: {
        name: layer.name,
        depth: layer.depth,
        shape: [...layer.shape],
        units: layer.units,
        deadUnits: shown!.deadUnits,
        dimensions: effectiveDimensions(this.#layer.channelMeans, new LayerLayout(layer.shape).channels),
        sampledUnits: sample.units.length,
        deletedUnits: mainDeletions ? large.layer.units : 0,
        selfCheck: selfCheck(header, this.#layer),
        categories: this.#categories({
          first: shown!,
          matched: beside.find(({ criterion }) => criterion === matched)?.tallies ?? null,
          permuted,
          curves,
          summaries: summaries[main.name],
          tallies: mainTallies,
        }),
        criteria: summaries,
        dissimilarity: comparison.dissimilarity,
      },
      cells: trimCells(cells),
      permuted,
      compared: comparison.compared,
      selected: shown!.selections.map((half) => half.map(({ units }) => units)),
    };
    return analysed;
  }

  #evaluator(layer: LayerRecording): LayerEvaluator {
    const { design, nullFor } = this.#context;
    const { shape } = layer.layer;
    const placements = this.#measures.filter((measure) => measure.kind === "placement");
    return new LayerEvaluator({
      layer,
      design,
      measures: this.#measures,
      fixed: this.#context.tools.fixed,
      placement: { meter: new PlacementMeter(new LayerLayout(shape), placements), nulls: nullFor(shape) },
    });
  }

  /** The main criterion with condition labels permuted; null where nothing is permuted. */
  #permute(evaluator: LayerEvaluator): readonly Permuted[] | null {
    const { settings, tools: { criteria: [criterion] }, splits } = this.#context;
    if (criterion.needsResponses || settings.permutations === 0 || settings.fast) return null;
    const { permutations, seed } = settings;
    return permutationNull(evaluator, { split: splits[0], criterion, permutations, seed });
  }

  #keep(
    cells: CellTable,
    { criterion, tallies }: { readonly criterion: Criterion; readonly tallies: readonly Tally[] },
  ): void {
    this.#context.settings.targets.forEach((category, t) =>
      this.#measures.forEach(({ name, kind }, m) => {
        const cell = kind === "placement" ? tallies[t].excess(m) : tallies[t].value(m);
        const reason = cell.reason ??
          (cell.replicates === null && criterion.needsResponses ? NOT_RESAMPLED : undefined);
        setCell(cells, [criterion.name, category, name], reason === undefined ? cell : { ...cell, reason });
      })
    );
  }

  #estimates(tally: Tally): Record<string, Estimate> {
    return Object.fromEntries(this.#measures.map((measure, m) => {
      const estimate = estimateOf(tally.value(m), measure, this.#context.settings.level);
      if (measure.kind !== "placement") return [measure.name, estimate];
      const { random, z } = tally.random(m);
      return [measure.name, { ...estimate, random, z }];
    }));
  }

  #summaries(
    { tallies }: { readonly tallies: readonly Tally[] },
    dice: readonly Overlap[],
  ): Record<string, CriterionSummary> {
    return Object.fromEntries(this.#context.settings.targets.map((category, t) => {
      const halfDice = meanOf(dice[t].value);
      return [category, {
        selected: tallies[t].selected,
        measuredUnits: tallies[t].measured,
        halfDice,
        halfDiceChance: meanOf(dice[t].chance),
        measures: this.#estimates(tallies[t]),
        ...(halfDice === null ? { reason: dice[t].reason ?? "no unit is selected" } : {}),
      }];
    }));
  }

  #categories(
    { first, matched, permuted, curves, summaries, tallies }: {
      readonly first: FirstSplit;
      readonly matched: readonly Tally[] | null;
      readonly permuted: readonly Permuted[] | null;
      /** One per target. */
      readonly curves: readonly LayerCategory["curve"][];
      readonly summaries: Record<string, CriterionSummary>;
      /** Of the main criterion, one per target. */
      readonly tallies: readonly Tally[];
    },
  ): Record<string, LayerCategory> {
    const { settings, tools: { criteria: [criterion] }, header, design, splits } = this.#context;
    const generalization = settings.fast ? design.targets.map(() => []) : generalize({
      images: header.images,
      design,
      split: splits[0],
      subset: subsetUnits(this.#layer, GENERALIZED_UNITS, settings.seed),
      criterion,
      seed: settings.seed,
    });
    return Object.fromEntries(settings.targets.map((category, t): [string, LayerCategory] => {
      const { decided, ...pictures } = first.targets[t];
      const { selected, measuredUnits, halfDice, halfDiceChance, measures, reason } = summaries[category];
      const missing = reason ??
        (permuted === null ? "condition labels were not permuted for this criterion" : undefined);
      return [category, {
        selected,
        measuredUnits,
        ...(first.nearThreshold === null ? {} : { nearThreshold: first.nearThreshold[t] }),
        null: permuted === null || !decided ? null : nullOf(permuted[t], settings.level),
        halfDice,
        halfDiceChance,
        ...(missing === undefined ? {} : { reason: missing }),
        measures,
        profile: Object.fromEntries(
          design.conditions.map((name, c) => [name, estimateOf(tallies[t].profile(c), RESPONSE, settings.level)]),
        ),
        matched: matched === null ? {} : this.#estimates(matched[t]),
        curve: curves[t],
        ...pictures,
        generalization: generalization[t],
      }];
    }));
  }
}

/** Why what a criterion of single responses selects has no interval. */
export const NOT_RESAMPLED = "the criterion decides from single responses, which are not resampled";

/** Analyses one layer: every measure of every target under every criterion, with intervals and nulls. */
export function analyseLayer(layer: LayerRecording, context: LayerContext): AnalysedLayer {
  return new LayerAnalysis(layer, context).run();
}
