import type { Screened } from "./screen.ts";

const FIRST = 256;

/** Moments of a chunk of units. */
interface Pooled {
  readonly mean: Float64Array;
  readonly m2: Float64Array;
}

/** Collects units that pass a screen, chunk by chunk, with their moments. */
export class FoundUnits {
  readonly #conditions: readonly number[];
  #units = new Uint32Array(FIRST);
  #moments: readonly Pooled[];
  #count = 0;

  /** @param conditions Those that the screen looks at. */
  constructor(conditions: readonly number[]) {
    this.#conditions = conditions;
    this.#moments = conditions.map(() => ({ mean: new Float64Array(FIRST), m2: new Float64Array(FIRST) }));
  }

  /**
   * Takes in the units of a chunk.
   *
   * @param from The first unit of the chunk.
   * @param places Those that pass, from the beginning of the chunk.
   * @param pooled The moments of the chunk by condition.
   */
  add(from: number, places: Uint32Array, pooled: readonly Pooled[]): void {
    const count = this.#count;
    this.#reserve(count + places.length);
    for (let i = 0; i < places.length; i++) this.#units[count + i] = from + places[i];
    this.#conditions.forEach((condition, c) => {
      const own = this.#moments[c];
      const { mean, m2 } = pooled[condition];
      for (let i = 0; i < places.length; i++) {
        own.mean[count + i] = mean[places[i]];
        own.m2[count + i] = m2[places[i]];
      }
    });
    this.#count += places.length;
  }

  /** The units that were found; their moments stand in a list of as many entries as there are conditions. */
  found(conditions: number): Screened {
    const moments: (Pooled | null)[] = new Array(conditions).fill(null);
    this.#conditions.forEach((condition, c) => {
      const { mean, m2 } = this.#moments[c];
      moments[condition] = { mean: mean.slice(0, this.#count), m2: m2.slice(0, this.#count) };
    });
    return { units: this.#units.slice(0, this.#count), moments };
  }

  #reserve(count: number): void {
    const { length } = this.#units;
    if (count <= length) return;
    const wider = Math.max(count, 2 * length);
    const widened = (values: Float64Array): Float64Array => {
      const more = new Float64Array(wider);
      more.set(values);
      return more;
    };
    const units = new Uint32Array(wider);
    units.set(this.#units);
    this.#units = units;
    this.#moments = this.#moments.map(({ mean, m2 }) => ({ mean: widened(mean), m2: widened(m2) }));
  }
}
