import { imageValues, readGraph } from "./_onnx_image.ts";

const ACTIVATIONS = ["Relu", "LeakyRelu", "PRelu", "Clip", "HardSwish", "Gelu"];

/**
 * Names values of an ONNX file worth recording where nobody has named any: the first activation (the stem), the output of every
 * residual block (after the activation that alone follows its sum, where one does), and the pooled features or, without a
 * pool, the file's first output. In a transformer, where attention and the layers behind it each end in a sum, the second of
 * the two closes the block. A network without residual blocks is recorded at every activation.
 *
 * @returns Names in the order of the graph, at least one.
 * @throws {Error} where the bytes are no ONNX file that takes images.
 */
export function defaultLayers(bytes: Uint8Array): string[] {
  const graph = readGraph(bytes);
  const candidates = imageValues(graph);
  const names = candidates.map(({ name }) => name);
  const fromImage = new Set(names);
  const consumers = new Map<string, number>();
  for (const { inputs, captured } of graph.nodes) {
    for (const name of new Set([...inputs, ...captured])) consumers.set(name, (consumers.get(name) ?? 0) + 1);
  }
  const follower = new Map(
    graph.nodes.filter(({ operator }) => ACTIVATIONS.includes(operator)).map(({ inputs, outputs }) => [
      inputs[0],
      outputs[0],
    ]),
  );
  const joins = graph.nodes.filter(({ operator, inputs, outputs }) =>
    (operator === "Add" || operator === "Sum") && inputs.filter((name) => fromImage.has(name)).length > 1 &&
    fromImage.has(outputs[0])
  ).map(({ outputs: [sum] }) => {
    const activated = follower.get(sum);
    return activated !== undefined && consumers.get(sum) === 1 ? activated : sum;
  });
  const activations = candidates.filter(({ operator }) => ACTIVATIONS.includes(operator)).map(({ name }) => name);
  const attentions = candidates.filter(({ operator }) => operator === "Softmax").length;
  const blocks = joins.length === 0
    ? activations
    : attentions > 0 && joins.length === 2 * attentions
    ? joins.filter((_, index) => index % 2 === 1)
    : joins;
  const at = (name: string | undefined): number => name === undefined ? -1 : names.indexOf(name);
  const last = at(blocks.at(-1));
  const stem = activations.find((name) => at(name) < at(blocks[0]) && at(name) < at(joins[0]));
  const pool = candidates.find(({ name, operator }) =>
    at(name) > last && (operator === "GlobalAveragePool" || operator === "AveragePool")
  );
  const end = pool ?? candidates.find(({ output }) => output) ?? candidates.at(-1);
  if (end === undefined) {
    throw new Error("Cannot choose layers of the ONNX file: no value of it depends on the image; expected a network");
  }
  const chosen = new Set([...(stem === undefined ? [] : [stem]), ...blocks, end.name]);
  return names.filter((name) => chosen.has(name));
}
