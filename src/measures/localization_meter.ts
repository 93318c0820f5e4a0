import type { Localization } from "./localization.ts";
import { type Measure, unmeasured } from "./measure.ts";
import { TapLayout } from "./tap_layout.ts";

/** A channel's map counts where it holds at least this many selected units: fewer have no pattern. */
export const LEAST_PER_CHANNEL = 4;
/** Cells of a map per side, fewer where the map is smaller. */
export const CELLS_PER_SIDE = 4;

const NOTHING = unmeasured("no unit is selected");
const NO_POSITIONS = unmeasured("the tap has no positions");
const TOO_FEW = unmeasured(`no channel holds ${LEAST_PER_CHANNEL} selected units`);
const FULL = unmeasured("every channel with selected units is selected throughout");
const ONE_POSITION = unmeasured("the map has one position per cell: concentration would follow from the count alone");
const NO_CHANNELS = unmeasured("the tap has a single channel");
const ONE_EACH = unmeasured("channels of one unit: concentration would follow from the count alone");

/**
 * Whether a map is cut into cells of several positions. Where every cell holds one, as in maps of at most 4 × 4 positions, the
 * entropy, Gini and peak of the cells follow from how many are selected.
 */
export function hasCells({ rows, columns }: TapLayout): boolean {
  return rows > CELLS_PER_SIDE || columns > CELLS_PER_SIDE;
}

/**
 * Measures where selected units of one tap are, again and again with the same buffers; the work grows with the units selected.
 *
 * **Within maps**, averaged over the channels that hold at least {@linkcode LEAST_PER_CHANNEL} selected units. A channel's map is
 * cut into at most 4 × 4 cells, because at single positions entropy, Gini and peak share would follow from the count alone: so
 * they do in maps of at most 4 × 4 positions, which have none of the three. A cell counts by the share of its positions that is
 * selected, so that cells of unequal size compare. Moran's I (Moran 1950,
 * doi:10.1093/biomet/37.1-2.17) is taken at single positions, selected or not, with weight 1 for neighbours by an edge (rook) and
 * 0 for all others; a map selected throughout has none.
 *
 * **Across channels**: normalized entropy and Gini's coefficient of the number of selected units per channel, empty channels
 * included.
 *
 * All are biased by how many units are selected. The fair reference is as many placed at random: anywhere in the tap for the
 * statistics across channels; within each channel as many as it holds for those within maps, so that the two do not mix.
 */
export class LocalizationMeter {
  /** Where the tap's units stand. */
  readonly layout: TapLayout;
  readonly #counts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #mark: Uint8Array;
  readonly #cellOf: Uint8Array;
  readonly #cellSize: Float64Array;
  readonly #cells: Float64Array;
  readonly #links: number;
  readonly #hasCells: boolean;
  #byChannel = new Uint32Array(0);
  #ofCount = new Uint32Array(0);

  /**
   * Prepares the buffers for a tap.
   *
   * @param shape Shape without the batch.
   * @throws {RangeError} where the shape is not one of positive whole numbers.
   */
  constructor(shape: readonly number[]) {
    const layout = this.layout = new TapLayout(shape);
    const { rows, columns, positions } = layout;
    this.#counts = new Uint32Array(layout.channels);
    this.#starts = new Uint32Array(layout.channels + 1);
    this.#mark = new Uint8Array(positions);
    this.#links = 2 * (rows * (columns - 1) + columns * (rows - 1));
    this.#hasCells = hasCells(layout);
    const down = Math.min(rows, CELLS_PER_SIDE);
    const along = Math.min(columns, CELLS_PER_SIDE);
    this.#cellOf = new Uint8Array(positions);
    this.#cellSize = new Float64Array(down * along);
    this.#cells = new Float64Array(down * along);
    for (let position = 0; position < positions; position++) {
      const row = Math.floor(Math.floor(position / columns) * down / rows);
      const column = Math.floor(position % columns * along / columns);
      const cell = row * along + column;
      this.#cellOf[position] = cell;
      this.#cellSize[cell]++;
    }
  }

  /**
   * Measures one selection.
   *
   * @param units Indices of the selected units, distinct, in any order.
   * @throws {RangeError} where an index is outside the tap.
   */
  measure(units: Uint32Array): Localization {
    const { layout } = this;
    this.#counts.fill(0);
    for (let i = 0; i < units.length; i++) {
      if (units[i] >= layout.units) {
        throw new RangeError(`Cannot localize unit ${units[i]}; expected one of ${layout.units}`);
      }
      this.#counts[layout.channelOf(units[i])]++;
    }
    return { within: this.#within(units), across: this.#across(units.length) };
  }

  #across(selected: number): Localization["across"] {
    const { channels, unitsPerChannel } = this.layout;
    const none = selected === 0 ? NOTHING : channels < 2 ? NO_CHANNELS : unitsPerChannel < 2 ? ONE_EACH : null;
    if (none) return { entropy: none, gini: none };
    return {
      entropy: { value: entropyOf(this.#counts, selected) },
      gini: { value: this.#giniOfCounts(selected) },
    };
  }

  #within(units: Uint32Array): Localization["within"] {
    const { positions } = this.layout;
    if (positions === 0) return all(NO_POSITIONS);
    if (units.length === 0) return all(NOTHING);
    this.#sortByChannel(units);
    let channels = 0;
    let mixed = 0;
    let entropy = 0;
    let gini = 0;
    let peak = 0;
    let moran = 0;
    for (let channel = 0; channel < this.layout.channels; channel++) {
      const start = this.#starts[channel];
      const end = this.#starts[channel + 1];
      if (end - start < LEAST_PER_CHANNEL) continue;
      channels++;
      if (this.#hasCells) {
        const total = this.#fillCells(start, end);
        entropy += entropyOf(this.#cells, total);
        let largest = 0;
        for (let i = 0; i < this.#cells.length; i++) if (this.#cells[i] > largest) largest = this.#cells[i];
        peak += largest / total;
        gini += giniOf(this.#cells.sort(), total);
      }
      if (end - start < positions) {
        mixed++;
        moran += this.#moran(start, end);
      }
    }
    if (channels === 0) return all(TOO_FEW);
    const overCells = (sum: number): Measure => (this.#hasCells ? { value: sum / channels } : ONE_POSITION);
    return {
      entropy: overCells(entropy),
      gini: overCells(gini),
      moran: mixed === 0 ? FULL : { value: moran / mixed },
      peak: overCells(peak),
    };
  }

  /** Positions of the selected units grouped by channel; class tokens are left out. */
  #sortByChannel(units: Uint32Array): void {
    const { layout } = this;
    if (this.#byChannel.length < units.length) this.#byChannel = new Uint32Array(units.length);
    const starts = this.#starts;
    starts.fill(0);
    for (let i = 0; i < units.length; i++) {
      if (layout.positionOf(units[i]) >= 0) starts[layout.channelOf(units[i]) + 1]++;
    }
    for (let channel = 0; channel < layout.channels; channel++) starts[channel + 1] += starts[channel];
    // Each start moves to its channel's end while the channel fills, and so becomes the next one's start.
    for (let i = 0; i < units.length; i++) {
      const position = layout.positionOf(units[i]);
      if (position >= 0) this.#byChannel[starts[layout.channelOf(units[i])]++] = position;
    }
    starts.copyWithin(1, 0, layout.channels);
    starts[0] = 0;
  }

  /** The share of each cell's positions that is selected; returns their sum. */
  #fillCells(start: number, end: number): number {
    const cells = this.#cells.fill(0);
    for (let i = start; i < end; i++) cells[this.#cellOf[this.#byChannel[i]]]++;
    let total = 0;
    for (let i = 0; i < cells.length; i++) total += cells[i] /= this.#cellSize[i];
    return total;
  }

  /** Moran's I of a binary map from its selected positions alone: the rest enters through the mean. */
  #moran(start: number, end: number): number {
    const { rows, columns, positions } = this.layout;
    const mark = this.#mark;
    for (let i = start; i < end; i++) mark[this.#byChannel[i]] = 1;
    let joined = 0;
    let degrees = 0;
    for (let i = start; i < end; i++) {
      const position = this.#byChannel[i];
      const column = position % columns;
      if (column > 0) {
        degrees++;
        joined += mark[position - 1];
      }
      if (column < columns - 1) {
        degrees++;
        joined += mark[position + 1];
      }
      if (position >= columns) {
        degrees++;
        joined += mark[position - columns];
      }
      if (position < (rows - 1) * columns) {
        degrees++;
        joined += mark[position + columns];
      }
    }
    for (let i = start; i < end; i++) mark[this.#byChannel[i]] = 0;
    const selected = end - start;
    const mean = selected / positions;
    const products = joined - 2 * mean * degrees + mean * mean * this.#links;
    return positions / this.#links * products / (selected * (1 - mean));
  }

  /** Gini's coefficient of the counts, which are small whole numbers: counted instead of sorted. */
  #giniOfCounts(selected: number): number {
    const counts = this.#counts;
    let largest = 0;
    for (let i = 0; i < counts.length; i++) if (counts[i] > largest) largest = counts[i];
    if (this.#ofCount.length <= largest) this.#ofCount = new Uint32Array(largest + 1);
    const ofCount = this.#ofCount.fill(0, 0, largest + 1);
    for (let i = 0; i < counts.length; i++) ofCount[counts[i]]++;
    let ranked = 0;
    let rank = ofCount[0];
    for (let value = 1; value <= largest; value++) {
      const many = ofCount[value];
      ranked += value * (many * rank + many * (many + 1) / 2);
      rank += many;
    }
    const channels = counts.length;
    return Math.max(0, 2 * ranked / (channels * selected) - (channels + 1) / channels);
  }
}

function all(none: Measure): Localization["within"] {
  return { entropy: none, gini: none, moran: none, peak: none };
}

function entropyOf(values: Uint32Array | Float64Array, total: number): number {
  let entropy = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    const share = values[i] / total;
    entropy -= share * Math.log(share);
  }
  return Math.min(1, Math.max(0, entropy / Math.log(values.length)));
}

function giniOf(sorted: Float64Array, total: number): number {
  const count = sorted.length;
  let ranked = 0;
  for (let i = 0; i < count; i++) ranked += (i + 1) * sorted[i];
  return Math.max(0, 2 * ranked / (count * total) - (count + 1) / count);
}
