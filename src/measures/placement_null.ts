import { drawHypergeometric, logFactorials, Random } from "../statistics/mod.ts";
import { LayerLayout } from "./layer_layout.ts";
import { LEAST_PER_CHANNEL, type Measured, type PlacementMeasure } from "./measure.ts";
import { hasCells, PlacementMeter, placementReason } from "./placement.ts";

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

/** From so many units a part on, drawing counts of parts takes less time than drawing units. */
const DRAWN_PER_PART = 4;
/**
 * Statistics of cells are simulated so many times as often. Their expectation is taken from what every channel holds, so that its
 * error, unlike that of the statistic, does not average out over channels; it must be small beside that of the images.
 */
const MORE_FOR_CELLS = 20;

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

/** Places as many units at random and measures them, again and again. */
type Drawing = (count: number, random: Random) => () => readonly Measured[];

/** Draws places one by one, of a layer or a single map. */
function unitByUnit(meter: PlacementMeter): Drawing {
  let pool = new Uint32Array(0);
  return (count, random) => {
    if (pool.length === 0) pool = new Uint32Array(meter.layout.units);
    // Earlier draws must not show in these, or a network's null would depend on what was measured before it.
    for (let i = 0; i < pool.length; i++) pool[i] = i;
    return () => {
      for (let i = 0; i < count; i++) {
        const j = i + random.integer(pool.length - i);
        const drawn = pool[j];
        pool[j] = pool[i];
        pool[i] = drawn;
      }
      return meter.measure(pool.subarray(0, count));
    };
  };
}

/**
 * Draws how many units each part gets, the same in distribution; for measures that ask for no more.
 *
 * @param sizes Places of each part: the channels of a layer, the cells of a map.
 */
function partByPart(
  sizes: ArrayLike<number>,
  measure: (counts: Uint32Array, selected: number) => readonly Measured[],
): Drawing {
  const units = Array.from(sizes).reduce((sum, size) => sum + size, 0);
  const counts = new Uint32Array(sizes.length);
  let table: Float64Array | undefined;
  return (count, random) => () => {
    table ??= logFactorials(units);
    let total = units;
    let drawn = count;
    for (let part = 0; part < counts.length; part++) {
      counts[part] = drawHypergeometric(random, { total, marked: sizes[part], drawn }, table);
      total -= sizes[part];
      drawn -= counts[part];
    }
    return measure(counts, count);
  };
}

/** Units one by one where they are few for the parts that they fall into, else how many each part gets. */
function quicker(parts: number, few: Drawing, many: Drawing): Drawing {
  return (count, random) => (count < DRAWN_PER_PART * parts ? few : many)(count, random);
}

/** Random placements of one kind, simulated once a count. */
class Placements {
  /** How many measures are taken. */
  readonly measures: number;
  readonly #units: number;
  readonly #draws: { readonly placements: number; readonly seed: number };
  readonly #name: string;
  readonly #drawing: Drawing;
  readonly #known: Map<number, Simulated> = new Map();
  readonly #rows: Map<number, Simulated> = new Map();

  constructor(
    { measures, units, name, drawing, ...draws }: {
      /** How many. */
      readonly measures: number;
      /** How many places there are. */
      readonly units: number;
      readonly name: string;
      readonly drawing: Drawing;
      readonly placements: number;
      readonly seed: number;
    },
  ) {
    this.measures = measures;
    this.#units = units;
    this.#name = name;
    this.#drawing = drawing;
    this.#draws = draws;
  }

  /** Mean and variance at a count, interpolated over the logarithm of the count and kept. */
  at(count: number): Simulated {
    const known = this.#rows.get(count);
    if (known) return known;
    const low = gridBelow(count);
    const high = Math.min(gridAbove(count), this.#units);
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
    const place = this.#drawing(count, new Random(seed, `${this.#name} ${count}`));
    const mean = new Float64Array(this.measures);
    const m2 = new Float64Array(this.measures);
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
  readonly #cells: Placements | null;
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
    const { rows, columns, positions, channels, units, unitsPerChannel } = layout;
    const meterOf = (shape: readonly number[], over: PlacementMeasure["over"]): PlacementMeter =>
      new PlacementMeter(new LayerLayout(shape), measures.filter((measure) => measure.over === over));
    const map = [1, rows, columns];
    const name = `placement within ${rows}×${columns}`;
    const within = { units: positions, seed };
    this.#maps = this.#cells = null;
    if (positions > 1) {
      const maps = meterOf(map, "maps");
      const { length } = maps.measures;
      this.#maps = new Placements({ ...within, measures: length, placements, name, drawing: unitByUnit(maps) });
    }
    if (hasCells(layout)) {
      const cells = meterOf(map, "cells");
      this.#cells = new Placements({
        ...within,
        measures: cells.measures.length,
        placements: MORE_FOR_CELLS * placements,
        name: `${name}, cells`,
        drawing: quicker(
          cells.cellSizes.length,
          unitByUnit(cells),
          partByPart(cells.cellSizes, (counts, selected) => cells.measureCells(counts, selected)),
        ),
      });
    }
    const across = meterOf(shape, "channels");
    this.#channels = new Placements({
      units,
      seed,
      measures: across.measures.length,
      placements,
      name: `placement across ${channels}×${unitsPerChannel}`,
      drawing: quicker(
        channels,
        unitByUnit(across),
        partByPart(
          new Uint32Array(channels).fill(unitsPerChannel),
          (counts, selected) => across.measureCounts({ counts, selected }),
        ),
      ),
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
    const counts = this.#countPositions(units);
    const within = { cells: overMaps(this.#cells, counts), maps: overMaps(this.#maps, counts) };
    const across = units.length === 0 ? null : this.#channels;
    const next = { cells: 0, maps: 0, channels: 0 };
    return this.#measures.map((measure) => {
      const m = next[measure.over]++;
      if (placementReason(measure, this.#layout, units.length) !== null) return null;
      if (measure.over !== "channels") return within[measure.over][m] ?? null;
      const { mean, variance } = across!.at(units.length);
      return { mean: mean[m], deviation: Math.sqrt(variance[m]) };
    });
  }

  /** How many of the units each channel's map holds; class tokens are left out. */
  #countPositions(units: Uint32Array): Uint32Array {
    const layout = this.#layout;
    const counts = this.#counts.fill(0);
    for (let i = 0; i < units.length; i++) {
      if (layout.positionOf(units[i]) >= 0) counts[layout.channelOf(units[i])]++;
    }
    return counts;
  }
}

/** The expectation of the mean over the maps that hold enough selected units; none where there are no maps. */
function overMaps(placements: Placements | null, counts: Uint32Array): (PlacementSpread | null)[] {
  if (placements === null || placements.measures === 0) return [];
  const means = new Float64Array(placements.measures);
  const variances = new Float64Array(placements.measures);
  const defined = new Uint32Array(placements.measures);
  for (let channel = 0; channel < counts.length; channel++) {
    if (counts[channel] < LEAST_PER_CHANNEL) continue;
    const { mean, variance } = placements.at(counts[channel]);
    for (let m = 0; m < mean.length; m++) {
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
