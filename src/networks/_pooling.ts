import type { GraphParts, Map3 } from "./_graph_parts.ts";

/** Windows of a max pool; they may overlap. */
export interface MaxPoolOptions {
  readonly side: number;
  readonly stride: number;
  /** Rows and columns added on every side, which never are the maximum; none by default. */
  readonly padding?: number;
  /** Name of the result. */
  readonly name?: string;
}

/** The largest value in each window. */
export function maxPool(parts: GraphParts, { value, shape }: Map3, options: MaxPoolOptions): Map3 {
  const { side, stride, padding = 0, name } = options;
  const [channels, rows, columns] = shape;
  const size = (extent: number): number => Math.floor((extent + 2 * padding - side) / stride) + 1;
  const attributes = {
    kernel_shape: [side, side],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  };
  return {
    value: parts.graph.node("MaxPool", [value], attributes, name),
    shape: [channels, size(rows), size(columns)],
  };
}

/** The mean of each channel over the whole map, `[batch, channels]`; the result is called `name`, where one is given. */
export function channelMeans(parts: GraphParts, { value }: Map3, name?: string): string {
  return parts.graph.node("Flatten", [parts.graph.node("GlobalAveragePool", [value])], { axis: 1 }, name);
}
