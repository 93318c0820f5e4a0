import { type AlignmentResult, type ComparisonResult, isWidthless, WIDTHLESS } from "../results/mod.ts";
import { holm } from "../statistics/mod.ts";
import { ALL_CATEGORIES } from "./_compare_images.ts";
import { type Difference, differenceOf } from "./_difference.ts";
import { describeAlignment, type MetLayers, metLayers } from "./align_families.ts";
import { MATCHED, NOT_RESAMPLED } from "./analyse_layer.ts";
import {
  type AnalysedNetwork,
  familiesOf,
  type Family,
  meanReader,
  networkReader,
  type Reader,
  readerAt,
} from "./family.ts";
import { type AnalysisSettings, type AnalysisTools, type FamilyPair, resolveSettings } from "./settings.ts";

/** Stands for every sampled unit, whatever the criterion selects. */
export const ALL_UNITS = "all units";

/** Every pair of families, the one that was named first as the first; an untrained family always as the first. */
export function defaultPairs(networks: readonly AnalysedNetwork[]): FamilyPair[] {
  const families = familiesOf(networks);
  const untrained = families.filter(({ supervision }) => supervision === "untrained");
  const trained = families.filter(({ supervision }) => supervision !== "untrained");
  const ordered = [
    ...trained.flatMap((a, i) => trained.slice(i + 1).map((b) => [a, b])),
    ...untrained.flatMap((a) => trained.map((b) => [a, b])),
  ];
  return ordered.map(([a, b]) => ({ a: a.name, b: b.name }));
}

interface Place {
  readonly measure: string;
  readonly criterion: string;
  readonly category: string;
  readonly depth: number | null;
  readonly matched: boolean;
}

/** The rows of one pair. */
class PairComparison {
  readonly rows: ComparisonResult[] = [];
  readonly #a: Family;
  readonly #b: Family;
  readonly #tools: AnalysisTools;
  readonly #level: number;

  constructor(a: Family, b: Family, { tools, level }: { readonly tools: AnalysisTools; readonly level: number }) {
    this.#a = a;
    this.#b = b;
    this.#tools = tools;
    this.#level = level;
  }

  add(entries: readonly Reader[], place: Place): void {
    const found = differenceOf(this.#a, this.#b, entries, this.#level);
    this.rows.push({ a: this.#a.name, b: this.#b.name, ...place, ...found, ...this.#untested(found, place) });
  }

  /** Rows at every depth, their p values corrected over the layers. */
  addDepths(
    met: readonly MetLayers[],
    entriesAt: (layer: MetLayers) => readonly Reader[],
    place: Omit<Place, "depth">,
  ): void {
    const from = this.rows.length;
    for (const layer of met) this.add(entriesAt(layer), { ...place, depth: layer.depth });
    const corrected = holm(this.rows.slice(from).map(({ pValue }) => pValue));
    corrected.forEach((pValue, i) => this.rows[from + i] = { ...this.rows[from + i], pValue });
  }

  /** What a row that cannot be tested, or whose interval settles nothing, says instead. */
  #untested(
    { valueA, valueB, difference, interval }: Difference,
    { measure, criterion, matched }: Place,
  ): Partial<Pick<ComparisonResult, "interval" | "pValue" | "effect" | "reason">> {
    if (difference === null) return {};
    const rule = this.#tools.criteria.find(({ name }) => name === criterion);
    const known = this.#tools.measures.find(({ name }) => name === measure)!;
    const fixed = matched || rule === undefined ? undefined : known.fixedBy?.(rule);
    if (fixed !== undefined) return { interval: null, pValue: null, effect: null, reason: fixed };
    if (interval === null) return rule?.needsResponses && !matched ? { reason: NOT_RESAMPLED } : {};
    if (!isWidthless(interval, [valueA, valueB])) return {};
    return difference === 0 ? { reason: WIDTHLESS } : { pValue: null, reason: WIDTHLESS };
  }
}

function comparePair(
  a: Family,
  b: Family,
  { tools, targets, level }: {
    readonly tools: AnalysisTools;
    readonly targets: readonly string[];
    readonly level: number;
  },
): ComparisonResult[] {
  const comparison = new PairComparison(a, b, { tools, level });
  const met = metLayers(a, b);
  const [main, ...others] = tools.criteria;
  const ofLayers = tools.measures.filter(({ kind }) => kind !== "network");
  for (const known of ofLayers) {
    const measure = known.name;
    // At equal proportion there is no difference in what that fixes.
    for (const matched of known.fixedBy?.({ fixesProportion: true }) === undefined ? [false, true] : [false]) {
      const place = { measure, criterion: main.name, matched };
      const criterion = matched ? MATCHED : main.name;
      const at = (categories: readonly string[]) => ({ indexOf }: MetLayers): Reader[] =>
        categories.map((category) => readerAt({ criterion, category, measure }, indexOf));
      comparison.addDepths(met, at(targets), { ...place, category: ALL_CATEGORIES });
      comparison.add(met.flatMap(at(targets)), { ...place, category: ALL_CATEGORIES, depth: null });
      for (const category of targets) {
        // Matched selections are compared layer by layer over all categories only, to keep the file small.
        if (!matched) comparison.addDepths(met, at([category]), { ...place, category });
        comparison.add(met.flatMap(at([category])), { ...place, category, depth: null });
      }
    }
  }
  for (const measure of tools.measures) {
    if (measure.kind !== "network") continue;
    const { name } = measure;
    const place = { measure: name, criterion: main.name, depth: null, matched: false };
    const reader = (criterion: string) => (category: string): Reader => networkReader(criterion, category, name);
    for (const category of [ALL_CATEGORIES, ...targets]) {
      const selected = (category === ALL_CATEGORIES ? targets : [category]).map(reader(main.name));
      // Consistency over selected units is averaged over the categories in which every network has it.
      comparison.add(measure.needsDissimilarities ? selected : [meanReader(selected)], { ...place, category });
    }
    if (measure.needsDissimilarities) {
      comparison.add([networkReader(main.name, ALL_CATEGORIES, name)], { ...place, category: ALL_UNITS });
      continue;
    }
    for (const { name: criterion } of others) {
      comparison.add([meanReader(targets.map(reader(criterion)))], { ...place, criterion, category: ALL_CATEGORIES });
    }
  }
  for (const { name: criterion } of others) {
    for (const { name: measure } of ofLayers) {
      const entries = met.flatMap(({ indexOf }) =>
        targets.map((category) => readerAt({ criterion, category, measure }, indexOf))
      );
      comparison.add(entries, { measure, criterion, category: ALL_CATEGORIES, depth: null, matched: false });
    }
  }
  return comparison.rows;
}

/** The pairs of families that are compared, where both were run. */
function pairsOf(networks: readonly AnalysedNetwork[], settings: AnalysisSettings): [Family, Family][] {
  const { pairs } = resolveSettings(settings);
  const families = new Map(familiesOf(networks).map((family) => [family.name, family]));
  return (pairs ?? defaultPairs(networks)).flatMap(({ a, b }): [Family, Family][] => {
    const [from, to] = [families.get(a), families.get(b)];
    return from && to ? [[from, to]] : [];
  });
}

/**
 * Tells of every pair of families that {@linkcode compareFamilies} compares which layer met which, and which met none.
 *
 * @param networks Analyses made with the same settings.
 */
export function alignFamilies(networks: readonly AnalysedNetwork[], settings: AnalysisSettings): AlignmentResult[] {
  return pairsOf(networks, settings).map(([a, b]) => describeAlignment(a, b));
}

/**
 * Compares families of networks on every measure: at each pair of layers that correspond and averaged over them, per category and
 * averaged, as selected and at equal proportion, and averaged under every other criterion.
 *
 * Networks saw the same images, so replicates of a difference are paired; the spread over trainings is added where a family
 * has several. A family of one network has intervals over images alone. A measure of places is compared by its excess over as
 * many units placed at random. Consistency is compared over selected units, and over every sampled unit (category `all
 * units`), which no criterion changes. What the criterion fixes by itself keeps its difference but has no interval. p values
 * of rows with a depth are corrected over the depths (Holm 1979).
 *
 * @param networks Analyses made with the same settings.
 */
export function compareFamilies(
  networks: readonly AnalysedNetwork[],
  settings: AnalysisSettings,
  tools: AnalysisTools,
): ComparisonResult[] {
  const { targets, level } = resolveSettings(settings);
  return pairsOf(networks, settings).flatMap(([a, b]) => comparePair(a, b, { tools, targets, level }));
}
