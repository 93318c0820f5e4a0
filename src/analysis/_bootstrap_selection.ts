import { eachFoldSized, type Resampling } from "./_each_replicate.ts";
import type { ReplicateRule } from "./_replicate_rules.ts";
import { type Replicates, replicatesOf } from "./_replicates.ts";
import type { FoldSelections } from "./_select_folds.ts";

/** Measures of the selection itself. */
export type SelectionMeasure = "proportion" | "specificity.exclusivity";

/** A rule and in how many replicates it is decided. */
export interface ResampledRule {
  readonly rule: ReplicateRule;
  readonly replicates: number;
}

/** What {@linkcode bootstrapSelection} resamples. */
export interface SelectionBootstrap extends Resampling {
  readonly rules: readonly (ResampledRule & {
    /** What the rule selects of all units. */
    readonly selections: FoldSelections;
  })[];
  /** Units that could be selected. */
  readonly units: number;
  /** Shown what a rule selects in a replicate, one mask a target, used again afterwards. */
  readonly watch?: (rule: string, replicate: number, masks: readonly Uint8Array[]) => void;
}

/** Replicates of one rule and target. */
export type ResampledSelection = ReadonlyMap<SelectionMeasure, Replicates | null>;

/** How many of the targets select each unit. */
function timesSelected(masks: readonly Uint8Array[]): Uint8Array {
  const times = new Uint8Array(masks[0].length);
  for (const mask of masks) for (let u = 0; u < times.length; u++) times[u] += mask[u];
  return times;
}

/** Counts of one rule and target: per replicate and per unit. */
class Tally {
  readonly selected: Float64Array;
  readonly exclusive: Float64Array;
  readonly #selectedOf: Uint32Array;
  readonly #exclusiveOf: Uint32Array;

  constructor(replicates: number, units: number) {
    this.selected = new Float64Array(replicates);
    this.exclusive = new Float64Array(replicates);
    this.#selectedOf = new Uint32Array(units);
    this.#exclusiveOf = new Uint32Array(units);
  }

  add(replicate: number, own: Uint8Array, times: Uint8Array): void {
    let selected = 0;
    let exclusive = 0;
    for (let u = 0; u < own.length; u++) {
      if (own[u] === 0) continue;
      selected++;
      this.#selectedOf[u]++;
      if (times[u] > 1) continue;
      exclusive++;
      this.#exclusiveOf[u]++;
    }
    this.selected[replicate] = selected;
    this.exclusive[replicate] = exclusive;
  }

  /** Sum over units of the variance over replicates of `selected · a + exclusive · b`. */
  ownVariance(a: number, b: number): number {
    const replicates = this.selected.length;
    let sum = 0;
    for (let u = 0; u < this.#selectedOf.length; u++) {
      const exclusive = this.#exclusiveOf[u] / replicates;
      const shared = this.#selectedOf[u] / replicates - exclusive;
      const mean = a * shared + (a + b) * exclusive;
      sum += a * a * shared + (a + b) * (a + b) * exclusive - mean * mean;
    }
    return sum;
  }
}

/** What both folds select of one target: the selected and, of these, those that no other target selects. */
class Observed {
  readonly #own: readonly Uint8Array[];
  readonly #times: readonly Uint8Array[];
  /** Mean over folds. */
  readonly selected: number;
  readonly exclusive: number;

  constructor(selections: FoldSelections, target: number) {
    this.#own = selections.map((fold) => fold[target].mask);
    this.#times = selections.map((fold) => timesSelected(fold.map(({ mask }) => mask)));
    let selected = 0;
    let exclusive = 0;
    this.#own.forEach((mask, f) =>
      mask.forEach((mark, u) => {
        selected += mark;
        if (mark === 1 && this.#times[f][u] === 1) exclusive++;
      })
    );
    this.selected = selected / 2;
    this.exclusive = exclusive / 2;
  }

  /**
   * Sum over units of the variance of `selected · a + exclusive · b`, averaged over two folds. Half a squared difference of
   * two folds is the variance of one without bias, whatever threshold decides.
   */
  ownVariance(a: number, b: number): number {
    const [first, second] = this.#own;
    const [timesFirst, timesSecond] = this.#times;
    let sum = 0;
    for (let u = 0; u < first.length; u++) {
      const one = first[u] === 0 ? 0 : timesFirst[u] === 1 ? a + b : a;
      const other = second[u] === 0 ? 0 : timesSecond[u] === 1 ? a + b : a;
      sum += (one - other) ** 2;
    }
    return sum / 4;
  }
}

function summarize(
  tally: Tally,
  observed: Observed,
  { resampled, units, degrees }: { resampled: number; units: number; degrees: number },
): ResampledSelection {
  const proportions = tally.selected.map((count) => count / resampled);
  const shares = tally.selected.map((count, r) => (count > 0 ? tally.exclusive[r] / count : NaN));
  const total = tally.selected.reduce((sum, count) => sum + count, 0);
  const share = total > 0 ? tally.exclusive.reduce((sum, count) => sum + count, 0) / total : 0;
  const mean = total / tally.selected.length;
  const shareOfAll = observed.selected > 0 ? observed.exclusive / observed.selected : 0;
  return new Map<SelectionMeasure, Replicates | null>([
    [
      "proportion",
      replicatesOf(proportions, {
        own: tally.ownVariance(1, 0) / resampled ** 2,
        ownOfAll: observed.ownVariance(1, 0) / units ** 2,
      }, degrees),
    ],
    [
      "specificity.exclusivity",
      replicatesOf(shares, {
        own: mean > 0 ? tally.ownVariance(-share, 1) / mean ** 2 : 0,
        ownOfAll: observed.selected > 0 ? observed.ownVariance(-shareOfAll, 1) / observed.selected ** 2 : 0,
      }, degrees),
    ],
  ]);
}

/**
 * Resamples the images and selects anew in every replicate: proportion and exclusivity.
 *
 * A replicate is one selection of a fold's size from all images, where the estimate averages two selections from half of
 * them each: to first order both move with the mean over all images. What units have each for themselves differs, and is
 * read off the folds, by the units on which they disagree.
 *
 * @param input.weights Resamples the images of each condition, both folds together.
 * @returns Per rule, per target, the replicates of each measure.
 */
export async function bootstrapSelection(input: SelectionBootstrap): Promise<ResampledSelection[][]> {
  const { layout, subset, rules } = input;
  const resampled = subset.columns.length;
  const { targets } = layout;
  const masks = rules.map(() => targets.map(() => new Uint8Array(resampled)));
  const tallies = rules.map(({ replicates }) => targets.map(() => new Tally(replicates, resampled)));
  await eachFoldSized(input, (replicate, fold) => {
    rules.forEach(({ rule, replicates }, r) => {
      if (replicate >= replicates) return;
      rule.select(fold, masks[r]);
      const times = timesSelected(masks[r]);
      tallies[r].forEach((tally, t) => tally.add(replicate, masks[r][t], times));
      input.watch?.(rule.name, replicate, masks[r]);
    });
  });
  return tallies.map((perTarget, r) =>
    perTarget.map((tally, t) =>
      summarize(tally, new Observed(rules[r].selections, t), {
        resampled,
        units: input.units,
        degrees: layout.fewest.whole - 1,
      })
    )
  );
}
