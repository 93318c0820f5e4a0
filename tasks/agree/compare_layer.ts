import { CRITERIA } from "../../src/criteria/mod.ts";
import { wholeMoments } from "../../src/localize/mod.ts";
import type { LayerRecording } from "../../src/recording/mod.ts";
import { correct, type Moments, welch } from "../../src/statistics/mod.ts";
import type { Npz } from "./npz.ts";

/** How far one layer is from the reference. */
export interface LayerAgreement {
  readonly layer: string;
  readonly units: number;
  /** ‖Δ‖/‖reference‖ over units and conditions. */
  readonly mean: number;
  readonly variance: number;
  /** Root of the mean variance within conditions over that of the squared means: how much of a response varies at all. */
  readonly varying: number;
  /** Largest |Δt| / max(1, |t|) over pairs of conditions and the units that both forward passes resolve. */
  readonly t: number;
  /** Largest over the others, and how many of them are beyond 1e-3. */
  readonly unresolved: { readonly t: number; readonly beyond: number };
  /** Units whose selection for some condition differs. */
  readonly differing: number;
  /** Of these, the largest distance of the deciding p from its threshold. */
  readonly distance: number;
}

const ALPHA = 0.05;

/** |Δt| / max(1, |t|) beyond which units that are not resolved are counted. */
const T_TOLERANCE = 1e-3;

/**
 * Two forward passes in float32 differ by rounding, some 1e-6 of the size of a layer's responses, however little these vary. A t is
 * as fine as 1e-3 only where its standard error is a thousand times that; below, such as in a unit that one image barely wakes, it
 * is made of rounding.
 */
const RESOLVED = 1e-3;

class Distance {
  #difference = 0;
  #reference = 0;

  add(values: ArrayLike<number>, reference: ArrayLike<number>, scale = 1): void {
    for (let i = 0; i < reference.length; i++) {
      this.#difference += (values[i] * scale - reference[i]) ** 2;
      this.#reference += reference[i] ** 2;
    }
  }

  get relative(): number {
    return Math.sqrt(this.#difference / this.#reference);
  }
}

/**
 * A float32 holds a response to some 1e-7 of its size, and a forward pass adds up many. Where responses vary by less than this
 * share of their size, little is left of their variance, and two correct forward passes differ in it.
 */
const LEAST_VARYING = 1e-3;

/** `unresolved`: means agree, and rounding decides the rest. */
export type Judgement = "agrees" | "unresolved" | "differs";

/**
 * Judges what was found in one layer.
 *
 * @param tolerance Largest ‖Δ‖/‖reference‖ of means and variances; t may differ by ten times it.
 */
export function judge(
  { mean, variance, varying, t, differing, distance }: LayerAgreement,
  tolerance: number,
): Judgement {
  if (!(mean <= tolerance)) return "differs";
  if (variance <= tolerance && t <= 10 * tolerance && (differing === 0 || distance <= 1e-6)) return "agrees";
  return varying < LEAST_VARYING ? "unresolved" : "differs";
}

/** One contrast as the reference has it, with the p up to which Benjamini–Hochberg rejects. */
interface Contrast {
  readonly p: Float64Array;
  readonly rejected: Uint8Array;
  readonly threshold: number;
}

function contrastOf(t: ArrayLike<number>, twoSided: ArrayLike<number>, sign: 1 | -1): Contrast {
  // SciPy gives NaN where neither group varies.
  const p = Float64Array.from(twoSided, (value, i) => {
    if (Number.isNaN(value)) return 1;
    return sign * t[i] > 0 ? value / 2 : 1 - value / 2;
  });
  const corrected = correct(p, "benjamini-hochberg");
  let threshold = 0;
  const rejected = Uint8Array.from(corrected, (q, i) => {
    if (q > ALPHA) return 0;
    threshold = Math.max(threshold, p[i]);
    return 1;
  });
  return { p, rejected, threshold };
}

/** Root of the mean variance within conditions, over units. */
function spreadOf(pooled: readonly Moments[]): number {
  let sum = 0;
  for (const { m2, n } of pooled) for (let i = 0; i < m2.length; i++) sum += m2[i] / (n - 1) / m2.length;
  return Math.sqrt(sum / pooled.length);
}

/** Root of the mean squared mean, over units and conditions. */
function levelOf(pooled: readonly Moments[]): number {
  let sum = 0;
  for (const { mean } of pooled) for (let i = 0; i < mean.length; i++) sum += mean[i] ** 2 / mean.length;
  return Math.sqrt(sum / pooled.length);
}

function standardError(a: Moments, b: Moments, unit: number): number {
  return Math.sqrt(a.m2[unit] / (a.n * (a.n - 1)) + b.m2[unit] / (b.n * (b.n - 1)));
}

/**
 * Compares one layer's moments, Welch t of every pair of conditions and selection by `conjunction` with the reference's, over all
 * images.
 */
export async function compareLayer(
  recorded: LayerRecording,
  conditions: readonly string[],
  npz: Npz,
): Promise<LayerAgreement> {
  const { name, units } = recorded.layer;
  const pooled = wholeMoments(recorded);
  const means = new Distance();
  const variances = new Distance();
  for (const [k, condition] of conditions.entries()) {
    means.add(pooled[k].mean, await npz.read(`${name}/${condition}/mean`));
    variances.add(pooled[k].m2, await npz.read(`${name}/${condition}/var`), 1 / (pooled[k].n - 1));
  }
  const spread = spreadOf(pooled);
  const level = levelOf(pooled);
  const size = Math.hypot(spread, level);
  let worst = 0;
  let unresolved = 0;
  const beyond = new Uint8Array(units);
  const expected = conditions.map(() => new Uint8Array(units).fill(1));
  // A unit that the two select differently must be so near a threshold; this is where the deciding p is nearest.
  const nearest = conditions.map(() => new Float64Array(units).fill(Infinity));
  for (const [a, first] of conditions.entries()) {
    for (const [b, second] of conditions.entries()) {
      if (b <= a) continue;
      const t = await npz.read(`${name}/${first}>${second}/t`);
      const p = await npz.read(`${name}/${first}>${second}/p`);
      const own = welch(pooled[a], pooled[b]).t;
      for (let i = 0; i < units; i++) {
        const reference = Number.isNaN(t[i]) ? 0 : t[i];
        const error = Math.abs(own[i] - reference) / Math.max(1, Math.abs(reference));
        if (standardError(pooled[a], pooled[b], i) >= RESOLVED * size) {
          worst = Math.max(worst, error);
        } else {
          unresolved = Math.max(unresolved, error);
          if (error > T_TOLERANCE) beyond[i] = 1;
        }
      }
      for (const [target, sign] of [[a, 1], [b, -1]] as const) {
        const contrast = contrastOf(t, p, sign);
        for (let i = 0; i < units; i++) {
          expected[target][i] &= contrast.rejected[i];
          nearest[target][i] = Math.min(nearest[target][i], Math.abs(contrast.p[i] - contrast.threshold));
        }
      }
    }
  }
  const [conjunction] = CRITERIA;
  const targets = conditions.map((_, k) => k);
  let differing = 0;
  let distance = 0;
  for (const target of targets) {
    const mask = conjunction.select({ conditions, targets, target, moments: pooled });
    for (let i = 0; i < units; i++) {
      if (mask[i] === expected[target][i]) continue;
      differing++;
      distance = Math.max(distance, nearest[target][i]);
    }
  }
  return {
    layer: name,
    units,
    mean: means.relative,
    variance: variances.relative,
    varying: spread / level,
    t: worst,
    unresolved: { t: unresolved, beyond: beyond.reduce((sum, flag) => sum + flag, 0) },
    differing,
    distance,
  };
}
