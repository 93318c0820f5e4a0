import { holm } from "../resampling/mod.ts";
import { type ComparisonResult, isWidthless, type MeasureName, MEASURES, WIDTHLESS } from "../results/mod.ts";
import { type Difference, differenceOf, type IntervalSettings } from "./_difference.ts";
import {
  type AnalysedNetwork,
  commonDepths,
  consistencyReader,
  familiesOf,
  type Family,
  type Reader,
  readerAt,
  slopeReader,
} from "./_family.ts";
import { fixedByCriterion, notResampled } from "./_not_resampled.ts";
import { ALL_CATEGORIES } from "./analyse_network.ts";
import { MATCHED } from "./cell_table.ts";
import { type AnalysisOptions, type FamilyPair, type ResolvedOptions, resolveOptions } from "./options.ts";

/** Stands for every sampled unit, whatever the criterion selects. */
export const ALL_UNITS = "all units";

/** Measures that belong to taps. */
const TAP_MEASURES = MEASURES.filter((measure) => measure !== "consistency" && measure !== "depthSlope");

/**
 * The comparisons that the question asks for: each image-only family against each family that learned from language,
 * and every untrained family against each trained one.
 *
 * @param networks The networks that were run.
 */
export function defaultPairs(networks: readonly AnalysedNetwork[]): FamilyPair[] {
  const families = familiesOf(networks);
  const of = (supervision: string): Family[] => families.filter((family) => family.supervision === supervision);
  const trained = families.filter(({ supervision }) => supervision !== "untrained");
  const pair = (from: Family[], to: Family[]): FamilyPair[] =>
    from.flatMap((a) => to.map((b) => ({ a: a.name, b: b.name })));
  return [
    ...pair(of("vision"), of("language")),
    ...pair(of("vision"), of("contrastive")),
    ...pair(of("untrained"), trained),
  ];
}

type ComparisonSettings = IntervalSettings & Pick<ResolvedOptions, "criteria">;

/** The rows of one pair. */
class PairComparison {
  readonly rows: ComparisonResult[] = [];
  readonly #a: Family;
  readonly #b: Family;
  readonly #settings: ComparisonSettings;

  constructor(a: Family, b: Family, settings: ComparisonSettings) {
    this.#a = a;
    this.#b = b;
    this.#settings = settings;
  }

  add(
    entries: readonly Reader[],
    place: { measure: MeasureName; criterion: string; category: string; depth: number | null; matched: boolean },
  ): void {
    const found: Difference = differenceOf(this.#a, this.#b, entries, this.#settings);
    this.rows.push({ a: this.#a.name, b: this.#b.name, ...place, ...found, ...this.#untested(found, place) });
  }

  /** What a row that cannot be tested, or whose interval settles nothing, says instead. */
  #untested(
    { valueA, valueB, difference, interval }: Difference,
    place: { measure: MeasureName; criterion: string; matched: boolean },
  ): Partial<Pick<ComparisonResult, "interval" | "pValue" | "effect" | "reason">> {
    if (difference === null) return {};
    const { criteria } = this.#settings;
    const fixed = fixedByCriterion(criteria, place);
    if (fixed !== undefined) return { interval: null, pValue: null, effect: null, reason: fixed };
    if (interval === null) {
      const reason = place.matched ? undefined : notResampled(criteria, place);
      return reason === undefined ? {} : { reason };
    }
    // A slope is made of proportions, which set its scale also where it is next to nothing itself.
    if (!isWidthless(interval, place.measure === "depthSlope" ? [1] : [valueA, valueB])) return {};
    return difference === 0 ? { reason: WIDTHLESS } : { pValue: null, reason: WIDTHLESS };
  }

  /** Rows at every depth, their p values corrected over the taps. */
  addDepths(
    depths: readonly number[],
    entriesAt: (depth: number) => readonly Reader[],
    place: { measure: MeasureName; criterion: string; category: string; matched: boolean },
  ): void {
    const from = this.rows.length;
    for (const depth of depths) this.add(entriesAt(depth), { ...place, depth });
    const corrected = holm(this.rows.slice(from).map(({ pValue }) => pValue));
    corrected.forEach((pValue, i) => this.rows[from + i] = { ...this.rows[from + i], pValue });
  }
}

function comparePair(a: Family, b: Family, options: ResolvedOptions): ComparisonResult[] {
  const comparison = new PairComparison(a, b, options);
  const depths = commonDepths(a, b);
  const { targets } = options;
  const main = options.criterion.name;
  for (const measure of TAP_MEASURES) {
    for (const matched of measure === "proportion" ? [false] : [false, true]) {
      const rule = matched ? MATCHED : main;
      const place = { measure, criterion: main, matched };
      const at = (categories: readonly string[]) => (depth: number): Reader[] =>
        categories.map((category) => readerAt(rule, category, measure, depth));
      comparison.addDepths(depths, at(targets), { ...place, category: ALL_CATEGORIES });
      comparison.add(depths.flatMap(at(targets)), { ...place, category: ALL_CATEGORIES, depth: null });
      for (const category of targets) {
        // Matched selections are compared tap by tap over all categories only, to keep the file small.
        if (!matched) comparison.addDepths(depths, at([category]), { ...place, category });
        comparison.add(depths.flatMap(at([category])), { ...place, category, depth: null });
      }
    }
  }
  for (const category of [ALL_CATEGORIES, ...targets]) {
    const slope = slopeReader(main, category === ALL_CATEGORIES ? targets : [category]);
    const place = { criterion: main, category, depth: null, matched: false };
    // Of the units selected; an average over categories has those that every network has.
    const selected = category === ALL_CATEGORIES ? targets : [category];
    comparison.add(selected.map(consistencyReader), { ...place, measure: "consistency" });
    comparison.add([slope], { ...place, measure: "depthSlope" });
  }
  comparison.add([consistencyReader(ALL_CATEGORIES)], {
    ...{ criterion: main, category: ALL_UNITS, depth: null, matched: false },
    measure: "consistency",
  });
  for (const { name } of options.criteria.slice(1)) {
    const place = { criterion: name, category: ALL_CATEGORIES, depth: null, matched: false };
    for (const measure of TAP_MEASURES) {
      const entries = depths.flatMap((depth) => targets.map((category) => readerAt(name, category, measure, depth)));
      comparison.add(entries, { ...place, measure });
    }
    comparison.add([slopeReader(name, targets)], { ...place, measure: "depthSlope" });
  }
  return comparison.rows;
}

/**
 * Compares families of networks on every measure: at each normalized depth and averaged over depth, per category and
 * averaged, as selected and at equal proportion, and averaged under every other criterion.
 *
 * Networks saw the same resampled images, so replicates of a difference are paired; the spread over seeds is added where a
 * family has several networks. A family of one network has intervals over images alone. Localization is compared by its
 * excess over as many units placed at random. Consistency is compared over selected units, and over every sampled unit
 * (category `all units`), which no criterion changes. What the criterion fixes by itself keeps its difference but has no
 * interval. p values of rows with a depth are corrected over the depths (Holm 1979).
 *
 * @param networks Analyses made with the same options.
 * @param options Those options, with the pairs to compare.
 */
export function compareFamilies(
  networks: readonly AnalysedNetwork[],
  options: AnalysisOptions,
): ComparisonResult[] {
  const resolved = resolveOptions(options);
  const families = new Map(familiesOf(networks).map((family) => [family.name, family]));
  return (resolved.pairs ?? defaultPairs(networks)).flatMap(({ a, b }) => {
    const from = families.get(a);
    const to = families.get(b);
    return from && to ? comparePair(from, to, resolved) : [];
  });
}
