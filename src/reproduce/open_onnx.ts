import type { Device } from "../devices/mod.ts";
import { buildOnnxNetwork, defaultLayers, type Network, probeLayerShapes } from "../networks/mod.ts";

/** How an ONNX model is opened. */
export interface OpenOnnxOptions {
  /** Names of values in the graph. @default what `defaultLayers` chooses */
  readonly layers?: readonly string[];
  /** Side of the images that it will be shown. */
  readonly side: number;
  /** Runs the graph once, to see the shapes of its layers. */
  readonly device: Device;
}

/**
 * Makes a network of an ONNX model.
 *
 * @param model A model that holds its weights.
 * @throws {Error} where it is no such model, takes other images, or a layer is no float32 value with the batch first.
 */
export async function openOnnx(model: Uint8Array, { layers, side, device }: OpenOnnxOptions): Promise<Network> {
  const network = buildOnnxNetwork(model, { layers: layers ?? defaultLayers(model), side });
  const [, rows, columns] = network.input.shape;
  if (rows !== side || columns !== side) {
    throw new Error(
      `Cannot feed the ONNX file: it takes images of ${rows}×${columns}, its preprocessing crops to ${side}×${side}; ` +
        `expected the same`,
    );
  }
  return await probeLayerShapes(network, async (model, feeds) => {
    const session = await device.open(model);
    try {
      return await session.run(feeds);
    } finally {
      await session.close();
    }
  });
}
