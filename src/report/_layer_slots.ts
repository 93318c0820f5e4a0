import type { Results } from "../results/mod.ts";

/** The depths a reader can choose among, and which layer of each network lies nearest. */
export interface LayerSlots {
  /** Ascending in depth. */
  readonly slots: readonly { readonly label: string; readonly depth: number }[];
  /** Network id, and family by its first network, to the layer name at each slot. */
  readonly nearest: Readonly<Record<string, readonly string[]>>;
  /** The slot shown first: the deepest at which units have positions. */
  readonly initial: number;
}

/** Depths to choose among are those of the network with most layers; the others answer with their nearest layer. */
export function layerSlots(results: Results): LayerSlots {
  const run = results.networks.filter((network) => network.layers.length > 0);
  if (run.length === 0) return { slots: [], nearest: {}, initial: 0 };
  const reference = run.reduce((most, network) => network.layers.length > most.layers.length ? network : most);
  const layers = [...reference.layers].sort((a, b) => a.depth - b.depth);
  const nearest: Record<string, string[]> = {};
  for (const network of run) {
    const names = layers.map(({ depth }) =>
      network.layers.reduce((best, layer) =>
        Math.abs(layer.depth - depth) < Math.abs(best.depth - depth) ? layer : best
      ).name
    );
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
