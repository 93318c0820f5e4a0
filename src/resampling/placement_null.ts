import { hasCells, LEAST_PER_CHANNEL, LocalizationMeter, TapLayout } from "../measures/mod.ts";
import type { Localization } from "../measures/mod.ts";
import { Random } from "./random.ts";

/** Mean and standard deviation of a statistic over random placements. */
export interface PlacementSpread {
  /** Mean over placements. */
  readonly mean: number;
  /** Standard deviation over placements. */
  readonly deviation: number;
}

/** What random placement of as many units gives; null where the statistic is not defined. */
export interface PlacementExpectation {
  /** Of the statistics within each map. */
  readonly within: Record<keyof Localization["within"], PlacementSpread | null>;
  /** Of the statistics over channels. */
  readonly across: Record<keyof Localization["across"], PlacementSpread | null>;
}

/** Sums over placements at one count. */
interface Simulated {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

const WITHIN = ["entropy", "gini", "moran", "peak"] as const;
const ACROSS = ["entropy", "gini"] as const;
/** Up to this count every count is simulated; above, four per doubling, with interpolation between. */
const EXACT = 16;

function gridBelow(count: number): number {
  if (count <= EXACT) return count;
  return Math.floor(EXACT * 2 ** (Math.floor(4 * Math.log2(count / EXACT) + 1e-9) / 4));
}

function gridAbove(count: number): number {
  if (count <= EXACT) return count;
  const step = Math.floor(4 * Math.log2(count / EXACT) + 1e-9);
  const below = Math.floor(EXACT * 2 ** (step / 4));
  return below === count ? count : Math.floor(EXACT * 2 ** ((step + 1) / 4));
}

/**
 * What localization statistics amount to when as many units are placed at random: within each channel as many as it
 * holds, for the statistics within maps; anywhere in the tap, for those across channels.
 *
 * The null depends on counts alone, so it is simulated once a count, on demand, and serves every criterion, category and
 * network with taps of that shape. Between simulated counts mean and variance are interpolated over the logarithm of the
 * count, which four counts per doubling make exact to well within the error of the simulation.
 */
export class PlacementNull {
  readonly #layout: TapLayout;
  readonly #placements: number;
  readonly #seed: number;
  readonly #within: Map<number, Simulated> = new Map();
  readonly #across: Map<number, Simulated> = new Map();
  readonly #withinRows: Map<number, Simulated> = new Map();
  readonly #acrossRows: Map<number, Simulated> = new Map();
  readonly #meter: LocalizationMeter;
  readonly #mapMeter: LocalizationMeter | null;
  readonly #counts: Uint32Array;
  #pool: Uint32Array | null = null;
  #mapPool: Uint32Array | null = null;

  /**
   * Takes the tap; placements are drawn when a count first needs them.
   *
   * @param input.shape The tap's shape without the batch.
   * @param input.placements Random placements per count, at least 2.
   * @param input.seed Seed of the placements.
   * @throws {RangeError} If there are fewer than two placements or the shape is not one of positive whole numbers.
   */
  constructor({ shape, placements, seed }: { shape: readonly number[]; placements: number; seed: number }) {
    if (!Number.isInteger(placements) || placements < 2) {
      throw new RangeError(
        `Cannot place units at random: found ${placements} placements; expected an integer of at least 2`,
      );
    }
    this.#meter = new LocalizationMeter(shape);
    this.#layout = this.#meter.layout;
    this.#placements = placements;
    this.#seed = seed;
    const { rows, columns, positions, channels } = this.#layout;
    this.#mapMeter = positions > 1 ? new LocalizationMeter([1, rows, columns]) : null;
    this.#counts = new Uint32Array(channels);
  }

  /**
   * The expectation for a selection with these units.
   *
   * @param units Indices of the selected units, distinct.
   */
  expect(units: Uint32Array): PlacementExpectation {
    return { within: this.#expectWithin(units), across: this.#expectAcross(units.length) };
  }

  #expectWithin(units: Uint32Array): PlacementExpectation["within"] {
    const layout = this.#layout;
    const counts = this.#counts.fill(0);
    for (let i = 0; i < units.length; i++) {
      if (layout.positionOf(units[i]) >= 0) counts[layout.channelOf(units[i])]++;
    }
    const means = new Float64Array(WITHIN.length);
    const variances = new Float64Array(WITHIN.length);
    let channels = 0;
    let mixed = 0;
    if (this.#mapMeter !== null) {
      for (let channel = 0; channel < counts.length; channel++) {
        const count = counts[channel];
        if (count < LEAST_PER_CHANNEL) continue;
        channels++;
        const row = this.#rowOf(count, layout.positions, "within");
        // A map selected throughout has no Moran's I; its row holds zeros there.
        if (count < layout.positions) mixed++;
        for (let s = 0; s < WITHIN.length; s++) {
          means[s] += row.mean[s];
          variances[s] += row.variance[s];
        }
      }
    }
    const spread = WITHIN.map((name, s): [string, PlacementSpread | null] => {
      const over = name === "moran" ? mixed : hasCells(layout) ? channels : 0;
      return [name, over === 0 ? null : { mean: means[s] / over, deviation: Math.sqrt(variances[s]) / over }];
    });
    return Object.fromEntries(spread) as PlacementExpectation["within"];
  }

  #expectAcross(count: number): PlacementExpectation["across"] {
    const { channels, unitsPerChannel, units } = this.#layout;
    if (count === 0 || channels < 2 || unitsPerChannel < 2) return { entropy: null, gini: null };
    const { mean, variance } = this.#rowOf(count, units, "across");
    const spread = (s: number): PlacementSpread => ({ mean: mean[s], deviation: Math.sqrt(variance[s]) });
    return { entropy: spread(0), gini: spread(1) };
  }

  /** Mean and variance at a count, interpolated once and kept. */
  #rowOf(count: number, limit: number, family: "within" | "across"): Simulated {
    const rows = family === "within" ? this.#withinRows : this.#acrossRows;
    let row = rows.get(count);
    if (row) return row;
    const low = gridBelow(count);
    const high = Math.min(gridAbove(count), limit);
    row = this.#simulate(low, family);
    if (high > low) {
      const share = Math.log(count / low) / Math.log(high / low);
      const above = this.#simulate(high, family);
      const mix = (a: Float64Array, b: Float64Array): Float64Array =>
        a.map((value, s) => value + (b[s] - value) * share);
      row = { mean: mix(row.mean, above.mean), variance: mix(row.variance, above.variance) };
    }
    rows.set(count, row);
    return row;
  }

  #simulate(count: number, family: "within" | "across"): Simulated {
    const known = (family === "within" ? this.#within : this.#across).get(count);
    if (known) return known;
    const { rows, columns, positions, channels, units } = this.#layout;
    const where = family === "within" ? `${rows}×${columns}` : `${channels}×${units / channels}`;
    const random = new Random(this.#seed, `placement ${family} ${where} ${count}`);
    const size = family === "within" ? positions : units;
    const pool = family === "within" ? this.#mapPool ??= new Uint32Array(size) : this.#pool ??= new Uint32Array(size);
    // Earlier draws must not show in these, or a network's null would depend on what was measured before it.
    for (let i = 0; i < size; i++) pool[i] = i;
    const names = family === "within" ? WITHIN : ACROSS;
    const mean = new Float64Array(names.length);
    const m2 = new Float64Array(names.length);
    for (let placement = 1; placement <= this.#placements; placement++) {
      for (let i = 0; i < count; i++) {
        const j = i + random.integer(size - i);
        const kept = pool[i];
        pool[i] = pool[j];
        pool[j] = kept;
      }
      const placed = pool.subarray(0, count);
      const statistics = family === "within"
        ? this.#mapMeter!.measure(placed).within
        : this.#meter.measure(placed).across;
      names.forEach((name, s) => {
        // Undefined here are Moran's I of a map selected throughout and what small maps have no cells for: never asked for.
        const value = (statistics as Record<string, { value: number | null }>)[name].value ?? 0;
        const difference = value - mean[s];
        mean[s] += difference / placement;
        m2[s] += difference * (value - mean[s]);
      });
    }
    const simulated = { mean, variance: m2.map((sum) => sum / (this.#placements - 1)) };
    (family === "within" ? this.#within : this.#across).set(count, simulated);
    return simulated;
  }
}
