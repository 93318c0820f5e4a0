import {
  type ComparedPair,
  type ComparisonResult,
  isWidthless,
  type Supervision,
  WIDTHLESS,
} from "../results/browser.ts";
import { holm } from "../statistics/mod.ts";
import { ALL_CATEGORIES } from "./_compare_images.ts";
import { type Difference, differenceOf } from "./_difference.ts";
import { type ComparedLayer, describePair, type Pair, pairOf } from "./_family_pair.ts";
import { NOT_RESAMPLED } from "./analyse_layer.ts";
import { MATCHED } from "./_curves.ts";
import { type AnalysedNetwork, familiesOf, layerReader, meanReader, networkReader, type Reader } from "./family.ts";
import {
  type AnalysisSettings,
  type AnalysisTools,
  type FamilyPair,
  type ResolvedSettings,
  resolveSettings,
  smallestEffect,
} from "./settings.ts";

/** What is measured in the selected units of a cell (a layer and a category) is averaged where each network has this many. */
const LEAST_AVERAGED = 10;

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
  readonly #pair: Pair;
  readonly #tools: AnalysisTools;
  readonly #settings: ResolvedSettings;

  constructor(pair: Pair, { tools, settings }: Comparing) {
    this.#pair = pair;
    this.#tools = tools;
    this.#settings = settings;
  }

  add(entries: readonly Reader[], place: Place): void {
    const known = this.#tools.measures.find(({ name }) => name === place.measure)!;
    const { level, smallestEffects } = this.#settings;
    const found = differenceOf(this.#pair, entries, {
      level,
      smallest: smallestEffect(known, smallestEffects),
      leastUnits: known.kind === "unit" || known.kind === "placement" ? LEAST_AVERAGED : 0,
    });
    const { a, b, inference } = this.#pair;
    this.rows.push({ a: a.name, b: b.name, ...place, ...found, inference, ...this.#untested(found, place) });
  }

  /** Rows at every depth, their p values corrected over the layers. */
  addDepths(entriesAt: (layer: ComparedLayer) => readonly Reader[], place: Omit<Place, "depth">): void {
    const from = this.rows.length;
    for (const layer of this.#pair.layers) this.add(entriesAt(layer), { ...place, depth: layer.depth });
    const corrected = holm(this.rows.slice(from).map(({ pValue }) => pValue));
    corrected.forEach((pValue, i) => this.rows[from + i] = { ...this.rows[from + i], pValue });
  }

  /** What a row that cannot be tested, or whose interval settles nothing, says instead. */
  #untested(
    { valueA, valueB, difference, interval }: Difference,
    { measure, criterion, matched }: Place,
  ): Partial<Pick<ComparisonResult, "interval" | "pValue" | "equivalenceP" | "reason">> {
    if (difference === null) return {};
    const rule = this.#tools.criteria.find(({ name }) => name === criterion);
    const known = this.#tools.measures.find(({ name }) => name === measure)!;
    const fixed = matched || rule === undefined ? undefined : known.fixedBy?.(rule);
    if (fixed !== undefined) return { interval: null, pValue: null, equivalenceP: null, reason: fixed };
    if (interval === null) return rule?.needsResponses && !matched ? { reason: NOT_RESAMPLED } : {};
    if (!isWidthless(interval, [valueA, valueB])) return {};
    return difference === 0 ? { reason: WIDTHLESS } : { pValue: null, reason: WIDTHLESS };
  }
}

/** What all pairs share. */
interface Comparing {
  readonly tools: AnalysisTools;
  readonly settings: ResolvedSettings;
}

function comparePair(pair: Pair, comparing: Comparing): ComparisonResult[] {
  const { tools, settings: { targets } } = comparing;
  const comparison = new PairComparison(pair, comparing);
  const { layers } = pair;
  const [main, ...others] = tools.criteria;
  const ofLayers = tools.measures.filter(({ kind }) => kind !== "network");
  for (const known of ofLayers) {
    const measure = known.name;
    // At equal proportion there is no difference in what that fixes.
    for (const matched of known.fixedBy?.({ fixesProportion: true }) === undefined ? [false, true] : [false]) {
      const place = { measure, criterion: main.name, matched };
      const criterion = matched ? MATCHED : main.name;
      const at = (categories: readonly string[]) => ({ layerOf }: ComparedLayer): Reader[] =>
        categories.map((category) => layerReader({ criterion, category, measure, layerOf }));
      comparison.addDepths(at(targets), { ...place, category: ALL_CATEGORIES });
      comparison.add(layers.flatMap(at(targets)), { ...place, category: ALL_CATEGORIES, depth: null });
      for (const category of targets) {
        // Matched selections are compared layer by layer over all categories only, to keep the file small.
        if (!matched) comparison.addDepths(at([category]), { ...place, category });
        comparison.add(layers.flatMap(at([category])), { ...place, category, depth: null });
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
      const entries = layers.flatMap(({ layerOf }) =>
        targets.map((category) => layerReader({ criterion, category, measure, layerOf }))
      );
      comparison.add(entries, { measure, criterion, category: ALL_CATEGORIES, depth: null, matched: false });
    }
  }
  return comparison.rows;
}

/** What families were compared, and what came out. */
export interface Comparisons {
  /** One a pair. */
  readonly pairs: ComparedPair[];
  /** The rows of all pairs, one pair after the other. */
  readonly comparisons: ComparisonResult[];
}

const LEARNED_LANGUAGE: readonly Supervision[] = ["language", "contrastive"];

/** Whether the claims of the paper are about a pair, where the study marks none: images alone against language. */
function concernsLanguage({ a, b }: Pair): boolean {
  return a.supervision === "vision" && LEARNED_LANGUAGE.includes(b.supervision);
}

/**
 * Compares families of networks on every measure: layer by layer and averaged over layers, per category and averaged, as
 * selected and at equal proportion, and averaged under every other criterion.
 *
 * Of families of at least three trainings each, the trainings are a sample: the variance of a difference is that over trainings,
 * paired by seed where both families have the same seeds, and that over images. Of fewer, the row speaks of these networks
 * alone, and only the images are a sample. Networks saw the same images, so replicates of a difference are paired.
 *
 * A measure of places is compared by its excess over as many units placed at random. Consistency is compared over selected
 * units, and over every sampled unit (category `all units`), which no criterion changes. What the criterion fixes by itself keeps
 * its difference but has no interval. p values of rows with a depth are corrected over the layers (Holm 1979); all others stand
 * as they are.
 *
 * @param networks Analyses made with the same settings.
 */
export function compareFamilies(
  networks: readonly AnalysedNetwork[],
  settings: AnalysisSettings,
  tools: AnalysisTools,
): Comparisons {
  const resolved = resolveSettings(settings);
  const families = new Map(familiesOf(networks).map((family) => [family.name, family]));
  const asked = resolved.pairs ?? defaultPairs(networks);
  const marked = asked.some(({ claims }) => claims === true);
  const found = asked.flatMap(({ a, b, contrast, claims }) => {
    const from = families.get(a), to = families.get(b);
    if (from === undefined || to === undefined) return [];
    const pair = pairOf(from, to);
    const judged = marked ? claims === true : concernsLanguage(pair);
    return [{
      pair: describePair(pair, { contrast, claims: judged }),
      rows: comparePair(pair, { tools, settings: resolved }),
    }];
  });
  return { pairs: found.map(({ pair }) => pair), comparisons: found.flatMap(({ rows }) => rows) };
}
