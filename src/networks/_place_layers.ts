import type { GraphBuilder } from "../onnx/mod.ts";
import { weightedDepths } from "./_weighted_depths.ts";
import type { Layer } from "./network.ts";

/** A layer before its depth is known. */
export interface LayerEntry {
  readonly name: string;
  readonly value: string;
  readonly shape: readonly number[];
  readonly stage?: string;
}

/** Where layers lie. */
export interface Place {
  /** What computes them. */
  readonly graph: GraphBuilder;
  /** Name of the image. */
  readonly input: string;
  /** What the whole network ends in. @default the last of the layers */
  readonly ends?: readonly string[];
}

/** Gives layers, listed from input to output, their normalized depth. */
export function placeLayers(entries: readonly LayerEntry[], { graph, input, ends }: Place): Layer[] {
  const depths = weightedDepths(graph, input);
  const whole = Math.max(...(ends ?? entries.slice(-1).map(({ value }) => value)).map((name) => depths.get(name) ?? 0));
  return entries.map(({ shape, ...entry }) => ({
    ...entry,
    shape: [...shape],
    // A graph without weights has no depth to speak of.
    depth: whole === 0 ? 0 : Math.min(1, depths.get(entry.value)! / whole),
    units: shape.reduce((product, size) => product * size, 1),
  }));
}
