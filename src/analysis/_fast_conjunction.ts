import type { Moments } from "../localizer/mod.ts";
import { normalQuantile, studentDeviate } from "../resampling/mod.ts";

/** A conjunction of one-sided t tests against each other condition, as replicates decide it. */
export interface ConjunctionRule {
  readonly test: "welch" | "student";
  /** One-sided level; a two-sided criterion at 0.05 that keeps t > 0 has 0.025 here. */
  readonly alpha: number;
  /** Whether p values of both signs count among the rejected (a two-sided test) or those of one sign alone. */
  readonly twoSided: boolean;
  readonly correction: "none" | "benjamini-hochberg" | "benjamini-yekutieli";
  /** Corrects the largest p of each unit once, where otherwise every contrast is corrected by itself. One-sided only. */
  readonly largest?: boolean;
}

/** Normal deviates of the levels at which 1, 2, …, `tests` rejections stand, `[tests + 1]`; entry 0 is never reached. */
function criticalDeviates(rule: ConjunctionRule, tests: number): Float64Array {
  let harmonic = 0;
  for (let i = tests; i > 0; i--) harmonic += 1 / i;
  const level = rule.correction === "benjamini-yekutieli" ? rule.alpha / harmonic : rule.alpha;
  return Float64Array.from({ length: tests + 1 }, (_, rejections) => {
    if (rejections === 0) return Infinity;
    return -normalQuantile(rule.correction === "none" ? rule.alpha : (level * rejections) / tests);
  });
}

/** The units that pass the uncorrected level in one direction of a pair of conditions. */
interface Passing {
  count: number;
  readonly units: Int32Array;
  /** Normal deviates of their t. */
  readonly deviates: Float64Array;
}

/**
 * Decides a conjunction over and over for moments that change in place. It compares normal deviates of t with critical
 * deviates, so that no p is ever computed and nothing is sorted: the step-up thresholds of Benjamini and Hochberg are
 * found by counting. Tests show that it selects as the criterion itself does.
 */
export class FastConjunction {
  readonly #rule: ConjunctionRule;
  readonly #units: number;
  readonly #critical: Float64Array;
  readonly #screen: number;
  readonly #pairs: (Passing | undefined)[];
  readonly #done: Uint8Array;
  readonly #conditions: number;
  readonly #buffer: Float64Array;
  readonly #least: Float64Array;
  readonly #certainSquares: Map<number, number> = new Map();

  constructor(rule: ConjunctionRule, units: number, conditions: number) {
    this.#rule = rule;
    this.#units = units;
    this.#conditions = conditions;
    this.#critical = criticalDeviates(rule, units);
    this.#screen = normalQuantile(1 - rule.alpha) ** 2;
    this.#pairs = Array.from({ length: conditions * conditions });
    this.#done = new Uint8Array(conditions * conditions);
    this.#buffer = new Float64Array(2 * units);
    this.#least = new Float64Array(rule.largest ? units : 0);
  }

  /** Marks the selected units of each target in `masks`, one `[units]` a target. */
  select(moments: readonly Moments[], targets: readonly number[], masks: readonly Uint8Array[]): void {
    this.#done.fill(0);
    targets.forEach((target, index) => {
      const mask = masks[index];
      mask.fill(0);
      if (moments[target].n === 0) return;
      let passed = 0;
      for (let k = 0; k < this.#conditions; k++) {
        if (k === target || moments[k].n === 0) continue;
        const { count, units, deviates } = this.#pair(moments, target, k);
        const limit = this.#rule.largest ? -Infinity : this.#threshold(target, k);
        // A unit's mark counts the contrasts passed so far; only those that passed all before go on.
        for (let i = 0; i < count; i++) {
          const u = units[i];
          if (!(deviates[i] >= limit) || mask[u] !== passed) continue;
          mask[u]++;
          if (this.#rule.largest) this.#least[u] = passed === 0 ? deviates[i] : Math.min(this.#least[u], deviates[i]);
        }
        passed++;
      }
      for (let u = 0; u < mask.length; u++) mask[u] = passed > 0 && mask[u] === passed ? 1 : 0;
      if (this.#rule.largest) this.#keepLargest(mask);
    });
  }

  /** Corrects over units, of those that pass every contrast at the uncorrected level, the least deviate. */
  #keepLargest(mask: Uint8Array): void {
    let kept = 0;
    for (let u = 0; u < mask.length; u++) if (mask[u] === 1) this.#buffer[kept++] = this.#least[u];
    const limit = this.#stepUp(kept);
    for (let u = 0; u < mask.length; u++) if (mask[u] === 1 && !(this.#least[u] >= limit)) mask[u] = 0;
  }

  #passing(c: number, k: number): Passing {
    return this.#pairs[c * this.#conditions + k] ??= {
      count: 0,
      units: new Int32Array(this.#units),
      deviates: new Float64Array(this.#units),
    };
  }

  /** The passing units of `c` above `k`; both directions are computed at once. */
  #pair(moments: readonly Moments[], c: number, k: number): Passing {
    const own = this.#passing(c, k);
    if (this.#done[c * this.#conditions + k]) return own;
    this.#done[c * this.#conditions + k] = this.#done[k * this.#conditions + c] = 1;
    const other = this.#passing(k, c);
    own.count = other.count = 0;
    const a = moments[c];
    const b = moments[k];
    const pooled = this.#rule.test === "student";
    if (pooled ? a.n + b.n <= 2 : a.n < 2 || b.n < 2) return own;
    const freedom = a.n + b.n - 2;
    const scaleA = pooled ? (1 / a.n + 1 / b.n) / freedom : 1 / (a.n * (a.n - 1));
    const scaleB = pooled ? scaleA : 1 / (b.n * (b.n - 1));
    const freedomA = 1 / (a.n - 1);
    const freedomB = 1 / (b.n - 1);
    const certain = this.#certain(pooled ? freedom : Math.min(a.n, b.n) - 1);
    const level = this.#critical[this.#rule.correction === "none" ? 1 : this.#units];
    for (let u = 0; u < this.#units; u++) {
      const varianceA = a.m2[u] * scaleA;
      const sum = varianceA + b.m2[u] * scaleB;
      const difference = a.mean[u] - b.mean[u];
      // Student's tails are heavier than the normal's, so what fails the normal level fails the test.
      if (!(difference * difference >= this.#screen * sum) || !(sum > 0)) continue;
      let deviate = Infinity;
      if (difference * difference < certain * sum) {
        const share = varianceA / sum;
        const degrees = pooled ? freedom : 1 / (share * share * freedomA + (1 - share) * (1 - share) * freedomB);
        deviate = studentDeviate(Math.abs(difference) / Math.sqrt(sum), degrees);
        if (!(deviate >= level)) continue;
      }
      const side = difference > 0 ? own : other;
      side.units[side.count] = u;
      side.deviates[side.count++] = deviate;
    }
    return own;
  }

  /** The square of a t that passes even the smallest level at these degrees of freedom, so that its rank does not matter. */
  #certain(degrees: number): number {
    const known = this.#certainSquares.get(degrees);
    if (known !== undefined) return known;
    const needed = this.#critical[1];
    let t = needed;
    while (t < 1e6 && studentDeviate(t, degrees) < needed) t *= 1.02;
    const square = t < 1e6 ? t * t : Infinity;
    this.#certainSquares.set(degrees, square);
    return square;
  }

  /** The deviate from which the correction rejects; infinite where it rejects nothing. */
  #threshold(c: number, k: number): number {
    if (this.#rule.correction === "none") return this.#critical[1];
    const buffer = this.#buffer;
    const own = this.#passing(c, k);
    buffer.set(own.deviates.subarray(0, own.count));
    let kept = own.count;
    if (this.#rule.twoSided) {
      const other = this.#passing(k, c);
      buffer.set(other.deviates.subarray(0, other.count), kept);
      kept += other.count;
    }
    return this.#stepUp(kept);
  }

  /** The same for the first `kept` deviates of the buffer, which it uses up. */
  #stepUp(kept: number): number {
    const buffer = this.#buffer;
    for (let rejected = this.#units;;) {
      const limit = this.#critical[Math.min(rejected, this.#units)];
      let count = 0;
      for (let i = 0; i < kept; i++) if (buffer[i] >= limit) buffer[count++] = buffer[i];
      if (count === rejected || count === 0) return count === 0 ? Infinity : limit;
      rejected = kept = count;
    }
  }
}
