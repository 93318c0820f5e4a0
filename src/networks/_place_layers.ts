import type { Layer } from "./network.ts";

/** A layer before its depth is known. */
export interface LayerEntry {
  readonly name: string;
  readonly value: string;
  readonly shape: readonly number[];
  readonly stage?: string;
}

/** Gives layers, listed from input to output, their normalized depth. */
export function placeLayers(entries: readonly LayerEntry[]): Layer[] {
  return entries.map(({ shape, ...entry }, index) => ({
    ...entry,
    shape: [...shape],
    depth: entries.length === 1 ? 0 : index / (entries.length - 1),
    units: shape.reduce((product, size) => product * size, 1),
  }));
}
