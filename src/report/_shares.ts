import type { LayerResult, NetworkResult, Results } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { runFamilies } from "./_families.ts";
import type { LayerSlots } from "./_layer_slots.ts";
import { primaryOf } from "./_measures.ts";

/** The layer of a network at the page's fixed depth: the deepest that has maps, else the last; undefined without layers. */
export function shownLayer({ id, layers }: NetworkResult, slots: LayerSlots): LayerResult | undefined {
  const name = slots.nearest[id]?.[slots.initial];
  return layers.find((layer) => layer.name === name);
}

/** The share of a layer's units that is selective for a category, 0–1; null where it was not measured. */
export function shareAt(layer: LayerResult | undefined, category: string, results: Results): number | null {
  const measure = primaryOf(results, "quantity");
  return (measure && layer?.categories[category]?.measures[measure.name]?.value) ?? null;
}

/** The mean share over all layers and categories of some networks; null where none has one. */
export function meanShare(networks: readonly NetworkResult[], results: Results): number | null {
  return meanOf(
    networks.map(({ layers }) =>
      meanOf(layers.flatMap((layer) => results.targets.map((target) => shareAt(layer, target, results))))
    ),
  );
}

/** The mean share over all layers and categories that permuted labels give; null where none were permuted. */
export function permutedShare(networks: readonly NetworkResult[]): number | null {
  return meanOf(
    networks.flatMap(({ layers }) =>
      layers.flatMap(({ categories }) => Object.values(categories).map((category) => category.null?.mean))
    ),
  );
}

/** A share that an untrained network has at the page's fixed depth. */
export interface UntrainedShare {
  readonly share: number;
  readonly category: string;
  readonly layer: string;
  /** Whether it is at least the mean of a trained family for the same category. */
  readonly reachesTrained: boolean;
}

/** The largest share of an untrained network for a category, first of those that reach a trained family; null without such networks. */
export function largestUntrained(results: Results, slots: LayerSlots): UntrainedShare | null {
  const families = runFamilies(results);
  const share = (network: NetworkResult, category: string) => shareAt(shownLayer(network, slots), category, results);
  const found = results.targets.flatMap((category) => {
    const trained = families.filter(({ supervision }) => supervision !== "untrained")
      .flatMap(({ networks }) => meanOf(networks.map((network) => share(network, category))) ?? []);
    return families.filter(({ supervision }) => supervision === "untrained").flatMap(({ networks }) => networks)
      .flatMap((network): UntrainedShare[] => {
        const own = share(network, category);
        if (own === null) return [];
        const reachesTrained = own > 0 && trained.some((mean) => own >= mean);
        return [{ share: own, category, layer: shownLayer(network, slots)!.name, reachesTrained }];
      });
  });
  found.sort((x, y) => Number(y.reachesTrained) - Number(x.reachesTrained) || y.share - x.share);
  return found[0] ?? null;
}
