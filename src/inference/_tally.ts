import type { Measure } from "../measures/mod.ts";
import type { Found } from "../localize/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { type Cell, replicatesOf } from "./replicates.ts";

/** What came out for one criterion and target, split by split and deletion by deletion. */
export class Tally {
  readonly #measures: readonly Measure[];
  readonly #blocks: number;
  readonly #found: Found[] = [];
  /** `[measures]` of `[splits, blocks]`; values, and excesses over random placement. */
  readonly #deleted: readonly { readonly value: Float64Array; readonly excess: Float64Array }[];
  #deletions = 0;

  constructor(measures: readonly Measure[], splits: number, blocks: number) {
    this.#measures = measures;
    this.#blocks = blocks;
    const empty = (): Float64Array => new Float64Array(splits * blocks).fill(NaN);
    this.#deleted = measures.map(() => ({ value: empty(), excess: empty() }));
  }

  /** Takes in what a split gave. */
  add(found: Found): void {
    this.#found.push(found);
  }

  /** Takes in what a split gave without a block. */
  addDeletion(split: number, block: number, { values }: Found): void {
    this.#deletions++;
    values.forEach(({ value, random }, m) => {
      const at = split * this.#blocks + block;
      if (value === null) return;
      this.#deleted[m].value[at] = value;
      if (random !== null && random !== undefined) this.#deleted[m].excess[at] = value - random;
    });
  }

  /** Units selected on a half, averaged over splits. */
  get selected(): number {
    return meanOf(this.#found.map(({ selected }) => selected)) ?? 0;
  }

  /** The number as it is: the mean over the splits that define it. */
  value(m: number): Cell {
    return this.#cell(m, this.#deleted[m].value, ({ value }) => value);
  }

  /** Its excess over random placement. */
  excess(m: number): Cell {
    return this.#cell(
      m,
      this.#deleted[m].excess,
      ({ value, random }) => value === null || random === null || random === undefined ? null : value - random,
    );
  }

  /** Under random placement of as many units, and standard deviations from it, averaged over splits. */
  random(m: number): { readonly random: number | null; readonly z: number | null } {
    const values = this.#found.map(({ values }) => values[m]);
    return {
      random: meanOf(values.map(({ random }) => random)),
      z: meanOf(values.map(({ z }) => z)),
    };
  }

  #cell(m: number, deleted: Float64Array, read: (value: Found["values"][number]) => number | null): Cell {
    const values = this.#found.map(({ values }) => read(values[m]));
    const value = meanOf(values);
    const reason = this.#found.map(({ values }) => values[m].reason).find((each) => each !== undefined);
    const rests = this.#measures[m].kind === "selection" ? {} : { selected: this.selected };
    if (value === null) {
      return { value, replicates: null, ...rests, reason: reason ?? "random placement is not defined" };
    }
    const { intervalFrom = this.#measures[m].kind === "selection" ? 0 : 5 } = this.#measures[m];
    if (this.#deletions === 0) {
      return { value, replicates: null, ...rests, reason: "no block was deleted for an interval" };
    }
    if (this.selected < intervalFrom) {
      return { value, replicates: null, ...rests, reason: `fewer than ${intervalFrom} units are selected on a half` };
    }
    const splits = Float64Array.from(values, (each) => each ?? NaN);
    return {
      value,
      ...rests,
      replicates: replicatesOf(splits, deleted.slice(0, splits.length * this.#blocks), this.#blocks),
    };
  }
}
