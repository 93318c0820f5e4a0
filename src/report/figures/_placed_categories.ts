import type { LayerCategory, LayerResult } from "../../results/mod.ts";
import type { FigureInput } from "./figure.ts";

/** A category at a layer of a network, and where a row says that it is. */
export interface PlacedCategory {
  readonly place: {
    readonly category: string;
    readonly family: string;
    readonly network: string;
    readonly layer: string;
  };
  readonly layer: LayerResult;
  readonly found: LayerCategory;
}

/** Every target category at every layer of every network. */
export function placedCategories({ results }: FigureInput): PlacedCategory[] {
  return results.targets.flatMap((category) =>
    results.networks.flatMap(({ family, id: network, layers }) =>
      layers.map((layer) => ({
        place: { category, family, network, layer: layer.name },
        layer,
        found: layer.categories[category],
      }))
    )
  );
}
