import { channelsOf, type Layer, type Network } from "../networks/mod.ts";
import type { GraphBuilder } from "../onnx/mod.ts";

/** From this version of the operators on, the axes of a reduction are an input. */
const AXES_ARE_INPUT = 18;

/** Names of what a graph that reduces its layers takes and gives. */
export interface MomentGraph {
  /** The model, compiled by a device. */
  readonly model: Uint8Array;
  /** Input: the images, `[batch, 3, rows, columns]`. */
  readonly images: string;
  /** Input: `[1, batch]`, one over the number of images for each of them, 0 for what only fills the batch. */
  readonly weights: string;
  /** Input: `[1]`, the share of the group's images so far that this batch holds; null where no batch builds on another. */
  readonly share: string | null;
  /** Outputs per layer. */
  readonly layers: readonly {
    /** `[1, units]`: of the batch, or of all of the group's batches so far. */
    readonly mean: string;
    /** `[1, units]`: the mean squared deviation from the mean. */
    readonly variance: string;
    /** Inputs: `mean` and `variance` of the batches before, `[1, units]` or `[1, 1]` where there are none. */
    readonly before: { readonly mean: string; readonly variance: string } | null;
    /** `[batch, sampled units]`. */
    readonly sample: string;
    /** `[batch, channels]`: each channel's mean over its positions; null where the sample holds just that. */
    readonly channelMeans: string | null;
  }[];
}

/**
 * Whether the sampled responses of a layer are its channels' mean responses too: it has one unit a channel, all of them
 * sampled.
 */
export function sampleIsChannels({ shape, units }: Layer, sampled: number): boolean {
  return sampled === units && channelsOf(shape) === units;
}

/**
 * Follows each layer, in the graph, by its own reduction, so that of a whole batch only mean and variance of every unit leave
 * the device, the responses of a few, and the means of channels.
 *
 * A batch holds images of one group. Deviations are taken from its first image: Σ(x−μ)² = Σ(x−x₀)² − n(μ−x₀)². By Cauchy and
 * Schwarz the second term is at most (n−1)/n of the first, so that no more than a factor n of precision is lost whatever the
 * mean (Σx² − nμ² loses all of it where the mean is large), and a unit that never changes has a variance of exactly 0.
 *
 * With `carried`, batches of a group are merged in the graph as well: with f the share of the images so far that a batch holds,
 * μ = μ_before + f (μ_batch − μ_before) and σ² = (1−f) σ²_before + f σ²_batch + f (1−f) (μ_batch − μ_before)²
 * (Chan, Golub & LeVeque, 1983, doi:10.1080/00031305.1983.10483115).
 *
 * @param layers Which of the network's layers.
 * @param samples Per layer the flat indices of the units whose responses are kept.
 */
export function momentGraph(
  network: Network,
  layers: readonly Layer[],
  samples: readonly Uint32Array[],
  { carried = false }: { readonly carried?: boolean } = {},
): MomentGraph {
  const graph = network.graph.clone();
  graph.clearOutputs();
  const weights = graph.input(fresh("weights"), "float32", [1, "batch"]);
  const merging = carried ? mergingOf(graph, graph.input(fresh("share"), "float32", [1])) : null;
  const first = graph.constant(new BigInt64Array(1), [1]);
  // ONNX Runtime works back from the last result. In this order each layer is reduced as soon as it is there, and its memory is
  // used again; in the other order every layer would be kept until the network has run.
  const outputs = layers.map((layer, index) => ({ layer, index })).reverse().map(({ layer, index }) => {
    const { value, units } = layer;
    const flat = graph.node("Flatten", [value], { axis: 1 });
    const reference = graph.node("Gather", [flat, first], { axis: 0 });
    const deviations = graph.node("Sub", [flat, reference]);
    const shift = graph.node("MatMul", [weights, deviations]);
    const squares = graph.node("MatMul", [weights, graph.node("Mul", [deviations, deviations])]);
    const names = { mean: fresh(`mean_${index}`), variance: fresh(`variance_${index}`) };
    const own = merging === null ? names : null;
    const batch = {
      mean: graph.node("Add", [reference, shift], {}, own?.mean),
      variance: graph.node("Sub", [squares, graph.node("Mul", [shift, shift])], {}, own?.variance),
    };
    const before = merging === null ? null : {
      mean: graph.input(fresh(`mean_before_${index}`), "float32", [1, "before"]),
      variance: graph.input(fresh(`variance_before_${index}`), "float32", [1, "before"]),
    };
    const moments = before === null || merging === null ? batch : merging.merge(before, batch, names);
    const chosen = samples[index];
    const sample = chosen.length === units
      ? graph.node("Identity", [flat], {}, fresh(`sample_${index}`))
      : graph.node("Gather", [flat, indices(chosen)], { axis: 1 }, fresh(`sample_${index}`));
    graph.output(moments.mean, "float32", [1, units]);
    graph.output(moments.variance, "float32", [1, units]);
    graph.output(sample, "float32", ["batch", chosen.length]);
    if (sampleIsChannels(layer, chosen.length)) return { ...moments, before, sample, channelMeans: null };
    const channelMeans = meansOverPositions(graph, layer, flat, fresh(`channels_${index}`));
    graph.output(channelMeans, "float32", ["batch", channelsOf(layer.shape)]);
    return { ...moments, before, sample, channelMeans };
  });
  return {
    model: graph.toBytes(),
    images: network.input.name,
    weights,
    share: merging?.share ?? null,
    layers: outputs.reverse(),
  };

  /** Networks from files may use any name. */
  function fresh(name: string): string {
    let unique = `fusiform_${name}`;
    while (graph.has(unique)) unique += "_";
    return unique;
  }

  function indices(units: Uint32Array): string {
    return graph.constant(BigInt64Array.from(units, BigInt), [units.length]);
  }
}

/** Names of the mean and the variance of every unit. */
interface MomentNames {
  readonly mean: string;
  readonly variance: string;
}

/** What merges the batches of a group, where `share` is the share of its images so far that a batch holds. */
function mergingOf(graph: GraphBuilder, share: string): {
  readonly share: string;
  readonly merge: (before: MomentNames, batch: MomentNames, names: MomentNames) => MomentNames;
} {
  const node = (op: string, inputs: string[], name?: string): string => graph.node(op, inputs, {}, name);
  const rest = node("Sub", [graph.constant(new Float32Array([1]), [1]), share]);
  const product = node("Mul", [share, rest]);
  return {
    share,
    merge(before, batch, names) {
      const between = node("Sub", [batch.mean, before.mean]);
      const added = node("Mul", [product, node("Mul", [between, between])]);
      const within = node("Add", [node("Mul", [rest, before.variance]), node("Mul", [share, batch.variance])]);
      return {
        // In this form a mean that does not change is kept to the last digit.
        mean: node("Add", [before.mean, node("Mul", [share, between])], names.mean),
        variance: node("Add", [within, added], names.variance),
      };
    },
  };
}

/** Adds the value `[batch, channels]`. */
function meansOverPositions(graph: GraphBuilder, { value, shape, units }: Layer, flat: string, name: string): string {
  if (channelsOf(shape) === units) return graph.node("Identity", [flat], {}, name);
  // Tokens stand in front of their dimensions; elsewhere positions follow the channels.
  const axes = shape.length === 2 ? [1] : shape.slice(1).map((_, axis) => axis + 2);
  if (graph.opset < AXES_ARE_INPUT) return graph.node("ReduceMean", [value], { axes, keepdims: 0 }, name);
  const constant = graph.constant(BigInt64Array.from(axes, BigInt), [axes.length]);
  return graph.node("ReduceMean", [value, constant], { keepdims: 0 }, name);
}
