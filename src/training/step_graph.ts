import { GraphBuilder } from "../onnx/mod.ts";
import type { NamedTensor } from "../weights/mod.ts";
import { GraphOps } from "./_graph_ops.ts";
import { type ObjectiveName, OBJECTIVES } from "./heads.ts";
import { addTrunk, type TrunkPlan } from "./trunk_graph.ts";

/** What a step's graph is made for. */
export interface StepPlan {
  readonly trunk: TrunkPlan;
  readonly objective: ObjectiveName;
  readonly batch: number;
}

/**
 * One forward and backward pass as a graph. It takes `images` `[batch, 3, side, side]`, `target` `[batch, width]` and every
 * trainable tensor by its name; it gives `loss`, `gradient/<tensor>`, and `batch/<running statistic>`.
 *
 * @param tensors The trainable tensors, of trunk and head; only their names and shapes are read.
 */
export function buildStep(
  { trunk: plan, objective, batch }: StepPlan,
  tensors: ReadonlyMap<string, Pick<NamedTensor, "shape">>,
  width: number,
): GraphBuilder {
  const graph = new GraphBuilder("training step"), ops = new GraphOps(graph);
  const images = graph.input("images", "float32", [batch, 3, plan.side, plan.side]);
  const target = graph.input("target", "float32", [batch, width]);
  const values: Record<string, string> = {};
  for (const [name, { shape }] of tensors) values[name] = graph.input(name, "float32", shape);
  const trunk = addTrunk(ops, { images, batch, tensors: values, plan });
  const head = OBJECTIVES[objective].learn(ops, { features: trunk.features, tensors: values, target, batch });
  const outputs: Record<string, string> = { loss: head.loss };
  for (const [name, value] of Object.entries({ ...trunk.pull(head.byFeatures), ...head.gradients })) {
    outputs[`gradient/${name}`] = value;
  }
  for (const [name, value] of Object.entries(trunk.statistics)) outputs[`batch/${name}`] = value;
  for (const [name, value] of Object.entries(outputs)) {
    graph.output(graph.node("Identity", [value], {}, name));
  }
  return graph;
}
