import { join } from "node:path";
import type { Criterion } from "../criteria/mod.ts";
import {
  type DerivedConditions,
  localize,
  type LocalizedLayer,
  type StrictestContrast,
  strictestContrast,
} from "../localize/mod.ts";
import { LayerLayout } from "../measures/mod.ts";
import type { Recording } from "../recording/mod.ts";
import { type UnitTable, writeUnitTable } from "../results/mod.ts";
import { fileNames } from "./file_names.ts";

/** What {@linkcode writeUnits} is asked to do. */
export interface WriteUnitsOptions {
  /** The network's id. */
  readonly network: string;
  readonly family: string;
  readonly recording: Recording;
  /** What makes a unit selective. */
  readonly criterion: Criterion;
  readonly targets: readonly string[];
  /** Conditions made from the images of others, each with its source. */
  readonly derived?: DerivedConditions;
  /** As the analysis was told; the units that pass it are marked beside the selected ones. */
  readonly fixedThreshold?: number;
  /** Decides which blocks are in which half. */
  readonly seed?: number;
  /** Every unit, or those alone that either half selects, or measures, for some target. */
  readonly which: "selected" | "all";
}

/**
 * Writes `<directory>/<network>/<layer>.parquet` for every layer, one after the other, so that memory holds one layer's tables.
 *
 * Means, variances, t and corrected p are over all images; a unit's selection stands for each half of the first split by
 * itself. The t is the smallest over the other conditions (Welch), and the corrected p the largest: one-sided,
 * Benjamini–Hochberg over the layer's units, whichever criterion selects.
 */
export async function writeUnits(directory: string, options: WriteUnitsOptions): Promise<void> {
  const { network, recording } = options;
  const names = fileNames(recording.header.layers.map(({ name }) => name));
  let index = 0;
  for await (const layer of localize({ ...options, measures: [] })) {
    await writeUnitTable(join(directory, network, `${names[index++]}.parquet`), tabulate(layer, options));
  }
}

function tabulate(
  localized: LocalizedLayer,
  { network, family, recording, targets, which }: WriteUnitsOptions,
): UnitTable {
  const { conditions } = recording.header;
  const { layer, moments, selections, measured } = localized;
  const every = Uint32Array.from({ length: layer.units }, (_, unit) => unit);
  const isSelected = (unit: number): boolean =>
    [...selections, ...measured].some((half) => half.some(({ mask }) => mask[unit] === 1));
  const rows = which === "all" ? every : every.filter(isSelected);
  const layout = new LayerLayout(layer.shape);
  const placed = layout.rows > 0;
  const positions = Int32Array.from(rows, (unit) => layout.positionOf(unit));
  return {
    network,
    family,
    layer: layer.name,
    unit: rows,
    channel: Int32Array.from(rows, (unit) => layout.channelOf(unit)),
    row: placed ? positions.map((at) => (at < 0 ? -1 : Math.floor(at / layout.columns))) : null,
    column: placed ? positions.map((at) => (at < 0 ? -1 : at % layout.columns)) : null,
    conditions: conditions.map((name, k) => ({
      name,
      n: moments[k].n,
      mean: Float32Array.from(rows, (unit) => moments[k].mean[unit]),
      variance: Float32Array.from(rows, (unit) => moments[k].m2[unit] / (moments[k].n - 1)),
    })),
    categories: targets.map((name, index) => ({
      name,
      ...ofRows(strictestContrast(moments, conditions.indexOf(name)), rows),
      selected: selections.map((half) => Uint8Array.from(rows, (unit) => half[index].mask[unit])),
      measured: measured.map((half) => Uint8Array.from(rows, (unit) => half[index].mask[unit])),
    })),
  };
}

function ofRows({ t, q }: StrictestContrast, rows: Uint32Array): Pick<StrictestContrast, "t" | "q"> {
  return { t: Float64Array.from(rows, (unit) => t[unit]), q: Float64Array.from(rows, (unit) => q[unit]) };
}
