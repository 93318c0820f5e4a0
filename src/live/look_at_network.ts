import { defaultLayers, listLayers, readNetworkFile } from "../browser/mod.ts";
import { buildNetwork, buildOnnxNetwork, usualInput } from "../networks/mod.ts";
import type { NetworkSeen } from "./messages.ts";

/**
 * Looks at what a file of a network holds, without running it.
 *
 * @throws {Error} where it is no network that can be run.
 */
export async function lookAtNetwork(file: File): Promise<NetworkSeen> {
  const found = await readNetworkFile(file);
  if ("model" in found) {
    const chosen = new Set(defaultLayers(found.model));
    const { input } = buildOnnxNetwork(found.model, { layers: [...chosen] });
    return {
      layers: listLayers(found.model).map(({ name }) => ({ name, chosen: chosen.has(name) })),
      side: input.shape[1],
      recipe: null,
    };
  }
  const request = { checkpoint: found.checkpoint };
  const network = await buildNetwork(request);
  return {
    layers: network.layers.map(({ name }) => ({ name, chosen: true })),
    side: network.input.shape[1],
    recipe: usualInput(request),
  };
}
