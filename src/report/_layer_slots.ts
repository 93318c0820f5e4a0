import { alignLayers } from "../inference/mod.ts";
import type { LayerResult, Results } from "../results/mod.ts";

/** The depths a reader can choose among, and which layer of each network lies nearest. */
export interface LayerSlots {
  /** Ascending in depth. */
  readonly slots: readonly { readonly label: string; readonly depth: number }[];
  /** Network id, and family by its first network, to the layer name at each slot. */
  readonly nearest: Readonly<Record<string, readonly string[]>>;
  /** The slot shown first: the deepest at which units have positions. */
  readonly initial: number;
}

/** The layers that correspond to those of the network with most, and between them the nearest. */
function namesAt(reference: readonly LayerResult[], own: readonly LayerResult[]): string[] {
  const depths = [reference, own].map((layers) => layers.map(({ depth }) => depth));
  const met = new Map(alignLayers(depths[0], depths[1]));
  return reference.map(({ depth }, index) => {
    const found = met.get(index);
    if (found !== undefined) return own[found].name;
    return own.reduce((best, layer) => Math.abs(layer.depth - depth) < Math.abs(best.depth - depth) ? layer : best)
      .name;
  });
}

/** Depths to choose among are those of the network with most layers; the others answer with their nearest layer. */
export function layerSlots(results: Results): LayerSlots {
  const run = results.networks.filter((network) => network.layers.length > 0);
  if (run.length === 0) return { slots: [], nearest: {}, initial: 0 };
  const reference = run.reduce((most, network) => network.layers.length > most.layers.length ? network : most);
  const { layers } = reference;
  const nearest: Record<string, string[]> = {};
  for (const network of run) {
    const names = namesAt(layers, network.layers);
    nearest[network.id] = names;
    nearest[network.family] ??= names;
  }
  const placed = layers.findLastIndex((layer) =>
    Object.values(layer.categories).some((category) => category.map !== null)
  );
  return {
    slots: layers.map(({ name, depth }) => ({ label: name, depth })),
    nearest,
    initial: placed < 0 ? layers.length - 1 : placed,
  };
}
