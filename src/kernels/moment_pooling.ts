import { CODE } from "./_pool_moments_code.ts";
import { KernelMemory, startKernel } from "./_start_kernel.ts";

/** So many units stay in the processor's cache. */
const CHUNK = 4096;

interface Loops {
  pool32(groups: number, count: number, units: number, weights: number, mean: number): void;
  pool64(groups: number, count: number, units: number, weights: number, mean: number): void;
}

/** How many images, and mean and sum of squared deviations of every unit, `[units]`. */
interface Group {
  readonly n: number;
  readonly mean: Float32Array | Float64Array;
  readonly m2: Float32Array | Float64Array;
  /** Reads some units, as many as the arrays hold, where the moments stay in a file. */
  read?(from: number, mean: Float32Array, m2: Float32Array): void;
}

/** Puts groups of images together, compiled from `kernels/pool_moments.ts`. */
export class MomentPooling {
  readonly #memory = new KernelMemory();
  readonly #loops: Loops = startKernel<Loops>(CODE, this.#memory);

  /**
   * Pools the moments of groups, by the pairwise update of Chan, Golub & LeVeque, doi:10.1080/00031305.1983.10483115.
   *
   * @param groups At least one, none of them empty, `[units]` each.
   * @param mean `[units]`, overwritten.
   * @param m2 `[units]`, overwritten.
   */
  pool(groups: readonly Group[], mean: Float64Array, m2: Float64Array): void {
    const single = groups.every((group) =>
      group.read !== undefined || (group.mean instanceof Float32Array && group.m2 instanceof Float32Array)
    );
    const loop = single ? this.#loops.pool32 : this.#loops.pool64;
    const Values = single ? Float32Array : Float64Array;
    const weightsAt = groups.length * 2 * CHUNK * Values.BYTES_PER_ELEMENT;
    const meanAt = weightsAt + groups.length * 16;
    const buffer = this.#memory.reserve(meanAt + 2 * CHUNK * 8);
    this.#weigh(groups, new Float64Array(buffer, weightsAt, 2 * groups.length));
    const input = new Values(buffer, 0, groups.length * 2 * CHUNK);
    const output = new Float64Array(buffer, meanAt, 2 * CHUNK);
    for (let from = 0; from < mean.length; from += CHUNK) {
      const to = Math.min(mean.length, from + CHUNK);
      groups.forEach((group, g) => {
        const place = (which: number) => input.subarray((2 * g + which) * CHUNK, (2 * g + which) * CHUNK + to - from);
        if (group.read !== undefined && single) {
          group.read(from, place(0) as Float32Array, place(1) as Float32Array);
          return;
        }
        place(0).set(group.mean.subarray(from, to));
        place(1).set(group.m2.subarray(from, to));
      });
      loop(0, groups.length, CHUNK, weightsAt, meanAt);
      mean.set(output.subarray(0, to - from), from);
      m2.set(output.subarray(CHUNK, CHUNK + to - from), from);
    }
  }

  /** Per group its share of the images so far, and how much a squared difference from their mean adds. */
  #weigh(groups: readonly Group[], weights: Float64Array): void {
    let n = 0;
    groups.forEach((group, g) => {
      const total = n + group.n;
      weights[2 * g] = group.n / total;
      weights[2 * g + 1] = n * (group.n / total);
      n = total;
    });
  }
}
