import type { AlignmentResult } from "../results/mod.ts";
import { alignLayers } from "./align_layers.ts";
import type { NetworkAnalysis } from "./analyse_network.ts";
import type { Family } from "./family.ts";

/** Layers of two families that are compared with each other. */
export interface MetLayers {
  /** Normalized depth in the network that has the fewest layers. */
  readonly depth: number;
  /** Which layer of a network of either family this is. */
  readonly indexOf: (network: NetworkAnalysis) => number;
}

function aligned(a: Family, b: Family) {
  const networks = [...a.networks, ...b.networks].map(({ analysis }) => analysis);
  const depthsOf = ({ numbers }: NetworkAnalysis): readonly number[] => numbers.depths;
  const reference = networks.reduce((fewest, own) => (depthsOf(own).length < depthsOf(fewest).length ? own : fewest));
  const others = new Map(networks.map((own) => [own, alignLayers(depthsOf(reference), depthsOf(own))]));
  return { depths: depthsOf(reference), others };
}

/** Pairs the layers of two families by depth, as {@linkcode alignLayers} does, all with those of the network that has fewest. */
export function metLayers(a: Family, b: Family): MetLayers[] {
  const { depths, others } = aligned(a, b);
  return depths.map((depth, index) => ({ depth, indexOf: (network) => others.get(network)!.pairs[index][1] }));
}

/** Which layer of the first network of a family met which of the other's, by name, and which met none. */
export function describeAlignment(a: Family, b: Family): AlignmentResult {
  const { depths, others } = aligned(a, b);
  const [first, second] = [a, b].map(({ networks: [{ analysis }] }) => {
    const { pairs, unmatchedSecond } = others.get(analysis)!;
    return {
      met: pairs.map(([, index]) => analysis.layers[index].name),
      unmatched: unmatchedSecond.map((index) => analysis.layers[index].name),
    };
  });
  return {
    a: a.name,
    b: b.name,
    layers: depths.map((depth, index) => ({ depth, a: first.met[index], b: second.met[index] })),
    unmatchedA: first.unmatched,
    unmatchedB: second.unmatched,
  };
}
