import { defaultLayers, listLayers, readNetworkFile } from "../browser/mod.ts";
import { buildNetwork, buildOnnxNetwork, usualInput } from "../networks/mod.ts";
import type { NetworkSeen } from "./messages.ts";
import { networkAmong } from "./network_among.ts";

/**
 * Looks at what the file of a network holds, without running it.
 *
 * @param files That file, and for a graph those that hold its weights.
 *
 * @throws {Error} where it is no network that can be run.
 */
export async function lookAtNetwork(files: readonly File[]): Promise<NetworkSeen> {
  const { file, beside } = networkAmong(files);
  const found = await readNetworkFile(file, beside);
  if ("model" in found) {
    const chosen = new Set(defaultLayers(found.model));
    const { input } = buildOnnxNetwork(found.model, { layers: [...chosen] });
    return {
      name: file.name,
      layers: listLayers(found.model).map(({ name }) => ({ name, chosen: chosen.has(name) })),
      side: input.shape[1],
      recipe: null,
    };
  }
  const request = { checkpoint: found.checkpoint };
  const network = await buildNetwork(request);
  return {
    name: file.name,
    layers: network.layers.map(({ name }) => ({ name, chosen: true })),
    side: network.input.shape[1],
    recipe: usualInput(request),
  };
}
