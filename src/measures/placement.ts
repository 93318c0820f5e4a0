import type { LayerLayout } from "./layer_layout.ts";
import { type ChannelCounts, LEAST_PER_CHANNEL, type Measured, type PlacementMeasure, unmeasured } from "./measure.ts";

/** Cells of a map per side, fewer where the map is smaller. */
const CELLS_PER_SIDE = 4;

const NOTHING = unmeasured("no unit is selected");
const NO_POSITIONS = unmeasured("the layer has no positions");
const TOO_FEW = unmeasured(`no channel holds ${LEAST_PER_CHANNEL} selected units`);
const UNDEFINED = unmeasured("every channel with selected units is selected throughout");
const ONE_POSITION = unmeasured("the map has one position per cell: concentration would follow from the count alone");
const NO_CHANNELS = unmeasured("the layer has a single channel");
const ONE_EACH = unmeasured("channels of one unit: concentration would follow from the count alone");

/** Whether maps are cut into cells of several positions; where not, statistics of cells follow from the count. */
export function hasCells({ rows, columns }: LayerLayout): boolean {
  return rows > CELLS_PER_SIDE || columns > CELLS_PER_SIDE;
}

/** Whether a statistic can be taken in a layer at all; why not, where it cannot. */
export function placementReason(measure: PlacementMeasure, layout: LayerLayout, selected: number): Measured | null {
  if (measure.over === "channels") {
    if (selected === 0) return NOTHING;
    return layout.channels < 2 ? NO_CHANNELS : layout.unitsPerChannel < 2 ? ONE_EACH : null;
  }
  if (layout.positions === 0) return NO_POSITIONS;
  if (selected === 0) return NOTHING;
  return measure.over === "cells" && !hasCells(layout) ? ONE_POSITION : null;
}

/**
 * Measures where the selected units of one layer are, again and again with the same buffers; the work grows with the units
 * selected. All statistics are biased by how many units are selected: the fair reference is as many placed at random.
 */
export class PlacementMeter {
  /** Where the units of the layer stand. */
  readonly layout: LayerLayout;
  /** What is measured, in the order of the values that come out. */
  readonly measures: readonly PlacementMeasure[];
  readonly #counts: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #marks: Uint8Array;
  readonly #cellOf: Uint8Array;
  readonly #cellSize: Float64Array;
  readonly #cells: Float64Array;
  #byChannel = new Uint32Array(0);

  /**
   * Prepares the buffers for a layer.
   *
   * @param measures What to measure, in the order of the values that come out.
   */
  constructor(layout: LayerLayout, measures: readonly PlacementMeasure[]) {
    this.layout = layout;
    this.measures = measures;
    const { rows, columns, positions } = layout;
    this.#counts = new Uint32Array(layout.channels);
    this.#starts = new Uint32Array(layout.channels + 1);
    this.#marks = new Uint8Array(positions);
    const down = Math.min(rows, CELLS_PER_SIDE);
    const along = Math.min(columns, CELLS_PER_SIDE);
    this.#cellOf = new Uint8Array(positions);
    this.#cellSize = new Float64Array(down * along);
    this.#cells = new Float64Array(down * along);
    for (let position = 0; position < positions; position++) {
      const row = Math.floor(Math.floor(position / columns) * down / rows);
      const column = Math.floor(position % columns * along / columns);
      this.#cellOf[position] = row * along + column;
      this.#cellSize[row * along + column]++;
    }
  }

  /**
   * Measures one selection.
   *
   * @param units Indices of the selected units, distinct, in any order.
   * @returns One number a measure.
   * @throws {RangeError} where an index is outside the layer.
   */
  measure(units: Uint32Array): Measured[] {
    const { layout, measures } = this;
    const counts = this.#counts.fill(0);
    for (let i = 0; i < units.length; i++) {
      if (units[i] >= layout.units) {
        throw new RangeError(`Cannot measure the place of unit ${units[i]}; expected one of ${layout.units}`);
      }
      counts[layout.channelOf(units[i])]++;
    }
    const found = this.#reasons(units.length);
    const onMaps = measures.flatMap((measure, m) => measure.over !== "channels" && found[m] === null ? [m] : []);
    const means = this.#overMaps(units, onMaps.map((m) => measures[m]));
    onMaps.forEach((m, i) => found[m] = means[i]);
    return this.#acrossChannels({ counts, selected: units.length }, found);
  }

  /**
   * The same from how many units of each channel are selected, where no measure asks for their places within maps.
   *
   * @param counts `[channels]`.
   */
  measureCounts(counts: ChannelCounts): Measured[] {
    return this.#acrossChannels(counts, this.#reasons(counts.selected));
  }

  /** Positions of each cell of a map. */
  get cellSizes(): Float64Array {
    return this.#cellSize;
  }

  /**
   * The same of a single map from how many units of each of its cells are selected, where no measure asks for their places.
   *
   * @param counts `[cells]`.
   */
  measureCells(counts: Uint32Array, selected: number): Measured[] {
    const cells = this.#cells;
    for (let i = 0; i < cells.length; i++) cells[i] = counts[i] / this.#cellSize[i];
    const found = this.#reasons(selected);
    return this.measures.map((measure, m) =>
      found[m] ?? { value: (measure as { ofCells(cells: Float64Array): number }).ofCells(cells) }
    );
  }

  #reasons(selected: number): (Measured | null)[] {
    return this.measures.map((measure) => placementReason(measure, this.layout, selected));
  }

  #acrossChannels(counts: ChannelCounts, found: readonly (Measured | null)[]): Measured[] {
    return this.measures.map((measure, m) =>
      found[m] ?? { value: (measure as { ofCounts(c: ChannelCounts): number }).ofCounts(counts) }
    );
  }

  /** Averages statistics over the channels that hold enough selected units. */
  #overMaps(units: Uint32Array, measures: readonly PlacementMeasure[]): Measured[] {
    if (measures.length === 0) return [];
    this.#sortByChannel(units);
    const sums = new Float64Array(measures.length);
    const defined = new Uint32Array(measures.length);
    let channels = 0;
    const { rows, columns } = this.layout;
    for (let channel = 0; channel < this.layout.channels; channel++) {
      const positions = this.#byChannel.subarray(this.#starts[channel], this.#starts[channel + 1]);
      if (positions.length < LEAST_PER_CHANNEL) continue;
      channels++;
      const cells = this.#cells.fill(0);
      for (let i = 0; i < positions.length; i++) {
        this.#marks[positions[i]] = 1;
        cells[this.#cellOf[positions[i]]]++;
      }
      for (let i = 0; i < cells.length; i++) cells[i] /= this.#cellSize[i];
      const map = { selected: positions.length, rows, columns, positions, marks: this.#marks };
      for (let m = 0; m < measures.length; m++) {
        const measure = measures[m] as Exclude<PlacementMeasure, { over: "channels" }>;
        const value = measure.over === "cells" ? measure.ofCells(cells) : measure.ofMap(map);
        if (value === null) continue;
        sums[m] += value;
        defined[m]++;
      }
      for (let i = 0; i < positions.length; i++) this.#marks[positions[i]] = 0;
    }
    return measures.map((_, m) =>
      channels === 0 ? TOO_FEW : defined[m] === 0 ? UNDEFINED : { value: sums[m] / defined[m] }
    );
  }

  /** Positions of the selected units grouped by channel; class tokens are left out. */
  #sortByChannel(units: Uint32Array): void {
    const { layout } = this;
    if (this.#byChannel.length < units.length) this.#byChannel = new Uint32Array(units.length);
    const starts = this.#starts.fill(0);
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
}
