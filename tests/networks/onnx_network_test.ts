import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "../native_runtime.ts";
import {
  buildOnnxNetwork,
  listLayers,
  probeLayerShapes,
  type RunOnce,
  withLayerShapes,
} from "../../src/networks/mod.ts";
import { encodeModel, type Graph, type Node } from "../../src/onnx/_schema.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { assertAgrees, golden } from "./_golden.ts";

function read(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../../fixtures/checkpoints/${name}`, import.meta.url));
}

const run: RunOnce = async (model, feeds) => {
  const session = await InferenceSession.create(model, { logSeverityLevel: 4 });
  try {
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [name, new Tensor("float32", data, shape)]);
    const results = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(
      Object.entries(results).map(([name, value]) => [name, { data: value.data as Float32Array, shape: value.dims }]),
    );
  } finally {
    await session.release();
  }
};

/** The exporter's names for PyTorch's modules, in the order of golden.json. */
const NAMES: Readonly<Record<string, string>> = {
  relu: "/relu/Relu_output_0",
  "layer1.0": "/layer1/layer1.0/relu_2/Relu_output_0",
  "layer2.0": "/layer2/layer2.0/relu_2/Relu_output_0",
  "layer2.1": "/layer2/layer2.1/relu_2/Relu_output_0",
  "layer3.0": "/layer3/layer3.0/relu_2/Relu_output_0",
  "layer4.0": "/layer4/layer4.0/relu_2/Relu_output_0",
  avgpool: "/Flatten_output_0",
};

Deno.test("the layers of an exported file have the activations of PyTorch, at the shapes that one run shows", async () => {
  const expected = await golden("bottleneck");
  const network = buildOnnxNetwork(await read("bottleneck.onnx"), { layers: Object.values(NAMES).reverse() });
  assert.deepEqual(network.input, { name: "pixels", shape: [3, 64, 64] });
  const probed = await probeLayerShapes(network, run);
  const layers = expected.layers.map((layer) => ({ ...layer, name: NAMES[layer.name] }));
  await assertAgrees(probed, { ...expected, layers });
  // A stem, five blocks of three convolutions, and a last product that is no layer.
  assert.deepEqual(probed.layers.map(({ depth }) => Math.round(17 * depth)), [1, 4, 7, 10, 13, 16, 16]);
});

Deno.test("a layer's depth does not depend on which other layers are recorded", async () => {
  const bytes = await read("bottleneck.onnx");
  const all = buildOnnxNetwork(bytes, { layers: Object.values(NAMES) });
  for (const layer of all.layers) {
    assert.equal(buildOnnxNetwork(bytes, { layers: [layer.name] }).layers[0].depth, layer.depth);
  }
});

Deno.test("a file that fixes a batch of one runs with any batch", async () => {
  const network = await probeLayerShapes(buildOnnxNetwork(await read("mini-fixed-batch.onnx")), run);
  assert.deepEqual(network.layers.map(({ name, shape }) => [name, shape]), [["scores", [3]]]);
});

Deno.test("listLayers() lists what depends on the image, in order, with operators, stated shapes and outputs", async () => {
  const layers = listLayers(await read("bottleneck.onnx"));
  assert.deepEqual(layers.find(({ name }) => name === NAMES.relu), {
    name: NAMES.relu,
    operator: "Relu",
    shape: undefined,
    output: false,
    rearranged: false,
  });
  assert.deepEqual(layers.at(-1), {
    name: "scores",
    operator: "Gemm",
    shape: [3],
    output: true,
    rearranged: false,
  });
  assert.ok(!layers.some(({ operator }) => operator === "Constant"));
});

Deno.test("listLayers() leaves out arithmetic with the image's size, but not what is reshaped by it", () => {
  const graph = new GraphBuilder();
  const image = graph.input("image", "float32", ["n", 3, 8, 8]);
  const batch = graph.node("Shape", [image], { start: 0, end: 1 }, "batch");
  const rest = graph.constant(new BigInt64Array([-1n]), [1]);
  const shape = graph.node("Concat", [batch, rest], { axis: 0 }, "wanted");
  const token = graph.node("Expand", [graph.constant(new Float32Array(3), [1, 3]), shape], {}, "token");
  const flat = graph.node("Reshape", [image, shape], {}, "flat");
  graph.output(graph.node("Concat", [flat, token], { axis: 1 }, "tokens"));
  const bytes = graph.toBytes();
  assert.deepEqual(listLayers(bytes).map(({ name }) => name), ["flat", "tokens"]);
  assert.throws(
    () => buildOnnxNetwork(bytes, { layers: ["wanted"] }),
    /"wanted": it does not depend on the image, or on its size/,
  );
});

Deno.test("what the layers do not need is left out, with the inputs it took", async () => {
  const graph = new GraphBuilder();
  const image = graph.input("image", "float32", ["n", 3, "h", "w"]);
  const text = graph.input("text", "int64", ["n", 7]);
  const pooled = graph.node("GlobalAveragePool", [image], {}, "pooled");
  const words = graph.node("Cast", [text], { to: 1 }, "words");
  graph.output(graph.node("MatMul", [words, graph.constant(new Float32Array(7), [7, 1])], {}, "sentence"));
  graph.output(graph.node("Concat", [graph.node("Flatten", [pooled], { axis: 1 }), "sentence"], { axis: 1 }, "both"));
  const network = buildOnnxNetwork(graph.toBytes(), { layers: ["pooled"], side: 8 });
  assert.deepEqual(network.input.shape, [3, 8, 8]);
  assert.deepEqual((await probeLayerShapes(network, run)).layers[0].shape, [3, 1, 1]);
  assert.throws(
    () => buildOnnxNetwork(graph.toBytes(), { layers: ["both"] }),
    /the layers need image .* and text \[n, 7\]/,
  );
  assert.throws(() => buildOnnxNetwork(graph.toBytes(), { layers: ["sentence"] }), /it does not depend on the image/);
});

Deno.test("files without images, unknown layers and layers without a batch are refused in one sentence", async () => {
  const bytes = await read("bottleneck.onnx");
  assert.throws(
    () => buildOnnxNetwork(bytes, { layers: ["layer5"] }),
    /Cannot record "layer5": the graph has no such value; expected one such as .*scores/,
  );
  assert.throws(() => buildOnnxNetwork(bytes, { layers: [] }), /no layers named/);
  await assert.rejects(read("branch.onnx").then(listLayers), /Cannot feed the ONNX file: the layers need x \[/);
  assert.throws(() => listLayers(new Uint8Array([1, 2, 3])), /Cannot read the ONNX model/);

  const graph = new GraphBuilder();
  const image = graph.input("image", "float32", [1, 3, 4, 4]);
  const row = graph.node("Reshape", [image, graph.constant(new BigInt64Array([1n, 48n]), [2])], {}, "row");
  graph.output(graph.node("ReduceMean", [image], { axes: [0], keepdims: 0 }, "mean"));
  graph.output(graph.node("Cast", [image], { to: 7 }, "whole"));
  graph.output(row);
  const probe = (layer: string): Promise<unknown> =>
    probeLayerShapes(buildOnnxNetwork(graph.toBytes(), { layers: [layer] }), run);
  await assert.rejects(probe("mean"), /Cannot record "mean": two images give it float32, shape \[3, 4, 4\]/);
  await assert.rejects(probe("whole"), /Cannot record "whole": two images give it of another type than float32/);
  await assert.rejects(probe("row"), /Cannot run the ONNX file on two images of \[3, 4, 4\] at once/);
});

Deno.test("a branch that takes the image from outside depends on it, whatever its condition is", async () => {
  const branch = (operator: string): Graph => ({
    name: operator,
    node: [{ opType: operator, input: ["image"], output: [`${operator} value`] }],
    output: [{ name: `${operator} value`, type: { tensorType: { elemType: 1 } } }],
  });
  const bytes = modelOf([{
    opType: "If",
    input: ["flag"],
    output: ["y"],
    attribute: [{ name: "then_branch", type: 5, g: branch("Relu") }, {
      name: "else_branch",
      type: 5,
      g: branch("Neg"),
    }],
  }]);
  assert.deepEqual(listLayers(bytes).map(({ name, operator }) => [name, operator]), [["y", "If"]]);
  assert.deepEqual((await probeLayerShapes(buildOnnxNetwork(bytes), run)).layers[0].shape, [3, 4, 4]);
});

/** A model over `image` that gives `y`; `flag` is a constant that is true. */
function modelOf(node: readonly Node[], functions: Parameters<typeof encodeModel>[0]["functions"] = []): Uint8Array {
  const dim = [{ dimParam: "n" }, { dimValue: 3 }, { dimValue: 4 }, { dimValue: 4 }];
  return encodeModel({
    irVersion: 8,
    opsetImport: [{ version: 17 }, { domain: "own", version: 1 }],
    functions,
    graph: {
      name: "made",
      initializer: [{ name: "flag", dims: [], dataType: 9, rawData: new Uint8Array([1]) }],
      input: [{ name: "image", type: { tensorType: { elemType: 1, shape: { dim } } } }],
      output: [{ name: "y", type: { tensorType: { elemType: 1 } } }],
      node,
    },
  });
}

Deno.test("Loop and Scan up to a layer are refused by the node's name, in branches and functions too", () => {
  const relu: Node = { opType: "Relu", input: ["image"], output: ["before"] };
  const loop = (opType: string, name?: string): Node => ({ name, opType, input: ["before"], output: ["y"] });
  const inside = (node: Node): Node => ({
    opType: "If",
    input: ["flag"],
    output: ["y"],
    attribute: [{ name: "then_branch", type: 5, g: { name: "then", node: [node], output: [{ name: "y" }] } }],
  });
  const own: Node = { opType: "Own", domain: "own", input: ["before"], output: ["y"] };
  const cases: [Uint8Array, RegExp][] = [
    [
      modelOf([relu, loop("Loop", "/decoder/Loop")]),
      /^Cannot run the ONNX file: its node "\/decoder\/Loop" is a Loop; /,
    ],
    [modelOf([relu, loop("Scan")]), /its node "y" is a Scan; expected no Loop or Scan up to the layers$/],
    [modelOf([relu, inside(loop("Loop", "deep"))]), /its node "deep" is a Loop/],
    [modelOf([relu, own], [{ name: "Own", domain: "own", node: [own, loop("Scan", "within")] }]), /"within" is a Scan/],
  ];
  for (const [bytes, message] of cases) assert.throws(() => buildOnnxNetwork(bytes), { message });
  // A layer before the loop can be recorded, and another domain's Loop is not ONNX's.
  const [bytes] = cases[0];
  assert.deepEqual(buildOnnxNetwork(bytes, { layers: ["before"] }).layers.map(({ name }) => name), ["before"]);
  buildOnnxNetwork(modelOf([relu, { ...loop("Loop"), domain: "own" }]));
});

Deno.test("models whose weights lie in other files are refused where only their bytes are given", async () => {
  const bytes = await read("bottleneck-external.onnx");
  assert.throws(() => buildOnnxNetwork(bytes), /Cannot read the ONNX model: some of its weights lie in other files/);
  assert.throws(() => listLayers(bytes), /expected one that holds them all, as readOnnx gives/);
});

Deno.test("withLayerShapes() refuses layers whose shape is missing or empty", async () => {
  const network = buildOnnxNetwork(await read("bottleneck.onnx"));
  assert.equal(withLayerShapes(network, new Map([["scores", [3]]])).layers[0].units, 3);
  assert.throws(() => withLayerShapes(network, new Map()), /Cannot record "scores": its shape is \[unknown\]/);
  assert.throws(
    () => withLayerShapes(network, new Map([["scores", [0]]])),
    /its shape is \[0\]; expected at least one unit/,
  );
});
