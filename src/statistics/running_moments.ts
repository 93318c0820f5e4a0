import type { Moments } from "./moments.ts";

/**
 * Mean and sum of squared deviations of every unit over batches that come one by one, merged by the pairwise update of Chan,
 * Golub & LeVeque (doi:10.1080/00031305.1983.10483115) in float64.
 *
 * One group of images is under way at a time: {@linkcode RunningMoments.finish} gives its moments in float32 and starts the
 * next. The float64 arrays are made only where a group comes in several batches, and serve every group.
 */
export class RunningMoments {
  readonly #units: number;
  readonly #allocate: () => { readonly mean: Float32Array; readonly m2: Float32Array };
  #n = 0;
  #group: { readonly mean: Float32Array; readonly m2: Float32Array } | null = null;
  #several = false;
  #mean: Float64Array | null = null;
  #m2: Float64Array | null = null;

  /**
   * Starts without a batch.
   *
   * @param units How many units each batch has.
   * @param allocate Gives the arrays that the next group's moments are written to, `[units]` each. @default new ones, of zeros
   */
  constructor(
    units: number,
    allocate: () => { readonly mean: Float32Array; readonly m2: Float32Array } = () => ({
      mean: new Float32Array(units),
      m2: new Float32Array(units),
    }),
  ) {
    this.#units = units;
    this.#allocate = allocate;
  }

  /**
   * Adds a batch. Its arrays are not needed afterwards.
   *
   * @param n Images in the batch, at least 1.
   * @param mean `[units]`.
   * @param variance `[units]`, the mean squared deviation.
   * @returns Whether every number is finite; where not, the moments are of no use.
   * @throws {RangeError} where the arrays do not hold one number per unit, or there are no images.
   */
  add(n: number, mean: Float32Array, variance: Float32Array): boolean {
    if (mean.length !== this.#units || variance.length !== this.#units || !(n > 0)) {
      throw new RangeError(
        `Cannot add ${mean.length} means and ${variance.length} variances of ${n} images; ` +
          `expected ${this.#units} of each and at least one image`,
      );
    }
    const before = this.#n;
    this.#n += n;
    return before === 0 ? this.#begin(n, mean, variance) : this.#merge(before, n, mean, variance);
  }

  /** The moments of the batches since the last call. */
  finish(): Moments {
    const n = this.#n;
    const { mean, m2 } = this.#group ?? this.#allocate();
    if (this.#several) {
      mean.set(this.#mean!);
      m2.set(this.#m2!);
    }
    this.#n = 0;
    this.#group = null;
    this.#several = false;
    return { n, mean, m2 };
  }

  #begin(n: number, batchMean: Float32Array, variance: Float32Array): boolean {
    const { mean, m2 } = this.#group = this.#allocate();
    // Zero times a number is zero; times anything not finite, it is not. One sum instead of a test for every unit.
    let check = 0;
    for (let i = 0; i < mean.length; i++) {
      const value = batchMean[i];
      const squares = variance[i] * n;
      check += value * 0 + squares * 0;
      mean[i] = value;
      m2[i] = squares > 0 ? squares : 0;
    }
    return check === 0;
  }

  #merge(before: number, n: number, batchMean: Float32Array, variance: Float32Array): boolean {
    const mean = this.#mean ??= new Float64Array(this.#units);
    const m2 = this.#m2 ??= new Float64Array(this.#units);
    if (!this.#several) {
      mean.set(this.#group!.mean);
      m2.set(this.#group!.m2);
      this.#several = true;
    }
    const weight = n / (before + n);
    const between = before * weight;
    let check = 0;
    for (let i = 0; i < mean.length; i++) {
      const difference = batchMean[i] - mean[i];
      const squares = variance[i] * n;
      check += difference * 0 + squares * 0;
      mean[i] += difference * weight;
      m2[i] += (squares > 0 ? squares : 0) + difference * difference * between;
    }
    return check === 0;
  }
}
