import type { Layer, Network } from "./network.ts";

/**
 * Chooses layers of a network, in order of depth.
 *
 * @param which `"stages"`: the outputs of its stages (stem, `layer1`–`layer4`, pool), under the stages' names, every layer
 *   where the network has no stages; `"blocks"`: every layer; or names of layers or stages. A layer's depth does not depend on
 *   what is chosen beside it.
 * @throws {Error} where a name is not a layer of the network, or none is given.
 *
 * @example
 * ```ts
 * import { type Network, selectLayers } from "./mod.ts";
 *
 * const deepest = (network: Network): string => selectLayers(network, "stages").at(-1)!.name;
 * ```
 */
export function selectLayers(network: Network, which: "stages" | "blocks" | readonly string[]): readonly Layer[] {
  if (which === "blocks") return network.layers;
  const stages = network.layers.filter(({ stage }) => stage !== undefined).map((layer) => ({
    ...layer,
    name: layer.stage!,
  }));
  if (which === "stages") return stages.length === 0 ? network.layers : stages;
  if (which.length === 0) {
    throw new Error("Cannot select layers: no names given; expected stages, blocks or names of layers");
  }
  const known = new Map([...stages, ...network.layers].map((layer) => [layer.name, layer]));
  const chosen = [...new Set(which)].map((name) => {
    const layer = known.get(name);
    if (layer !== undefined) return layer;
    throw new Error(`Cannot select layer "${name}"; expected one of ${[...known.keys()].join(", ")}`);
  });
  const order = network.layers.map(({ value }) => value);
  return chosen.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
}
