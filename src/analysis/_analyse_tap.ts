import { type Criterion, deadUnits, type Recording, type TapRecording } from "../localizer/mod.ts";
import {
  channelCounts,
  LocalizationMeter,
  lorenz,
  type Measure,
  positionMap,
  tapScale,
  unitSpecificity,
} from "../measures/mod.ts";
import { type PlacementNull, quantile } from "../resampling/mod.ts";
import type { TapCategory, TapResult } from "../results/mod.ts";
import { topChannels } from "./_channels.ts";
import { generalize } from "./_generalization.ts";
import { type ImageLayout, subsetUnits } from "./_layout.ts";
import { measureFolds, type Placement } from "./_measure_folds.ts";
import { type Membership, nullOf, type PermutedTap, permuteTap } from "./_permute_tap.ts";
import { type ImageWeights, type ResampledTap, resampleTap } from "./_resample_tap.ts";
import { type FoldSelections, TapFolds } from "./_select_folds.ts";
import { selfCheck } from "./_self_check.ts";
import { overlapOf, reasonIn, summarize } from "./_summarize_tap.ts";
import { estimateOf, keepCells, measureSetOf } from "./_tap_cells.ts";
import { untestable } from "./_testable.ts";
import { CellTable, MATCHED } from "./cell_table.ts";
import type { ResolvedOptions } from "./options.ts";

/** Proportions at which the matched-count curve is drawn. */
export const CURVE_PROPORTIONS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2] as const;

/** What every tap of a network shares. */
export interface TapContext {
  readonly recording: Recording;
  readonly layout: ImageLayout;
  readonly weights: ImageWeights;
  readonly membership: Membership | null;
  readonly options: ResolvedOptions;
  readonly nullFor: (shape: readonly number[]) => PlacementNull;
}

/** One tap's part of the results, with what comparisons need. */
export interface AnalysedTap {
  readonly result: TapResult;
  readonly cells: CellTable;
  /** By criterion, then category. */
  readonly permuted: ReadonlyMap<string, ReadonlyMap<string, PermutedTap>>;
  /** What the main criterion selects, `[fold][target]`. */
  readonly selections: FoldSelections;
}

function populationOf(criterion: Criterion, { tap, sample }: TapRecording): number {
  return criterion.population === "sample" ? sample.units.length : tap.units;
}

function spreadOf(folds: TapFolds, selections: FoldSelections, target: number): TapCategory["spread"] {
  const dprimes: number[] = [];
  const indices: number[] = [];
  selections.forEach((fold, selecting) => {
    const { dprime, index } = unitSpecificity({
      moments: folds.moments[1 - selecting],
      target: folds.layout.targets[target],
      units: fold[target].units,
    });
    for (const value of dprime) dprimes.push(value);
    for (const value of index) indices.push(value);
  });
  if (dprimes.length === 0) return null;
  const steps = (values: number[]): number[] => {
    const ascending = Float64Array.from(values).sort();
    return Array.from({ length: 21 }, (_, i) => quantile(ascending, i / 20));
  };
  return { dprime: steps(dprimes), index: steps(indices) };
}

/** Averages the maps that either fold selects. */
function averageMap(folds: FoldSelections, target: number, meter: LocalizationMeter): TapCategory["map"] {
  const maps = folds.map((fold) => positionMap({ selected: fold[target].units, layout: meter.layout }));
  const [first, second] = maps;
  if (first === null || second === null) return null;
  return { ...first, counts: first.counts.map((count, i) => (count + second.counts[i]) / 2) };
}

function averageLorenz(folds: FoldSelections, target: number, meter: LocalizationMeter): number[] | null {
  const counts = folds.map((fold) => channelCounts({ selected: fold[target].units, layout: meter.layout }));
  return lorenz(Float64Array.from(counts[0], (count, channel) => count + counts[1][channel]));
}

/** Analyses one tap: every measure of every category under every criterion, with intervals and nulls. */
export async function analyseTap(tap: TapRecording, context: TapContext): Promise<AnalysedTap> {
  const { recording, layout, options, weights } = context;
  const { targets } = options;
  const folds = new TapFolds(tap, layout);
  const meter = new LocalizationMeter(tap.tap.shape);
  const placement: Placement = { meter, nulls: context.nullFor(tap.tap.shape) };
  const strata = folds.moments.flat();
  const scale = tapScale(strata);
  const everySampled = tap.sample.units.length === tap.tap.units;

  const { timeTests = (work) => work() } = options;
  const selections = options.criteria.map((criterion) => ({
    name: criterion.name,
    selections: timeTests(() => folds.byCriterion(criterion)),
    everywhere: criterion.population === "units" || everySampled,
    population: populationOf(criterion, tap),
    variances: criterion.variances,
  }));
  const matched = {
    name: MATCHED,
    selections: folds.byProportion(options.matchedProportion),
    everywhere: true,
    population: tap.tap.units,
    variances: "rest" as const,
  };
  const all = [...selections, matched];
  const resampled: ResampledTap = await resampleTap({
    tap,
    layout,
    weights,
    scale,
    selections: all,
    meter,
    nulls: placement.nulls,
    options,
  });

  const cells = new CellTable();
  const found = all.map((rule) =>
    targets.map((category, target) => {
      const reasons = untestable(rule.variances, layout, layout.targets[target]);
      const measures = measureFolds({
        folds,
        selections: rule.selections,
        target,
        scale,
        placement: rule.everywhere ? placement : null,
        untestable: reasons,
      });
      const proportion: Measure = reasons.includes(null)
        ? { value: measures.selected / rule.population }
        : { value: null, reason: reasons[0]! };
      keepCells({ cells, criterion: rule.name, category, target }, measures, proportion, resampled);
      return { measures, proportion };
    })
  );
  const dice = selections.map((rule) =>
    targets.map((_, t) =>
      overlapOf(rule.selections, t, rule.population, untestable(rule.variances, layout, layout.targets[t]))
    )
  );
  const curves = CURVE_PROPORTIONS.map((proportion) => ({ proportion, selections: folds.byProportion(proportion) }));
  const permuted = await permuteTap(tap, context);
  const subset = subsetUnits(tap, options.resampledUnits, options.seed);
  const generalization = generalize({
    images: recording.images,
    layout,
    subset,
    criterion: options.criterion,
    seed: options.seed,
  });
  const main = selections[0].selections;

  const categories = targets.map((category, target): [string, TapCategory] => {
    const beside = untestable("rest", layout, layout.targets[target]);
    const place = { cells, criterion: options.criterion.name, category, target };
    const { measures, proportion } = found[0][target];
    const circular = measureFolds({
      folds,
      selections: main,
      target,
      scale,
      placement: null,
      untestable: untestable(options.criterion.variances, layout, layout.targets[target]),
      circular: true,
    });
    const chance = proportion.value === null ? undefined : permuted.get(options.criterion.name)?.get(category);
    const share = estimateOf(cells.get(place.criterion, category, "proportion"), "proportion", options.level);
    const missing = chance ? {} : { reason: "condition labels were not permuted for this criterion" };
    return [category, {
      selected: measures.selected,
      proportion: proportion.value,
      interval: share.interval,
      ...reasonIn(share, dice[0][target], missing),
      null: chance ? nullOf(chance, options.level) : null,
      foldDice: dice[0][target].value,
      foldDiceChance: dice[0][target].chance,
      spread: spreadOf(folds, main, target),
      ...measureSetOf(place, measures, resampled, options.level),
      circular: {
        dprime: circular.specificity.dprime.value,
        t: circular.specificity.t.value,
        index: circular.specificity.index.value,
        response: circular.strength.response.value,
        ...reasonIn(
          circular.specificity.dprime,
          circular.specificity.t,
          circular.specificity.index,
          circular.strength.response,
        ),
      },
      matched: measureSetOf(
        { ...place, criterion: MATCHED },
        found[all.length - 1][target].measures,
        resampled,
        options.level,
      ),
      curve: curves.map(({ proportion, selections }) => {
        const at = measureFolds({ folds, selections, target, scale, placement, untestable: beside });
        const { selected: _, foldDice: __, foldDiceChance: ___, proportion: ____, ...rest } = summarize(
          at,
          { value: proportion },
          null,
        );
        return { proportion, t: at.specificity.t.value, ...rest };
      }),
      map: averageMap(main, target, meter),
      lorenz: averageLorenz(main, target, meter),
      channels: topChannels({ recording, tap, layout: meter.layout, folds: main.map((fold) => fold[target]) }),
      generalization: generalization[target],
    }];
  });
  return {
    result: {
      name: tap.tap.name,
      depth: tap.tap.depth,
      shape: [...tap.tap.shape],
      units: tap.tap.units,
      deadUnits: deadUnits(strata),
      sampledUnits: tap.sample.units.length,
      selfCheck: selfCheck(tap, layout),
      categories: Object.fromEntries(categories),
      criteria: Object.fromEntries(selections.map(({ name }, r) => [
        name,
        Object.fromEntries(targets.map((category, t) => [
          category,
          summarize(found[r][t].measures, found[r][t].proportion, dice[r][t]),
        ])),
      ])),
      dissimilarity: [],
    },
    cells,
    permuted,
    selections: main,
  };
}
