import type { TapRecording } from "../localizer/mod.ts";
import type { LocalizationMeter } from "../measures/mod.ts";
import type { PlacementNull } from "../resampling/mod.ts";
import { bootstrapMeasures, type UnitMeasure } from "./_bootstrap_measures.ts";
import { bootstrapSelection, type ResampledRule, type SelectionMeasure } from "./_bootstrap_selection.ts";
import { type ImageLayout, subsetUnits } from "./_layout.ts";
import { type PlacedDraws, PlacementBootstrap } from "./_placement_bootstrap.ts";
import { matchedRule, type ReplicateRule, replicateRule } from "./_replicate_rules.ts";
import type { Replicates } from "./_replicates.ts";
import type { FoldSelections, NamedSelection } from "./_select_folds.ts";
import { MATCHED } from "./cell_table.ts";
import type { ResolvedOptions } from "./options.ts";

/** Units that stand for a whole tap when places are resampled. */
const PLACED_UNITS = 1024;

/** Replicates of localization under criteria other than the main one. */
export const OTHER_PLACED = 30;

/** Measures whose replicates are resampled units' means or counts. */
export type ReplicateMeasure = UnitMeasure | SelectionMeasure;

/** How often each image counts in every replicate: `[replicates, images]`. */
export interface ImageWeights {
  /** Every condition resampled within each fold, for what is measured on one fold given what the other selects. */
  readonly byFold: Float32Array;
  /** Every condition resampled over both folds, for the selection itself. */
  readonly whole: Float32Array;
}

/** Replicates of one tap by rule: `[target]` each. */
export interface ResampledTap {
  readonly measures: ReadonlyMap<string, readonly ReadonlyMap<ReplicateMeasure, Replicates | null>[]>;
  /** In the order of `PLACED_MEASURES`. */
  readonly places: ReadonlyMap<string, readonly (readonly PlacedDraws[])[]>;
}

/** The rules that replicates decide, those with most replicates first: the main criterion, matched, the others. */
export function rulesFor(
  options: ResolvedOptions,
  layout: ImageLayout,
  units: number,
  counts: { readonly main: number; readonly others: number },
): ResampledRule[] {
  const setting = { conditions: layout.conditions, targets: layout.targets, units };
  const [main, ...others] = options.criteria;
  const rules: ResampledRule[] = [{ rule: matchedRule(options.matchedProportion, setting), replicates: counts.main }];
  const add = (rule: ReplicateRule | null, replicates: number): void => {
    if (rule !== null) rules.push({ rule, replicates });
  };
  add(replicateRule(main, setting), counts.main);
  for (const criterion of others) add(replicateRule(criterion, setting), Math.min(counts.main, counts.others));
  return rules.sort((a, b) => b.replicates - a.replicates);
}

/**
 * Resamples the images of one tap: the measures of the selected units in many replicates, the selection itself in fewer
 * on a subset of units, and places in fewer still, on more units for the main criterion and matched selections.
 */
export async function resampleTap(
  { tap, layout, weights, scale, selections, meter, nulls, options }: {
    tap: TapRecording;
    layout: ImageLayout;
    weights: ImageWeights;
    scale: number;
    selections: readonly NamedSelection[];
    meter: LocalizationMeter;
    nulls: PlacementNull;
    options: ResolvedOptions;
  },
): Promise<ResampledTap> {
  const { seed, multiply, mapReplicates } = options;
  const isMain = (name: string): boolean => name === MATCHED || name === options.criterion.name;
  const measured = await bootstrapMeasures({
    tap,
    layout,
    weights: weights.byFold,
    rules: selections.map((rule) => ({
      ...rule,
      replicates: isMain(rule.name) ? options.replicates : Math.min(options.replicates, options.otherReplicates),
    })),
    scale,
    seed,
    multiply,
  });

  const placedOf = (name: string): number =>
    isMain(name) ? mapReplicates : Math.min(mapReplicates, options.otherReplicates, OTHER_PLACED);
  const bootstraps = (resampled: Uint32Array, wanted: (name: string) => boolean) =>
    new Map(
      selections.filter(({ name, everywhere }) => everywhere && wanted(name)).map(({ name, selections }) =>
        [
          name,
          new PlacementBootstrap({
            selections,
            resampled,
            replicates: placedOf(name),
            meter,
            nulls,
            degrees: layout.fewest.whole - 1,
            seed,
          }),
        ] as const
      ),
    );
  const selectionsOf = (name: string): FoldSelections => selections.find((rule) => rule.name === name)!.selections;
  const unitsOf = (columns: Uint32Array): Uint32Array => columns.map((column) => tap.sample.units[column]);
  const resample = async (
    count: number,
    replicates: { main: number; others: number },
    wanted: (name: string) => boolean,
    placed: (name: string) => boolean,
  ) => {
    const subset = subsetUnits(tap, count, seed);
    const rules = rulesFor(options, layout, subset.columns.length, replicates).filter(({ rule }) => wanted(rule.name));
    const places = bootstraps(unitsOf(subset.columns), placed);
    const found = await bootstrapSelection({
      layout,
      subset,
      weights: weights.whole.subarray(0, Math.max(...rules.map((rule) => rule.replicates)) * layout.strata.length),
      rules: rules.map((rule) => ({ ...rule, selections: selectionsOf(rule.rule.name) })),
      units: tap.tap.units,
      multiply,
      watch(rule, replicate, masks) {
        if (replicate < placedOf(rule)) places.get(rule)?.record(replicate, masks);
      },
    });
    return { rules, found, places };
  };
  const all = await resample(
    options.resampledUnits,
    { main: options.selectionReplicates, others: options.otherReplicates },
    () => true,
    (name) => !isMain(name),
  );
  const larger = Math.max(PLACED_UNITS, options.resampledUnits);
  const placing = await resample(larger, { main: mapReplicates, others: 0 }, isMain, isMain);

  const measures = new Map(selections.map(({ name }, r) => {
    const own = all.rules.findIndex(({ rule }) => rule.name === name);
    return [
      name,
      layout.targets.map((_, t) =>
        new Map<ReplicateMeasure, Replicates | null>([
          ...measured[r][t],
          ...(own < 0 ? [] : all.found[own][t]),
        ])
      ),
    ] as const;
  }));
  const places = new Map(
    [placing, all].flatMap((each) =>
      [...each.places].map(([name, bootstrap]) => [name, layout.targets.map((_, t) => bootstrap.draws(t))] as const)
    ),
  );
  return { measures, places };
}
