import { Contrasts, type Criterion, type Moments } from "../localizer/mod.ts";
import { type ConjunctionRule, FastConjunction } from "./_fast_conjunction.ts";
import { markTop } from "./_mark_top.ts";

/** Criteria that are conjunctions of t tests, which replicates decide without computing p. */
const CONJUNCTIONS: Readonly<Record<string, ConjunctionRule>> = {
  conjunction: { test: "welch", alpha: 0.05, twoSided: false, correction: "benjamini-hochberg" },
  "conjunction-max": {
    test: "welch",
    alpha: 0.05,
    twoSided: false,
    correction: "benjamini-hochberg",
    largest: true,
  },
  "lu-wang": { test: "welch", alpha: 0.05, twoSided: false, correction: "none" },
  prince: { test: "student", alpha: 0.025, twoSided: true, correction: "benjamini-yekutieli" },
};

/** The moments of one fold in one replicate, with what several rules need of them. */
export class FoldMoments {
  readonly moments: readonly Moments[];
  readonly #units: number;
  readonly #targets: readonly number[];
  readonly #scores: Float64Array[];
  #contrasts: Contrasts | null = null;
  #scored = false;

  /**
   * @param moments One per condition; their arrays may change between calls of {@linkcode renew}.
   * @param targets The conditions whose t against the rest may be asked for.
   */
  constructor(moments: readonly Moments[], units: number, targets: readonly number[]) {
    this.moments = moments;
    this.#units = units;
    this.#targets = targets;
    this.#scores = moments.map((_, c) => new Float64Array(targets.includes(c) ? units : 0));
  }

  /** Forgets what was computed from the moments' earlier contents. */
  renew(): void {
    this.#contrasts = null;
    this.#scored = false;
  }

  get contrasts(): Contrasts {
    return this.#contrasts ??= new Contrasts(this.moments);
  }

  /** Welch's t of each target against all others pooled, `[units]` each. */
  get againstRest(): readonly Float64Array[] {
    if (!this.#scored) this.#score();
    this.#scored = true;
    return this.#scores;
  }

  #score(): void {
    const present = this.moments.filter(({ n }) => n > 0);
    const total = present.reduce((sum, { n }) => sum + n, 0);
    const sums = new Float64Array(this.#units);
    const squares = new Float64Array(this.#units);
    for (const { n, mean, m2 } of present) {
      for (let u = 0; u < this.#units; u++) {
        sums[u] += n * mean[u];
        squares[u] += m2[u] + n * mean[u] * mean[u];
      }
    }
    for (const c of this.#targets) {
      const { n, mean, m2 } = this.moments[c];
      const scores = this.#scores[c];
      const rest = total - n;
      if (n < 2 || rest < 2) {
        scores.fill(0);
        continue;
      }
      const own = 1 / (n * (n - 1));
      const other = 1 / (rest * (rest - 1));
      for (let u = 0; u < this.#units; u++) {
        const mu = mean[u];
        const others = (sums[u] - n * mu) / rest;
        const left = squares[u] - m2[u] - n * mu * mu - rest * others * others;
        // Below this the rest's sum of squared deviations is rounding error of the sums above.
        const variance = m2[u] * own + (left > 1e-12 * squares[u] ? left * other : 0);
        scores[u] = variance > 0 ? (mu - others) / Math.sqrt(variance) : 0;
      }
    }
  }
}

/** Decides every target in one fold of one replicate. */
export interface ReplicateRule {
  readonly name: string;
  /** Marks the selected units in `masks`, `[units]` a target. */
  select(fold: FoldMoments, masks: readonly Uint8Array[]): void;
}

/** What a rule is made for. */
export interface RuleSetting {
  readonly conditions: readonly string[];
  readonly targets: readonly number[];
  readonly units: number;
}

/**
 * The rule by which replicates decide a criterion.
 *
 * @returns Null for a criterion that needs responses, which replicates do not keep.
 */
export function replicateRule(criterion: Criterion, setting: RuleSetting): ReplicateRule | null {
  const { conditions, targets, units } = setting;
  if (criterion.needsResponses) return null;
  const conjunction = criterion.status === "user" ? undefined : CONJUNCTIONS[criterion.name];
  if (conjunction) {
    const fast = new FastConjunction(conjunction, units, conditions.length);
    return { name: criterion.name, select: ({ moments }, masks) => fast.select(moments, targets, masks) };
  }
  return {
    name: criterion.name,
    select({ moments, contrasts }, masks): void {
      targets.forEach((target, i) =>
        masks[i].set(criterion.select({ conditions, targets, target, moments, contrasts }))
      );
    },
  };
}

/** The rule that selects an equal share of the units in every network: those with the largest t against the rest. */
export function matchedRule(proportion: number, { targets, units }: RuleSetting): ReplicateRule {
  const buffer = new Float64Array(units);
  return {
    name: "matched",
    select({ againstRest }, masks): void {
      targets.forEach((target, i) => markTop(againstRest[target], proportion, masks[i], buffer));
    },
  };
}
