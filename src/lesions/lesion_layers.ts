import type { Layer, Network } from "../networks/mod.ts";
import { cutNetwork } from "./cut_network.ts";

/**
 * Which of the layers that are recorded a request lesions; what other networks alone have is left out.
 *
 * @param layers Those that are recorded, in order of depth; the last is read out.
 * @param names What is asked for.
 * @returns Names, in order of depth.
 * @throws {RangeError} where one is the last layer, or the last does not depend on it.
 */
export function lesionLayers(network: Network, layers: readonly Layer[], names: readonly string[]): string[] {
  const readout = layers[layers.length - 1];
  return layers.filter(({ name }) => names.includes(name)).map((layer) => {
    cutNetwork(network, layer, readout);
    return layer.name;
  });
}
