import type { Criterion } from "../criteria/mod.ts";
import { conjunctionFixed, CRITERIA, FIXED_THRESHOLD, parseCriterion } from "../criteria/mod.ts";
import { RequestError } from "../errors.ts";
import type { DerivedConditions } from "../localize/mod.ts";
import { type Measure, type MeasureDescription, MEASURES } from "../measures/mod.ts";

/** Which families are compared; the difference is `b − a`. */
export interface FamilyPair {
  /** The family compared with. */
  readonly a: string;
  /** The family compared. */
  readonly b: string;
  /** Whether the claims of the paper are judged on it, whatever the two learned from. @default false */
  readonly claims?: boolean;
  /** What the two differ in, in words. */
  readonly contrast?: string;
}

/** How an analysis is done, as plain data that can be sent to another thread. */
export interface AnalysisSettings {
  /** The conditions that units are selected for, at least one. */
  readonly targets: readonly string[];
  /** Conditions made from the images of others and used only by criteria that ask for them, each with its source. @default none */
  readonly derived?: DerivedConditions;
  /** The main criterion: a preset's name or an expression. @default the first of `CRITERIA` */
  readonly criterion?: string;
  /** Names of the criteria of the multiverse; the main one is always among them. @default all presets */
  readonly criteria?: readonly string[];
  /**
   * The largest uncorrected p, in (0, ½), of the units that specificity and strength are measured in where a criterion's own
   * threshold moves with prevalence, and that `conjunction-fixed` selects. @default 1e-4
   */
  readonly fixedThreshold?: number;
  /** Seed of every split, sample and permutation. @default 0 */
  readonly seed?: number;
  /** Splits of the blocks into halves under the main criterion. @default 10 */
  readonly splits?: number;
  /** Splits under every other criterion. @default 3 */
  readonly otherSplits?: number;
  /** Splits whose dissimilarities are compared over layers. @default 3 */
  readonly comparedSplits?: number;
  /** Most images whose dissimilarities are compared; of more, the same share of every condition is drawn. @default 400 */
  readonly comparedImages?: number;
  /** In layers of more units, deletions and permutations run on a sample of whole channels of about that size. @default 100,000 */
  readonly largestLayer?: number;
  /** In layers of more units, other criteria run on a sample of whole channels of about that size. @default 20,000 */
  readonly otherUnits?: number;
  /** Permutations of the condition labels under the main criterion; 0 leaves the null out. @default 99 */
  readonly permutations?: number;
  /** Random placements per count of units. @default 200 */
  readonly placements?: number;
  /** The proportion at which selections of equal size are compared. @default 0.05 */
  readonly matchedProportion?: number;
  /** Coverage of the intervals. @default 0.95 */
  readonly level?: number;
  /** Leaves intervals and nulls out. @default false */
  readonly fast?: boolean;
  /** The smallest effects of interest by measure, in place of the measures' own. @default none */
  readonly smallestEffects?: Readonly<Record<string, number>>;
  /** What is compared; pairs with a family that was not run are left out. @default what `defaultPairs` gives */
  readonly pairs?: readonly FamilyPair[];
}

/** Settings with every default filled in. */
export type ResolvedSettings =
  & Required<Omit<AnalysisSettings, "pairs" | "smallestEffects">>
  & Pick<AnalysisSettings, "pairs" | "smallestEffects">;

/** The defaults, in one place. */
const DEFAULTS = {
  derived: {},
  criterion: CRITERIA[0].name,
  criteria: CRITERIA.map(({ name }) => name),
  fixedThreshold: FIXED_THRESHOLD,
  seed: 0,
  splits: 10,
  otherSplits: 3,
  comparedSplits: 3,
  comparedImages: 400,
  largestLayer: 100_000,
  otherUnits: 20_000,
  permutations: 99,
  placements: 200,
  matchedProportion: 0.05,
  level: 0.95,
  fast: false,
} as const satisfies Omit<ResolvedSettings, "targets">;

const COUNTS = {
  splits: 1,
  otherSplits: 1,
  comparedSplits: 1,
  comparedImages: 3,
  largestLayer: 1,
  otherUnits: 1,
  permutations: 0,
  placements: 2,
} as const;

/**
 * Fills in defaults and checks ranges.
 *
 * @throws {RangeError} where there is no target, or a count or a share is out of range.
 */
export function resolveSettings(settings: AnalysisSettings): ResolvedSettings {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const resolved: ResolvedSettings = { ...DEFAULTS, ...given as AnalysisSettings };
  if (resolved.targets.length === 0) {
    throw new RangeError("Cannot analyse without targets; expected at least one condition to select for");
  }
  for (const [name, least] of Object.entries(COUNTS)) {
    const value = resolved[name as keyof typeof COUNTS];
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`Cannot analyse with ${name} = ${value}; expected an integer of at least ${least}`);
    }
  }
  for (const name of ["matchedProportion", "level"] as const) {
    if (!(resolved[name] > 0 && resolved[name] < 1)) {
      throw new RangeError(`Cannot analyse with ${name} = ${resolved[name]}; expected a number in (0, 1)`);
    }
  }
  if (!(resolved.fixedThreshold > 0 && resolved.fixedThreshold < 0.5)) {
    throw new RangeError(
      `Cannot analyse with fixedThreshold = ${resolved.fixedThreshold}; expected a number in (0, ½)`,
    );
  }
  return resolved;
}

/** What an analysis works with that is no plain data. */
export interface AnalysisTools {
  /** The main criterion first. */
  readonly criteria: readonly Criterion[];
  /** What selects by the fixed threshold: that of the criteria, where it is among them. */
  readonly fixed: Criterion;
  /** Those of the registry first. */
  readonly measures: readonly Measure[];
}

/**
 * The criteria and measures that settings name.
 *
 * @param conditions Names of all conditions, which an expression may use.
 * @param input.criteria Criteria beside the presets.
 * @param input.measures Measures beside those of the registry.
 * @throws {RequestError} where a criterion is neither a preset nor a valid expression, or a smallest effect of interest is not one.
 */
export function analysisTools(
  settings: AnalysisSettings,
  conditions: readonly string[],
  { criteria = [], measures = [] }: Partial<Pick<AnalysisTools, "criteria" | "measures">> = {},
): AnalysisTools {
  const { criterion, criteria: names, fixedThreshold } = resolveSettings(settings);
  const fixed = conjunctionFixed(fixedThreshold);
  const find = (name: string): Criterion =>
    [...criteria, fixed].find((each) => each.name === name) ?? parseCriterion(name, conditions);
  const main = find(criterion);
  const others = [...names, ...criteria.map(({ name }) => name)].filter((name, i, all) =>
    name !== main.name && all.indexOf(name) === i
  );
  const known = [...MEASURES, ...measures];
  checkSmallest(settings.smallestEffects ?? {}, known);
  return { criteria: [main, ...(settings.fast ? [] : others.map(find))], fixed, measures: known };
}

/**
 * The smallest effect of interest of a measure: what the settings say, on the measure's own scale, or else what it states.
 *
 * @returns Undefined where nothing is stated.
 */
export function smallestEffect(
  { name, smallest }: MeasureDescription,
  stated: AnalysisSettings["smallestEffects"],
): MeasureDescription["smallest"] {
  const value = stated?.[name];
  return value === undefined ? smallest : { scale: smallest?.scale ?? "difference", value };
}

function checkSmallest(stated: NonNullable<AnalysisSettings["smallestEffects"]>, measures: readonly Measure[]): void {
  for (const name of Object.keys(stated)) {
    const measure = measures.find((each) => each.name === name);
    if (measure === undefined) {
      const names = measures.map((each) => each.name).join(", ");
      throw new RequestError(`Cannot use a smallest effect of "${name}": it is no measure; expected one of ${names}`);
    }
    const { scale, value } = smallestEffect(measure, stated)!;
    const least = scale === "ratio" ? 1 : 0;
    if (!(value > least)) {
      const what = scale === "ratio" ? "a ratio above 1, such as 1.25" : "a number above 0";
      throw new RequestError(`Cannot use ${value} as the smallest effect of "${name}"; expected ${what}`);
    }
  }
}
