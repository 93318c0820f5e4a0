import type { Network } from "../networks/mod.ts";
import type { Device } from "./device.ts";

/** Values inside a block are up to four times as large as its output: a transformer's hidden layer, a widened channel. */
const INNER = 4;
/** Enough for 16 images in ResNet-50; larger batches gain no speed there, and every session takes memory for one. */
const WORKING_BYTES = 200 * 2 ** 20;
const MOST = 64;

/**
 * How many images to run at once: as many as the device's largest tensor allows, and no more than memory deserves.
 *
 * @returns A whole number from 1 to 64.
 * @throws {Error} where even one image is too large for the device.
 */
export function maxBatch(
  network: Pick<Network, "input" | "layers">,
  device: Pick<Device, "name" | "maxTensorBytes">,
): number {
  const [channels, rows, columns] = network.input.shape;
  const largest = 4 * Math.max(channels * rows * columns, ...network.layers.map(({ units }) => units));
  if (largest > device.maxTensorBytes) {
    throw new Error(
      `Cannot run the network on ${device.name}: one image takes a tensor of ${largest} bytes; ` +
        `expected ${device.maxTensorBytes} at most`,
    );
  }
  const bytes = Math.min(device.maxTensorBytes, WORKING_BYTES);
  return Math.max(1, Math.min(MOST, Math.floor(bytes / (largest * INNER))));
}
