import {
  CONJUNCTION_FIXED,
  type ContrastBuffers,
  contrastBuffers,
  type Criterion,
  otherConditions,
  type SampledResponses,
  type ScreenedConjunction,
  screenOf,
} from "../criteria/mod.ts";
import type { Measure, Measured } from "../measures/mod.ts";
import { free } from "../kernels/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { emptyMoments, holdMoments, meanOf, type Moments, type Screen, type Screened } from "../statistics/mod.ts";
import type { Design } from "./design.ts";
import { Half, halfResponses, type Selected } from "./half.ts";
import { type HalfArrays, HalfPooling } from "./half_moments.ts";
import { layerNoise, type WithinConditions, withinConditions } from "./layer_noise.ts";
import {
  type MeasuredSelection,
  measurePlaces,
  measureSelection,
  type Placed,
  type Placement,
} from "./measure_selection.ts";
import type { Split } from "./splits.ts";

/** Both halves of the images under one split, perhaps with a block deleted. */
export type Halves = readonly [Half, Half];

/** What a criterion selects on both halves: `[half][target]`. */
export type Selections = readonly [readonly Selected[], readonly Selected[]];

/** What was found for one target: every measure, averaged over the two directions. */
export interface Found {
  /** Units selected on a half, the mean over the halves that can select. */
  readonly selected: number;
  /** Units that specificity and strength are measured in, the same mean: those of the fixed threshold, or the selected ones. */
  readonly measured: number;
  /** Mean response to each condition of the units that strength is measured in, in units of the layer noise; one a condition. */
  readonly profile: readonly Measured[];
  /** One a measure, in the order of the evaluator's. */
  readonly values: readonly (Measured & { readonly random?: number | null; readonly z?: number | null })[];
}

/** A conjunction that will be asked for, and what finds the units that it may select; null where a test cannot be made. */
interface AskedConjunction extends ScreenedConjunction {
  readonly usesDerived: boolean;
  readonly screen: Screen | null;
}

function screensOf(asked: readonly AskedConjunction[]): Screen[] {
  return asked.flatMap(({ screen }) => screen ?? []);
}

/** Averages what is defined in either direction. */
export function averageMeasured(both: readonly Measured[]): Measured {
  const value = meanOf(both.map((each) => each.value));
  return value === null ? { value, reason: both[0]?.reason ?? "was not measured" } : { value };
}

function averagePlaced(both: readonly (Measured | Placed)[]): Found["values"][number] {
  const { value, reason } = averageMeasured(both);
  if (!both.some((each) => "random" in each)) return reason === undefined ? { value } : { value, reason };
  if (value === null) return { value, random: null, z: null, reason };
  const placed = (both as Placed[]).filter((each) => each.value !== null);
  const random = meanOf(placed.map((each) => each.random));
  if (random === null) return { value, random: null, z: null, reason: "random placement is not defined" };
  // The two halves select nearly the same units: their z are averaged, not added up as if independent.
  const z = meanOf(placed.map((each) => each.z));
  return z === null
    ? { value, random, z, reason: "random placement always gives the same, so there is no z" }
    : { value, random, z };
}

/**
 * The estimator: selects units of one layer on one half of the images, measures them on the other, both ways, and averages.
 *
 * The estimate, every further split and every split with a block deleted run through this same code.
 */
export class LayerEvaluator {
  /** What was recorded of the layer. */
  readonly layer: LayerRecording;
  /** How its images fall into conditions and blocks. */
  readonly design: Design;
  /** What is measured, in the order of the values. */
  readonly measures: readonly Measure[];
  readonly #fixed: Criterion;
  readonly #placement: Placement;
  readonly #places = new WeakMap<Selected, readonly Placed[]>();
  readonly #buffers: HalfArrays[] = [];
  #contrasts: ContrastBuffers | undefined;
  readonly #none: Moments;
  readonly #within = new WeakMap<readonly Moments[], WithinConditions>();

  /**
   * Takes a layer and what to measure in it.
   *
   * @param input.measures Measures of whole networks have no value here.
   * @param input.fixed What selects by the fixed threshold. @default `conjunction-fixed` as it stands among the presets
   */
  constructor(
    { layer, design, measures, placement, fixed = CONJUNCTION_FIXED }: {
      readonly layer: LayerRecording;
      readonly design: Design;
      readonly measures: readonly Measure[];
      readonly placement: Placement;
      readonly fixed?: Criterion;
    },
  ) {
    this.layer = layer;
    this.design = design;
    this.measures = measures;
    this.#placement = placement;
    this.#fixed = fixed;
    this.#none = emptyMoments(layer.layer.units);
  }

  /**
   * Arrays for one half at a time, for callers that evaluate many; the same ones for the same place.
   *
   * @param place Which of the halves that are in use at the same time: 0, 1, …
   */
  buffers(place: number): HalfArrays {
    return this.#buffers[place] ??= [];
  }

  /** Keeps the moments of the layer close to where they are pooled, for callers that evaluate many halves, one layer at a time. */
  hold(): void {
    holdMoments(this.layer.moments.flat());
  }

  /**
   * One half of a split.
   *
   * @param options.without A block of it to leave out.
   * @param options.into Arrays that it may use until they are given to another half. @default new ones
   * @param options.criteria Some that will select here: what they may select is found on the way.
   */
  half(
    split: Split,
    half: 0 | 1,
    { without, into, criteria = [] }: {
      readonly without?: number;
      readonly into?: HalfArrays;
      readonly criteria?: readonly Criterion[];
    } = {},
  ): Half {
    const none = this.#none;
    const pooling = new HalfPooling(this.layer.moments, { split, half, without, into, none });
    const asked = this.#conjunctionsOf(criteria, pooling.counts);
    return this.#half(
      asked,
      pooling.pool(screensOf(asked)),
      () => halfResponses(this.layer, this.design, { split, half }),
    );
  }

  /**
   * A half of other moments `[condition][block]`, such as with labels permuted; criteria that need responses have none there. Its
   * moments are put together only where more than the units that criteria may select is asked for.
   *
   * @param options.criteria As in {@linkcode LayerEvaluator.half}.
   */
  halfOf(
    moments: readonly (readonly Moments[])[],
    { split, half, into, criteria }: {
      readonly split: Split;
      readonly half: 0 | 1;
      readonly into?: HalfArrays;
      readonly criteria: readonly Criterion[];
    },
  ): Half {
    const pooling = new HalfPooling(moments, { split, half, into, none: this.#none });
    const asked = this.#conjunctionsOf(criteria, pooling.counts);
    return this.#half(asked, pooling.poolLater(screensOf(asked)), () => {
      throw new Error("Cannot select by single responses: these moments have none");
    });
  }

  #half(
    asked: readonly AskedConjunction[],
    { moments, screened }: { readonly moments: readonly Moments[]; readonly screened: readonly Screened[] },
    responses: () => SampledResponses,
  ): Half {
    let place = 0;
    return new Half(this.design, moments, {
      responses,
      buffers: this.#contrastBuffers(),
      none: this.#none,
      screened: asked.map(({ screen, ...own }) => ({ ...own, screened: screen === null ? null : screened[place++] })),
    });
  }

  /** The conjunctions over the largest p among some criteria, one a target and kind, at the highest level. */
  #conjunctionsOf(criteria: readonly Criterion[], counts: readonly Pick<Moments, "n">[]): AskedConjunction[] {
    const { targets, derived } = this.design;
    const plain = counts.map((count, c) => derived.includes(c) ? { n: 0 } : count);
    const kinds = new Map<string, Omit<AskedConjunction, "target" | "screen">>();
    for (const criterion of criteria.some((each) => each.movesWithPrevalence) ? [...criteria, this.#fixed] : criteria) {
      const { conjunction, usesDerived: asks = false } = criterion;
      if (conjunction?.against !== "largest") continue;
      const { test, sides, alpha } = conjunction;
      const usesDerived = asks && derived.length > 0;
      const key = `${test} ${sides} ${usesDerived}`;
      const known = kinds.get(key);
      if (known === undefined || known.alpha < alpha) kinds.set(key, { test, sides, alpha, usesDerived });
    }
    return [...kinds.values()].flatMap((kind) =>
      targets.map((target): AskedConjunction => {
        const own = kind.usesDerived ? counts : plain;
        return { ...kind, target, screen: screenOf(own, otherConditions(own, target), { ...kind, target }) };
      })
    );
  }

  /** Gives the memory of its arrays back before the collector would; halves that use them are of no use afterwards. */
  release(): void {
    for (const { mean, m2 } of this.#buffers.flat()) [mean, m2].forEach(free);
    this.#buffers.length = 0;
    if (this.#contrasts === undefined) return;
    const { above, aboveSquares, below, belowSquares, rest } = this.#contrasts;
    [above, aboveSquares, below, belowSquares, rest.mean, rest.m2].forEach(free);
    this.#contrasts = undefined;
  }

  /** A half whose other half loses a block keeps its selections, and so their places. */
  #placesOf(selected: Selected): readonly Placed[] {
    let known = this.#places.get(selected);
    if (known === undefined) this.#places.set(selected, known = measurePlaces(selected, this.#placement));
    return known;
  }

  #contrastBuffers(): ContrastBuffers {
    return this.#contrasts ??= contrastBuffers(this.layer.layer.units);
  }

  /** How many units a criterion can select. */
  populationOf({ population }: Criterion): number {
    return population === "sample" ? this.layer.sample.units.length : this.layer.layer.units;
  }

  /** The layer's noise over both halves. */
  noise([first, second]: Halves, criterion: Pick<Criterion, "usesDerived">): number {
    // All criteria share what a half varies, and a deletion changes one of the halves.
    const within = (half: Half): WithinConditions => {
      const moments = half.momentsFor(criterion);
      let known = this.#within.get(moments);
      if (known === undefined) this.#within.set(moments, known = withinConditions(moments));
      return known;
    };
    return layerNoise(within(first), within(second));
  }

  /**
   * The units that specificity and strength are measured in under a criterion: those of the fixed threshold where the
   * criterion's own moves with prevalence, else what it selects.
   */
  measuredUnits(half: Half, criterion: Criterion): readonly Selected[] {
    return half.select(criterion.movesWithPrevalence ? this.#fixed : criterion);
  }

  /**
   * Measures selections of both halves, each on the other.
   *
   * @param selections `[half][target]`, made by the criterion.
   * @param input.circular Measure on the half that selected instead, to show the bias of doing so.
   * @returns One per target.
   */
  measure(
    halves: Halves,
    selections: Selections,
    { criterion, circular = false }: { readonly criterion: Criterion; readonly circular?: boolean },
  ): Found[] {
    const population = this.populationOf(criterion);
    const everywhere = population === this.layer.layer.units;
    const noise = this.noise(halves, criterion);
    const fixed = criterion.movesWithPrevalence ? halves.map((half) => this.measuredUnits(half, criterion)) : null;
    return this.design.targets.map((target, index) => {
      const reasons = halves.map((half) => half.untestable(criterion, target));
      const can = [0, 1].filter((half) => reasons[half] === null);
      const directions = ([0, 1] as const).map((half): MeasuredSelection => {
        const reason = reasons[half];
        if (reason !== null) {
          const nothing = { value: null, reason };
          return { values: this.measures.map(() => nothing), profile: this.design.conditions.map(() => nothing) };
        }
        const measuring = halves[circular ? half : 1 - half];
        return measureSelection({
          measures: this.measures,
          selections: selections[half],
          fixed: fixed && fixed[half],
          index,
          moments: measuring.momentsFor(criterion),
          otherMoments: halves[circular ? 1 - half : half].momentsFor(criterion),
          everyMoments: measuring.momentsFor({ usesDerived: true }),
          target,
          noise,
          population,
          places: everywhere ? (selected) => this.#placesOf(selected) : null,
        });
      });
      const count = (own: readonly (readonly Selected[])[]): number =>
        can.reduce((sum, half) => sum + own[half][index].units.length, 0) / Math.max(1, can.length);
      return {
        selected: count(selections),
        measured: count(fixed ?? selections),
        values: this.measures.map((_, m) => averagePlaced(directions.map(({ values }) => values[m]))),
        profile: this.design.conditions.map((_, c) => averageMeasured(directions.map(({ profile }) => profile[c]))),
      };
    });
  }
}
