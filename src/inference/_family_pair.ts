import type { ComparedPair } from "../results/mod.ts";
import { alignLayers } from "./align_layers.ts";
import type { NetworkAnalysis } from "./analyse_network.ts";
import type { AnalysedNetwork, Family } from "./family.ts";

/** Families are compared as samples of trainings where both have at least this many. */
export const LEAST_TRAININGS = 3;

/** A layer as two families compare it. */
export interface ComparedLayer {
  /** Of the network whose layers all others are matched to. */
  readonly depth: number;
  /** Its place among the layers of each network. */
  readonly layerOf: (network: NetworkAnalysis) => number | undefined;
}

/** Two families to be compared: `b − a`. */
export interface Pair {
  readonly a: Family;
  readonly b: Family;
  /** Whether the trainings are a sample of what such a training gives, or these networks are all that is spoken of. */
  readonly inference: ComparedPair["inference"];
  /** Whether trainings of one seed are compared with each other; both families are then in the order of their seeds. */
  readonly paired: boolean;
  /** The shallowest first. */
  readonly layers: readonly ComparedLayer[];
}

function seedsOf({ networks }: Family): (number | null)[] {
  return networks.map(({ seed }) => seed).sort((x, y) => (x ?? -1) - (y ?? -1));
}

/** Whether both families consist of trainings of the same seeds, each once. */
function sharesSeeds(a: Family, b: Family): boolean {
  const [own, others] = [seedsOf(a), seedsOf(b)];
  return own.length === others.length && new Set(own).size === own.length &&
    own.every((seed, i) => seed !== null && seed === others[i]);
}

function bySeed(family: Family): Family {
  const networks: AnalysedNetwork[] = [...family.networks].sort((x, y) => x.seed! - y.seed!);
  return { ...family, networks };
}

/** Matches the layers of all networks to those of the one with the fewest. */
function matchLayers(networks: readonly NetworkAnalysis[]): ComparedLayer[] {
  const { numbers: { depths } } = networks.reduce((fewest, own) =>
    own.numbers.depths.length < fewest.numbers.depths.length ? own : fewest
  );
  const places = new Map(
    networks.map((network) => [network, new Map(alignLayers(depths, network.numbers.depths))] as const),
  );
  return depths.map((depth, place) => ({ depth, layerOf: (network) => places.get(network)?.get(place) }));
}

/**
 * Prepares two families to be compared.
 *
 * Trainings are paired where both families have the same seeds: they then share initial weights and the order of images. Layers
 * are matched one to one by depth.
 */
export function pairOf(a: Family, b: Family): Pair {
  const paired = sharesSeeds(a, b);
  const least = Math.min(a.networks.length, b.networks.length);
  return {
    ...(paired ? { a: bySeed(a), b: bySeed(b) } : { a, b }),
    inference: least >= LEAST_TRAININGS ? "families" : "networks",
    paired,
    layers: matchLayers([...a.networks, ...b.networks].map(({ analysis }) => analysis)),
  };
}

/** What results say of a pair. */
export function describePair(
  { a, b, inference, paired, layers }: Pair,
  { contrast = null, claims }: { readonly contrast?: string | null; readonly claims: boolean },
): ComparedPair {
  const sides = [a, b].map(({ networks: [{ analysis }] }) => {
    const met = layers.map(({ layerOf }) => layerOf(analysis)!);
    return { analysis, met, unmatched: analysis.layers.filter((_, place) => !met.includes(place)) };
  });
  const [first, second] = sides.map(({ analysis, met }) => met.map((place) => analysis.layers[place]));
  return {
    a: a.name,
    b: b.name,
    contrast,
    claims,
    inference,
    trainings: [a.networks.length, b.networks.length],
    paired: paired && inference === "families",
    layers: first.map(({ name, depth }, i) => ({ a: name, b: second[i].name, depths: [depth, second[i].depth] })),
    unmatched: {
      a: sides[0].unmatched.map(({ name }) => name),
      b: sides[1].unmatched.map(({ name }) => name),
    },
  };
}
