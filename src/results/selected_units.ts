import { z } from "zod";
import { oneLine } from "../errors.ts";
import { decodeUnits, encodeUnits } from "./_unit_list.ts";
import type { Results } from "./results.ts";

/** Networks with more selected units than this, over all layers, targets and both halves, are left out of the file. */
const MOST_UNITS = 1_000_000;

/** Units of one layer that a run selected, `[half][target]`, ascending. */
export type SelectedOfLayer = readonly (readonly Uint32Array[])[];

/**
 * The units that a run's main criterion selects on either half of the first split, by network and layer: what
 * `selected.json` holds. Targets are in the order of the results.
 */
export type SelectedUnits = ReadonlyMap<string, ReadonlyMap<string, SelectedOfLayer>>;

const form = z.object({
  format: z.literal(1),
  run: z.string(),
  networks: z.record(z.string(), z.record(z.string(), z.array(z.array(z.string())).length(2))),
});

/**
 * The text of `selected.json`.
 *
 * @param results The run's.
 */
export function serializeSelected({ id }: Pick<Results, "id">, selected: SelectedUnits): string {
  const networks = Object.fromEntries(
    [...selected].filter(([, layers]) => countUnits(layers) <= MOST_UNITS).map(([network, layers]) => [
      network,
      Object.fromEntries([...layers].map(([layer, halves]) => [layer, halves.map((half) => half.map(encodeUnits))])),
    ]),
  );
  return `${JSON.stringify({ format: 1, run: id, networks })}\n`;
}

/**
 * Reads the text of `selected.json`.
 *
 * @throws {Error} where it is none, with one sentence on what was found.
 */
export function parseSelected(text: string, name = "selected.json"): SelectedUnits {
  try {
    const { networks } = form.parse(JSON.parse(text));
    return new Map(
      Object.entries(networks).map(([network, layers]) => [
        network,
        new Map(Object.entries(layers).map(([layer, halves]) => [layer, halves.map((half) => half.map(decodeUnits))])),
      ]),
    );
  } catch (error) {
    throw new Error(`Cannot read the selected units in "${name}": ${oneLine((error as Error).message)}`, {
      cause: error,
    });
  }
}

function countUnits(layers: ReadonlyMap<string, SelectedOfLayer>): number {
  return [...layers.values()].flat(2).reduce((sum, { length }) => sum + length, 0);
}
