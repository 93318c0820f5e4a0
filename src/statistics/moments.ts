/**
 * Count, mean and sum of squared deviations of every unit over a group of images.
 * Arrays are `[units]`; the sample variance is `m2 / (n - 1)`.
 */
export interface Moments {
  /** How many images. */
  readonly n: number;
  /** Mean response of every unit. */
  readonly mean: Float32Array | Float64Array;
  /** Sum of squared deviations from the mean, of every unit. */
  readonly m2: Float32Array | Float64Array;
  /** Length of the arrays, where asking for them is costly. */
  readonly units?: number;
}

/** Moments that stay in a file: `mean` and `m2` are read anew each time they are asked for. */
export interface StoredMoments extends Moments {
  /** Length of the arrays. */
  readonly units: number;
  /**
   * Reads some units, as many as the arrays hold.
   *
   * @param from The first unit.
   * @throws {Error} where the file cannot be read.
   */
  read(from: number, mean: Float32Array, m2: Float32Array): void;
}

/** Whether moments stay in a file. */
export function areStored(moments: Moments): moments is StoredMoments {
  return "read" in moments;
}

/** How many units moments are of, without making or reading them. */
export function unitsOf(moments: Moments): number {
  return moments.units ?? moments.mean.length;
}

/** Gives the arrays of one group of moments after the other; stored ones are read into arrays that are used again. */
export class MomentReader {
  #into: { readonly mean: Float32Array; readonly m2: Float32Array } | undefined;

  /** The arrays, `[units]`, until the next are asked for. */
  read(moments: Moments): Pick<Moments, "mean" | "m2"> {
    if (!areStored(moments)) return moments;
    const { units } = moments;
    if (this.#into?.mean.length !== units) {
      this.#into = { mean: new Float32Array(units), m2: new Float32Array(units) };
    }
    moments.read(0, this.#into.mean, this.#into.m2);
    return this.#into;
  }
}

/** Moments of a group without images. */
export function emptyMoments(units: number): Moments {
  return { n: 0, mean: new Float64Array(units), m2: new Float64Array(units) };
}
