import {
  type Localization,
  type LocalizationMeter,
  type Measure,
  type Specificity,
  specificity,
  type Strength,
  strength,
} from "../measures/mod.ts";
import type { PlacementExpectation, PlacementNull } from "../resampling/mod.ts";
import type { FoldSelections, TapFolds } from "./_select_folds.ts";

/** A localization statistic beside its expectation under random placement. */
export interface PlacedValue {
  readonly value: number | null;
  readonly random: number | null;
  readonly z: number | null;
  readonly reason?: string;
}

/** What the selected units of one category are like, both directions averaged. */
export interface FoldMeasures {
  /** Units selected on a fold, averaged over the two. */
  readonly selected: number;
  readonly specificity: Record<keyof Specificity, Measure>;
  readonly strength: Record<keyof Strength, Measure>;
  readonly within: Record<keyof Localization["within"], PlacedValue>;
  readonly across: Record<keyof Localization["across"], PlacedValue>;
}

/** What localization is measured with; null where only some units could be selected, so that places are not comparable. */
export interface Placement {
  readonly meter: LocalizationMeter;
  readonly nulls: PlacementNull;
}

/** Averages what is defined in either direction. */
export function averageMeasures(measures: readonly Measure[]): Measure {
  const defined = measures.flatMap(({ value }) => (value === null ? [] : [value]));
  if (defined.length === 0) return { value: null, reason: measures[0]?.reason ?? "was not measured" };
  return { value: defined.reduce((sum, value) => sum + value, 0) / defined.length };
}

/** Smaller spreads are rounding: every placement gave the same. */
const NO_SPREAD = 1e-9;
const NO_Z = "random placement of as many units always gives the same, so there is no z";

function placeOne(
  values: readonly Measure[],
  spreads: readonly ({ mean: number; deviation: number } | null)[],
): PlacedValue {
  const { value, reason } = averageMeasures(values);
  if (value === null) return { value, random: null, z: null, reason };
  const defined = spreads.flatMap((spread, i) => (spread === null || values[i].value === null ? [] : [{ spread, i }]));
  if (defined.length === 0) return { value, random: null, z: null, reason: "random placement is not defined" };
  const random = defined.reduce((sum, { spread }) => sum + spread.mean, 0) / defined.length;
  // The two directions select nearly the same units: their z scores are averaged, not added up as if independent.
  const scores = defined.flatMap(({ spread, i }) =>
    spread.deviation > NO_SPREAD ? [(values[i].value! - spread.mean) / spread.deviation] : []
  );
  return scores.length > 0
    ? { value, random, z: scores.reduce((a, b) => a + b, 0) / scores.length }
    : { value, random, z: null, reason: NO_Z };
}

/** A direction that selected nothing because nothing could be tested says so. */
function tell<T extends Measure>(measure: T, reason: string | null): Measure {
  return reason === null ? measure : { value: null, reason };
}

function unplaced(reason: string): Pick<FoldMeasures, "within" | "across"> {
  const none: PlacedValue = { value: null, random: null, z: null, reason };
  return {
    within: { entropy: none, gini: none, moran: none, peak: none },
    across: { entropy: none, gini: none },
  };
}

function localize(
  selections: FoldSelections,
  target: number,
  placement: Placement,
  reasons: readonly (string | null)[],
): Pick<
  FoldMeasures,
  "within" | "across"
> {
  const found = selections.map((fold) => placement.meter.measure(fold[target].units));
  const told = (measure: Measure, fold: number): Measure => tell(measure, reasons[fold]);
  const expected: PlacementExpectation[] = selections.map((fold) => placement.nulls.expect(fold[target].units));
  const within = (name: keyof Localization["within"]): PlacedValue =>
    placeOne(found.map((each, fold) => told(each.within[name], fold)), expected.map((each) => each.within[name]));
  const across = (name: keyof Localization["across"]): PlacedValue =>
    placeOne(found.map((each, fold) => told(each.across[name], fold)), expected.map((each) => each.across[name]));
  return {
    within: { entropy: within("entropy"), gini: within("gini"), moran: within("moran"), peak: within("peak") },
    across: { entropy: across("entropy"), gini: across("gini") },
  };
}

/**
 * Measures a selection for one target on the fold that did not select it, both ways, averaged.
 *
 * @param input.target Index among the targets.
 * @param input.scale The tap's scale.
 * @param input.placement Null where only sampled units could be selected.
 * @param input.untestable Why a fold cannot select for the target, null where it can: `[folds]`.
 * @param input.circular Measure on the selecting fold instead.
 */
export function measureFolds(
  { folds, selections, target, scale, placement, untestable = [null, null], circular = false }: {
    folds: TapFolds;
    selections: FoldSelections;
    target: number;
    scale: number;
    placement: Placement | null;
    untestable?: readonly (string | null)[];
    circular?: boolean;
  },
): FoldMeasures {
  const condition = folds.layout.targets[target];
  const sharp: Specificity[] = [];
  const strong: Strength[] = [];
  selections.forEach((fold, selecting) => {
    const moments = folds.moments[circular ? selecting : 1 - selecting];
    const selected = fold[target].units;
    const others = fold.flatMap(({ mask }, t) => (t === target ? [] : [mask]));
    sharp.push(specificity({ selected, moments, target: condition, others }));
    strong.push(strength({ selected, moments, target: condition, scale }));
  });
  const can = [0, 1].filter((fold) => untestable[fold] === null);
  const sharpness = (name: keyof Specificity): Measure =>
    averageMeasures(sharp.map((each, fold) => tell(each[name], untestable[fold])));
  const strengths = (name: keyof Strength): Measure =>
    averageMeasures(strong.map((each, fold) => tell(each[name], untestable[fold])));
  return {
    selected: can.reduce((sum, fold) => sum + selections[fold][target].units.length, 0) / Math.max(1, can.length),
    specificity: {
      t: sharpness("t"),
      dprime: sharpness("dprime"),
      index: sharpness("index"),
      sparseness: sharpness("sparseness"),
      exclusivity: sharpness("exclusivity"),
    },
    strength: { response: strengths("response"), lead: strengths("lead") },
    ...(placement === null
      ? unplaced("only sampled units can be selected, whose places are not those of all units")
      : localize(selections, target, placement, untestable)),
  };
}
