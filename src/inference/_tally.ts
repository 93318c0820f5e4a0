import type { Measure, Measured, MeasureDescription } from "../measures/mod.ts";
import type { Found } from "../localize/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { type Cell, replicatesOf } from "./replicates.ts";

/** Units of a half that a number needs for an interval, unless its measure says otherwise. */
const LEAST_UNITS = 5;

/** One number, split by split and deletion by deletion. */
class Series {
  readonly #splits: (number | null)[] = [];
  /** `[splits, blocks]`; NaN where nothing was measured. */
  readonly #deleted: Float64Array;
  #reason: string | undefined;

  constructor(splits: number, blocks: number) {
    this.#deleted = new Float64Array(splits * blocks).fill(NaN);
  }

  add({ value, reason }: Measured): void {
    this.#splits.push(value);
    this.#reason ??= reason;
  }

  addDeletion(at: number, value: number | null): void {
    if (value !== null) this.#deleted[at] = value;
  }

  /** The mean over the splits that define it, with its replicates. */
  cell({ deletions, units, least, blocks }: {
    readonly deletions: number;
    readonly units: number;
    readonly least: number;
    readonly blocks: number;
  }): Cell {
    const value = meanOf(this.#splits);
    if (value === null) return { value, replicates: null, units, reason: this.#reason ?? "was not measured" };
    if (deletions === 0) return { value, replicates: null, units, reason: "no block was deleted for an interval" };
    if (units < least) {
      return { value, replicates: null, units, reason: `fewer than ${least} units are measured on a half` };
    }
    const splits = Float64Array.from(this.#splits, (each) => each ?? NaN);
    const deleted = this.#deleted.slice(0, splits.length * blocks);
    return { value, units, replicates: replicatesOf(splits, deleted, blocks) };
  }
}

function excessOf({ value, random, reason }: Found["values"][number]): Measured {
  return value === null || random === null || random === undefined
    ? { value: null, reason: reason ?? "random placement is not defined" }
    : { value: value - random };
}

/** What came out for one criterion and target, split by split and deletion by deletion. */
export class Tally {
  readonly #measures: readonly Measure[];
  readonly #blocks: number;
  readonly #found: Found[] = [];
  /** Values, and excesses over random placement, by measure. */
  readonly #values: readonly Series[];
  readonly #excesses: readonly Series[];
  /** By condition. */
  readonly #profile: readonly Series[];
  #deletions = 0;

  constructor(
    measures: readonly Measure[],
    { splits, blocks, conditions }: { readonly splits: number; readonly blocks: number; readonly conditions: number },
  ) {
    this.#measures = measures;
    this.#blocks = blocks;
    const series = (): Series => new Series(splits, blocks);
    this.#values = measures.map(series);
    this.#excesses = measures.map(series);
    this.#profile = Array.from({ length: conditions }, series);
  }

  /** Takes in what a split gave. */
  add(found: Found): void {
    this.#found.push(found);
    found.values.forEach((each, m) => {
      this.#values[m].add(each);
      this.#excesses[m].add(excessOf(each));
    });
    found.profile.forEach((each, c) => this.#profile[c].add(each));
  }

  /** Takes in what a split gave without a block. */
  addDeletion(split: number, block: number, { values, profile }: Found): void {
    this.#deletions++;
    const at = split * this.#blocks + block;
    values.forEach((each, m) => {
      this.#values[m].addDeletion(at, each.value);
      this.#excesses[m].addDeletion(at, excessOf(each).value);
    });
    profile.forEach(({ value }, c) => this.#profile[c].addDeletion(at, value));
  }

  /** Units selected on a half, averaged over splits. */
  get selected(): number {
    return meanOf(this.#found.map(({ selected }) => selected)) ?? 0;
  }

  /** Units that specificity and strength are measured in, the same mean. */
  get measured(): number {
    return meanOf(this.#found.map(({ measured }) => measured)) ?? 0;
  }

  /** The number as it is: the mean over the splits that define it. */
  value(m: number): Cell {
    return this.#cell(this.#values[m], this.#measures[m]);
  }

  /** Its excess over random placement. */
  excess(m: number): Cell {
    return this.#cell(this.#excesses[m], this.#measures[m]);
  }

  /** The mean response to a condition. */
  profile(condition: number): Cell {
    return this.#profile[condition].cell({ ...this.#all(this.measured), least: LEAST_UNITS });
  }

  /** Under random placement of as many units, and standard deviations from it, averaged over splits. */
  random(m: number): { readonly random: number | null; readonly z: number | null } {
    const values = this.#found.map(({ values }) => values[m]);
    return {
      random: meanOf(values.map(({ random }) => random)),
      z: meanOf(values.map(({ z }) => z)),
    };
  }

  #cell(series: Series, measure: Measure): Cell {
    const units = measure.kind === "unit" && measure.atFixedThreshold ? this.measured : this.selected;
    return series.cell({ ...this.#all(units), least: leastUnits(measure) });
  }

  #all(units: number): { readonly deletions: number; readonly blocks: number; readonly units: number } {
    return { deletions: this.#deletions, blocks: this.#blocks, units };
  }
}

function leastUnits({ kind, intervalFrom }: MeasureDescription & Pick<Measure, "kind">): number {
  return intervalFrom ?? (kind === "selection" ? 0 : LEAST_UNITS);
}
