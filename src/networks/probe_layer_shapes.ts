import { oneLine } from "../errors.ts";
import type { Layer, Network } from "./network.ts";

/** Runs a graph once; what {@linkcode probeLayerShapes} needs of a device. */
export type RunOnce = (
  model: Uint8Array,
  feeds: Readonly<Record<string, { readonly data: Float32Array; readonly shape: readonly number[] }>>,
) => Promise<Readonly<Record<string, { readonly data: ArrayLike<unknown>; readonly shape: readonly number[] }>>>;

/**
 * Gives layers the shapes that a run has shown.
 *
 * @param shapes By layer, without the batch.
 * @throws {Error} where a layer's shape is missing or empty of units.
 */
export function withLayerShapes(network: Network, shapes: ReadonlyMap<string, readonly number[]>): Network {
  const layers = network.layers.map((layer): Layer => {
    const shape = shapes.get(layer.name);
    const units = shape?.reduce((product, size) => product * size, 1) ?? 0;
    if (shape === undefined || units < 1) {
      throw new Error(
        `Cannot record "${layer.name}": its shape is [${shape ?? "unknown"}]; expected at least one unit`,
      );
    }
    return { ...layer, shape, units };
  });
  return { ...network, layers };
}

/**
 * Finds the shapes of a network's layers by running it once on two blank images.
 *
 * @param run On any device.
 * @throws {Error} where the graph cannot take two images at once, or a layer is not float32 with the batch first.
 */
export async function probeLayerShapes(network: Network, run: RunOnce): Promise<Network> {
  const graph = network.graph.clone();
  for (const { value } of network.layers) graph.output(value);
  const { name, shape } = network.input;
  const data = new Float32Array(2 * shape[0] * shape[1] * shape[2]);
  const results = await run(graph.toBytes(), { [name]: { data, shape: [2, ...shape] } }).catch((error: Error) => {
    throw new Error(
      `Cannot run the ONNX file on two images of [${shape.join(", ")}] at once: ${oneLine(error.message)}`,
      { cause: error },
    );
  });
  const shapes = new Map(network.layers.map(({ name, value }): [string, number[]] => {
    const { data, shape: [batch, ...rest] } = results[value];
    if (batch !== 2 || !(data instanceof Float32Array)) {
      const type = data instanceof Float32Array ? "float32" : "of another type than float32";
      throw new Error(
        `Cannot record "${name}": two images give it ${type}, shape [${results[value].shape.join(", ")}]; ` +
          `expected float32 with the batch first`,
      );
    }
    return [name, rest];
  }));
  return withLayerShapes(network, shapes);
}
