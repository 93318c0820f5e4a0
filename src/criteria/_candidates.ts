import { criticalT, equivalentZ, type Moments, studentTail } from "../statistics/mod.ts";
import { ScoredP } from "./_scored_p.ts";

/** Wider than any rounding of t² or of a critical t. */
const SLACK = 1e-8;

/** What a t test of two conditions takes from their numbers of images. */
export class Contrast {
  readonly testable: boolean;
  readonly scaleA: number;
  readonly scaleB: number;
  /** The fewest and most degrees of freedom that a unit can have. */
  readonly least: number;
  readonly most: number;

  constructor(a: Pick<Moments, "n">, b: Pick<Moments, "n">, readonly test: "welch" | "student") {
    const pooled = test === "student";
    this.most = a.n + b.n - 2;
    this.least = pooled ? this.most : Math.min(a.n, b.n) - 1;
    this.testable = a.n > 0 && b.n > 0 && this.least > 0;
    this.scaleA = pooled ? (1 / a.n + 1 / b.n) / this.most : 1 / (a.n * (a.n - 1));
    this.scaleB = pooled ? this.scaleA : 1 / (b.n * (b.n - 1));
  }

  /** The least t² of a unit whose one-sided p is up to a level; a little less, so that rounding leaves none out. */
  leastSquare(alpha: number): number {
    return criticalT(alpha, this.most) ** 2 * (1 - SLACK);
  }
}

/** A contrast of two conditions as a t test needs it. */
export class Comparison extends Contrast {
  constructor(readonly a: Moments, readonly b: Moments, test: "welch" | "student") {
    super(a, b, test);
  }

  /** Degrees of freedom of a unit that varies. */
  df(unit: number): number {
    if (this.test === "student") return this.most;
    const varianceA = Math.max(0, this.a.m2[unit]) * this.scaleA;
    const varianceB = Math.max(0, this.b.m2[unit]) * this.scaleB;
    const sum = varianceA + varianceB;
    const share = varianceA / sum;
    const rest = varianceB / sum;
    return 1 / (share * share / (this.a.n - 1) + rest * rest / (this.b.n - 1));
  }

  /** By how much the first condition exceeds the second. */
  difference(unit: number): number {
    return this.a.mean[unit] - this.b.mean[unit];
  }

  /** t² of a unit that varies. */
  square(unit: number): number {
    const { a, b, scaleA, scaleB } = this;
    const sum = Math.max(0, a.m2[unit]) * scaleA + Math.max(0, b.m2[unit]) * scaleB;
    const difference = a.mean[unit] - b.mean[unit];
    return Math.min(Number.MAX_VALUE, difference * difference / sum);
  }

  /** One-sided p of a unit with this t². */
  p(unit: number, square: number): number {
    return studentTail(Math.sqrt(square), this.df(unit));
  }

  /** The approximate normal score of a unit with this t². */
  score(unit: number, square: number): number {
    return equivalentZ(Math.sqrt(square), this.df(unit));
  }
}

/** The units for which one condition may exceed another at a level: those left by a bound that most units fail at once. */
export class Candidates {
  /** Ascending. */
  readonly units: Uint32Array;
  readonly #squares: Float64Array;
  readonly #comparison: Comparison;
  #scored: ScoredP | undefined;

  /** @param squares t² of each. */
  constructor(units: Uint32Array, squares: Float64Array, comparison: Comparison) {
    this.units = units;
    this.#squares = squares;
    this.#comparison = comparison;
  }

  /** One-sided p of every candidate. */
  get p(): ScoredP {
    return this.#scored ??= this.#score();
  }

  /** Indices, ascending, of the units whose one-sided p is at most `limit`. */
  unitsAtMost(limit: number): Uint32Array {
    const units = this.p.placesAtMost(limit).slice();
    for (let i = 0; i < units.length; i++) units[i] = this.units[units[i]];
    return units;
  }

  #score(): ScoredP {
    const { units } = this;
    const squares = this.#squares;
    const comparison = this.#comparison;
    return new ScoredP({
      squares,
      freedom: [comparison.least, comparison.most],
      score: (i) => comparison.score(units[i], squares[i]),
      exact: (i) => comparison.p(units[i], squares[i]),
    });
  }
}

/** Buffers of as many entries as units, used again from contrast to contrast. */
export interface CandidateBuffers {
  readonly above: Uint32Array;
  readonly aboveSquares: Float64Array;
  readonly below: Uint32Array;
  readonly belowSquares: Float64Array;
}

/**
 * Both directions of a contrast at once: the candidates for `a` above `b`, and for `b` above `a`.
 *
 * @param input.alpha One-sided level in (0, ½); no unit with a p up to it is missed.
 */
export function findCandidates(
  { a, b, test, alpha }: { a: Moments; b: Moments; test: "welch" | "student"; alpha: number },
  { above, aboveSquares, below, belowSquares }: CandidateBuffers,
): [Candidates, Candidates] {
  const comparison = new Comparison(a, b, test);
  const { scaleA, scaleB } = comparison;
  const least = comparison.testable ? comparison.leastSquare(alpha) : 0;
  const units = comparison.testable ? a.mean.length : 0;
  const [meanA, meanB] = [a.mean, b.mean];
  const [m2A, m2B] = [a.m2, b.m2];
  let countAbove = 0;
  let countBelow = 0;
  for (let i = 0; i < units; i++) {
    // Squared errors are made again for every pair: as fast as reading them from memory, which a large layer has little of.
    const sum = (m2A[i] > 0 ? m2A[i] * scaleA : 0) + (m2B[i] > 0 ? m2B[i] * scaleB : 0);
    const difference = meanA[i] - meanB[i];
    // Most units stop here, before a division.
    if (!(difference * difference >= least * sum) || !(sum > 0)) continue;
    const square = Math.min(Number.MAX_VALUE, difference * difference / sum);
    if (difference > 0) {
      above[countAbove] = i;
      aboveSquares[countAbove++] = square;
    } else {
      below[countBelow] = i;
      belowSquares[countBelow++] = square;
    }
  }
  return [
    new Candidates(above.slice(0, countAbove), aboveSquares.slice(0, countAbove), comparison),
    new Candidates(below.slice(0, countBelow), belowSquares.slice(0, countBelow), comparison),
  ];
}
