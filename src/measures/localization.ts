import type { Measure } from "./measure.ts";
import { LocalizationMeter } from "./localization_meter.ts";
import { selectedUnits, type Selection } from "./selected_units.ts";

/** Where in a tap the selected units are. */
export interface Localization {
  /** Over each channel's map, averaged over the channels with at least four selected units. */
  readonly within: {
    /** Normalized entropy over the cells of a channel's map, in 0–1; 1 where spread evenly. None in maps of at most 4 × 4. */
    readonly entropy: Measure;
    /** Gini's coefficient over the cells of a channel's map, in 0–1; 0 where spread evenly. None in maps of at most 4 × 4. */
    readonly gini: Measure;
    /** Moran's I of a channel's map; above 0 where selected positions adjoin. */
    readonly moran: Measure;
    /** Share of the fullest cell of a channel's map, in 0–1. None in maps of at most 4 × 4. */
    readonly peak: Measure;
  };
  /** Over channels. */
  readonly across: {
    /** Normalized entropy of selected units over channels, in 0–1; 1 where spread evenly. */
    readonly entropy: Measure;
    /** Gini's coefficient of selected units over channels, in 0–1; 0 where spread evenly. */
    readonly gini: Measure;
  };
}

/**
 * Where in a tap the selected units are, within the maps of channels and across channels. To measure many selections of one tap,
 * such as random placements, make one {@linkcode LocalizationMeter}, which documents the definitions.
 *
 * @param input.selected The selected units.
 * @param input.shape The tap's shape without the batch.
 * @throws {RangeError} where the shape is not one of positive whole numbers, or a mask does not fit it.
 */
export function localization(
  { selected, shape }: { selected: Selection; shape: readonly number[] },
): Localization {
  const meter = new LocalizationMeter(shape);
  if (selected instanceof Uint8Array && selected.length !== meter.layout.units) {
    throw new RangeError(`Cannot localize a selection of ${selected.length} units; expected ${meter.layout.units}`);
  }
  return meter.measure(selectedUnits(selected));
}
