import { drawHypergeometric, logFactorials, Random } from "../statistics/mod.ts";
import { LayerLayout } from "./layer_layout.ts";
import { LEAST_PER_CHANNEL, type Measured, type PlacementMeasure } from "./measure.ts";
import { PlacementMeter, placementReason } from "./placement.ts";

/** Mean and standard deviation of a statistic over random placements. */
export interface PlacementSpread {
  /** Over placements. */
  readonly mean: number;
  /** Standard deviation over placements. */
  readonly deviation: number;
}

/** One number a measure over placements at one count; NaN where a measure is not defined at that count. */
interface Simulated {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Up to this count every count is simulated; above, four per doubling, with interpolation between. */
const EXACT = 16;

/** From so many units a channel on, drawing counts takes less time than drawing units. */
const DRAWN_PER_CHANNEL = 4;

function stepsAbove(count: number): number {
  return Math.floor(4 * Math.log2(count / EXACT) + 1e-9);
}

function gridBelow(count: number): number {
  return count <= EXACT ? count : Math.floor(EXACT * 2 ** (stepsAbove(count) / 4));
}

function gridAbove(count: number): number {
  if (count <= EXACT) return count;
  return gridBelow(count) === count ? count : Math.floor(EXACT * 2 ** ((stepsAbove(count) + 1) / 4));
}

/** The measures of one kind of placement, with the layer, or the single map, in which units are placed at random. */
class Placements {
  readonly measures: readonly PlacementMeasure[];
  readonly #meter: PlacementMeter;
  readonly #draws: { readonly placements: number; readonly seed: number };
  readonly #name: string;
  readonly #known: Map<number, Simulated> = new Map();
  readonly #rows: Map<number, Simulated> = new Map();
  readonly #pool: Uint32Array;
  #logFactorials: Float64Array | undefined;

  constructor(
    shape: readonly number[],
    measures: readonly PlacementMeasure[],
    { name, ...draws }: { readonly placements: number; readonly seed: number; readonly name: string },
  ) {
    this.measures = measures;
    this.#meter = new PlacementMeter(new LayerLayout(shape), measures);
    this.#draws = draws;
    this.#name = name;
    this.#pool = new Uint32Array(this.#meter.layout.units);
  }

  /** Mean and variance at a count, interpolated over the logarithm of the count and kept. */
  at(count: number): Simulated {
    const known = this.#rows.get(count);
    if (known) return known;
    const low = gridBelow(count);
    const high = Math.min(gridAbove(count), this.#pool.length);
    let row = this.#simulate(low);
    if (high > low) {
      const share = Math.log(count / low) / Math.log(high / low);
      const above = this.#simulate(high);
      const mix = (a: Float64Array, b: Float64Array): Float64Array =>
        // A map selected throughout may define nothing: what is known just below serves.
        a.map((value, m) => Number.isNaN(b[m]) ? value : value + (b[m] - value) * share);
      row = { mean: mix(row.mean, above.mean), variance: mix(row.variance, above.variance) };
    }
    this.#rows.set(count, row);
    return row;
  }

  #simulate(count: number): Simulated {
    const known = this.#known.get(count);
    if (known) return known;
    const { placements, seed } = this.#draws;
    const random = new Random(seed, `${this.#name} ${count}`);
    const { channels } = this.#meter.layout;
    const few = count < DRAWN_PER_CHANNEL * channels || this.measures.some(({ over }) => over === "maps");
    const place = few ? this.#unitByUnit(count, random) : this.#channelByChannel(count, random);
    const mean = new Float64Array(this.measures.length);
    const m2 = new Float64Array(this.measures.length);
    for (let placement = 1; placement <= placements; placement++) {
      place().forEach(({ value }, m) => {
        const difference = (value ?? NaN) - mean[m];
        mean[m] += difference / placement;
        m2[m] += difference * ((value ?? NaN) - mean[m]);
      });
    }
    const simulated = { mean, variance: m2.map((sum) => sum / (placements - 1)) };
    this.#known.set(count, simulated);
    return simulated;
  }

  #unitByUnit(count: number, random: Random): () => Measured[] {
    const pool = this.#pool;
    // Earlier draws must not show in these, or a network's null would depend on what was measured before it.
    for (let i = 0; i < pool.length; i++) pool[i] = i;
    return () => {
      for (let i = 0; i < count; i++) {
        const j = i + random.integer(pool.length - i);
        const drawn = pool[j];
        pool[j] = pool[i];
        pool[i] = drawn;
      }
      return this.#meter.measure(pool.subarray(0, count));
    };
  }

  /** Draws how many units each channel gets, the same in distribution: what is measured across channels asks for no more. */
  #channelByChannel(count: number, random: Random): () => Measured[] {
    const { channels, unitsPerChannel, units } = this.#meter.layout;
    const table = this.#logFactorials ??= logFactorials(units);
    const counts = new Uint32Array(channels);
    return () => {
      let drawn = count;
      for (let channel = 0; channel < channels; channel++) {
        const total = units - channel * unitsPerChannel;
        counts[channel] = drawHypergeometric(random, { total, marked: unitsPerChannel, drawn }, table);
        drawn -= counts[channel];
      }
      return this.#meter.measureCounts({ counts, selected: count });
    };
  }
}

/**
 * What statistics of places amount to when as many units are placed at random: within each channel as many as it holds, for
 * the statistics within maps; anywhere in the layer, for those across channels.
 *
 * The null depends on counts alone, so it is simulated once a count, on demand, and serves every criterion, category and
 * network with layers of that shape. Between simulated counts mean and variance are interpolated over the logarithm of the
 * count, which four counts per doubling make exact to well within the error of the simulation.
 */
export class PlacementNull {
  readonly #layout: LayerLayout;
  readonly #measures: readonly PlacementMeasure[];
  readonly #maps: Placements | null;
  readonly #channels: Placements;
  readonly #counts: Uint32Array;

  /**
   * Takes the layer; placements are drawn when a count first needs them.
   *
   * @param input.placements Random placements per count, at least 2.
   * @throws {RangeError} where there are fewer than two placements or the shape is not one of positive whole numbers.
   */
  constructor(
    { shape, measures, placements, seed }: {
      readonly shape: readonly number[];
      readonly measures: readonly PlacementMeasure[];
      readonly placements: number;
      readonly seed: number;
    },
  ) {
    if (!Number.isInteger(placements) || placements < 2) {
      throw new RangeError(
        `Cannot place units at random: found ${placements} placements; expected an integer of at least 2`,
      );
    }
    const layout = this.#layout = new LayerLayout(shape);
    this.#measures = measures;
    const { rows, columns, positions, channels, units } = layout;
    const of = (over: "maps" | "channels"): PlacementMeasure[] => measures.filter((measure) => measure.over === over);
    this.#maps = positions > 1
      ? new Placements([1, rows, columns], of("maps"), {
        placements,
        seed,
        name: `placement within ${rows}×${columns}`,
      })
      : null;
    this.#channels = new Placements(shape, of("channels"), {
      placements,
      seed,
      name: `placement across ${channels}×${units / channels}`,
    });
    this.#counts = new Uint32Array(channels);
  }

  /**
   * The expectation for a selection with these units.
   *
   * @param units Indices of the selected units, distinct.
   * @returns One a measure; null where it is not defined.
   */
  expect(units: Uint32Array): (PlacementSpread | null)[] {
    const within = this.#overMaps(units);
    const across = units.length === 0 ? null : this.#channels;
    let map = 0;
    let channel = 0;
    return this.#measures.map((measure) => {
      const m = measure.over === "maps" ? map++ : channel++;
      if (placementReason(measure, this.#layout, units.length) !== null) return null;
      if (measure.over === "maps") return within[m] ?? null;
      const { mean, variance } = across!.at(units.length);
      return { mean: mean[m], deviation: Math.sqrt(variance[m]) };
    });
  }

  #overMaps(units: Uint32Array): (PlacementSpread | null)[] {
    if (this.#maps === null) return [];
    const layout = this.#layout;
    const counts = this.#counts.fill(0);
    for (let i = 0; i < units.length; i++) {
      if (layout.positionOf(units[i]) >= 0) counts[layout.channelOf(units[i])]++;
    }
    const size = this.#maps.measures.length;
    const means = new Float64Array(size);
    const variances = new Float64Array(size);
    const defined = new Uint32Array(size);
    for (let channel = 0; channel < counts.length; channel++) {
      if (counts[channel] < LEAST_PER_CHANNEL) continue;
      const { mean, variance } = this.#maps.at(counts[channel]);
      for (let m = 0; m < size; m++) {
        if (Number.isNaN(mean[m])) continue;
        means[m] += mean[m];
        variances[m] += variance[m];
        defined[m]++;
      }
    }
    return Array.from(
      defined,
      (over, m) => over === 0 ? null : { mean: means[m] / over, deviation: Math.sqrt(variances[m]) / over },
    );
  }
}
