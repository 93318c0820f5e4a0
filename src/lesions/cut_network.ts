import type { Layer, Network } from "../networks/mod.ts";
import type { GraphBuilder } from "../onnx/mod.ts";

/** A network in two parts that meet at a layer. */
export interface CutNetwork {
  /** From the image to the layer's activation, its one output. */
  readonly head: GraphBuilder;
  /** From the layer's activation, an input of the layer's value's name, to the readout's, its one output. */
  readonly tail: GraphBuilder;
  /**
   * Whether the tail takes the image too: where something goes round the layer, such as a skip connection past it, the tail
   * computes that part again from the image.
   */
  readonly bypassed: boolean;
}

/**
 * Cuts a network at a layer. Head and tail one after the other give what the whole network gives.
 *
 * @param at Where its activation can be changed.
 * @param readout A later layer.
 * @throws {RangeError} where the readout does not depend on the layer, or is that layer.
 */
export function cutNetwork(network: Network, at: Layer, readout: Layer): CutNetwork {
  const head = network.graph.clone();
  head.clearOutputs();
  head.output(at.value);
  head.keepOnly([at.value]);
  const tail = network.graph.clone();
  tail.clearOutputs();
  tail.startAt(at.value, "float32", ["batch", ...at.shape]);
  tail.output(readout.value);
  tail.keepOnly([readout.value]);
  const inputs = tail.inputs.map(({ name }) => name);
  if (at.value === readout.value || !inputs.includes(at.value)) {
    throw new RangeError(
      at.value === readout.value
        ? `Cannot lesion "${at.name}": conditions are read out there; expected a layer before it`
        : `Cannot lesion "${at.name}": "${readout.name}" does not depend on it; expected a layer that it depends on`,
    );
  }
  return { head, tail, bypassed: inputs.includes(network.input.name) };
}
