import assert from "node:assert/strict";
import fc from "fast-check";
import { InferenceSession, Tensor } from "../native_runtime.ts";
import { encodeModel } from "../../src/onnx/_schema.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";

async function run(graph: GraphBuilder, feeds: Record<string, Tensor>): Promise<Record<string, Tensor>> {
  const session = await InferenceSession.create(graph.toBytes());
  try {
    return await session.run(feeds) as Record<string, Tensor>;
  } finally {
    await session.release();
  }
}

function affine(): { graph: GraphBuilder; product: string } {
  const graph = new GraphBuilder("affine");
  const x = graph.input("x", "float32", ["batch", 2]);
  const weights = graph.constant(new Float32Array([1, 2, 3, 4]), [2, 2], "weights");
  const product = graph.node("MatMul", [x, weights], {}, "product");
  return { graph, product };
}

Deno.test("a built graph runs and gives the product it describes", async () => {
  const { graph, product } = affine();
  graph.output(product);
  const { product: y } = await run(graph, { x: new Tensor("float32", [1, 1, 2, 0], [2, 2]) });
  assert.deepEqual([...y.data as Float32Array], [4, 6, 2, 4]);
  assert.deepEqual(y.dims, [2, 2]);
});

Deno.test("integer, float, list and string attributes and int64 constants reach the runtime", async () => {
  const graph = new GraphBuilder();
  const x = graph.input("x", "float32", [1, 1, 3, 3]);
  const kernel = graph.constant(new Float32Array(4).fill(1), [1, 1, 2, 2]);
  const conv = graph.node("Conv", [x, kernel], { strides: [1, 1], auto_pad: "VALID", group: 1 });
  const leaky = graph.node("LeakyRelu", [conv], { alpha: { float: 0.5 } });
  const flat = graph.node("Reshape", [leaky, graph.constant(new BigInt64Array([1n, -1n]), [2])]);
  graph.output(flat, "float32", [1, 4]);
  const result = await run(graph, { x: new Tensor("float32", [1, 1, 1, 1, -9, 1, 1, 1, 1], [1, 1, 3, 3]) });
  assert.deepEqual([...result[flat].data as Float32Array], [-3, -3, -3, -3]);
});

Deno.test("clone() grows on its own and leaves the original as it was", async () => {
  const { graph, product } = affine();
  const before = graph.toBytes();
  const copy = graph.clone();
  copy.output(copy.node("ReduceMax", [product], { axes: [0], keepdims: 0 }, "largest"));
  assert.equal(graph.has("largest"), false);
  assert.deepEqual(graph.toBytes(), before);
  const { largest } = await run(copy, { x: new Tensor("float32", [1, 1, 2, 0], [2, 2]) });
  assert.deepEqual([...largest.data as Float32Array], [4, 6]);
});

Deno.test("from() reads back what toBytes() wrote, and nodes can be added to it", async () => {
  const { graph, product } = affine();
  graph.output(product, "float32", ["batch", 2]);
  const bytes = graph.toBytes();
  const read = GraphBuilder.from(bytes);
  assert.deepEqual(read.toBytes(), bytes);
  assert.equal(read.opset, 17);
  assert.deepEqual(read.inputs, [{ name: "x", type: 1, shape: ["batch", 2] }]);
  assert.deepEqual(read.outputs, [{ name: "product", type: 1, shape: ["batch", 2] }]);
  assert.deepEqual(read.nodes, [
    { name: "product", operator: "MatMul", inputs: ["x", "weights"], captured: [], outputs: ["product"] },
  ]);
  read.clearOutputs();
  read.output(read.node("Neg", [product], {}, "negative"));
  const result = await run(read, { x: new Tensor("float32", [1, 1], [1, 2]) });
  assert.deepEqual(Object.keys(result), ["negative"]);
  assert.deepEqual([...result.negative.data as Float32Array], [-4, -6]);
});

Deno.test("keepOnly() leaves what the values need, and restateInput() opens a size that was fixed", async () => {
  const graph = new GraphBuilder();
  const [x, other] = [graph.input("x", "float32", [1, 2]), graph.input("other", "float32", [1, 2])];
  const twice = graph.node("Mul", [x, graph.constant(new Float32Array([2]), [1], "two")], {}, "twice");
  graph.output(graph.node("Add", [twice, graph.node("Add", [other, graph.constant(new Float32Array([1]), [1])])]));
  graph.keepOnly([twice]);
  assert.deepEqual(graph.inputs, [{ name: "x", type: 1, shape: [1, 2] }]);
  assert.deepEqual(graph.nodes.map(({ outputs }) => outputs), [["twice"]]);
  assert.deepEqual(graph.outputs, []);
  graph.restateInput(x, "float32", ["batch", 2]);
  graph.output(twice);
  const result = await run(graph, { x: new Tensor("float32", [1, 2, 3, 4], [2, 2]) });
  assert.deepEqual([...result.twice.data as Float32Array], [2, 4, 6, 8]);
  assert.throws(() => graph.keepOnly([other]), /Cannot keep "other"/);
  assert.throws(() => graph.restateInput("twice", "float32", [1]), /Cannot restate input "twice"/);
});

Deno.test("from() takes the constants of old files, which were inputs too, for constants", async () => {
  const graph = GraphBuilder.from(encodeModel({
    irVersion: 3,
    opsetImport: [{ domain: "", version: 8 }],
    graph: {
      name: "old",
      node: [{ opType: "Mul", input: ["x", "two"], output: ["twice"] }],
      initializer: [{ name: "two", dims: [1], dataType: 1, rawData: new Uint8Array(new Float32Array([2]).buffer) }],
      input: ["x", "two"].map((name) => ({
        name,
        type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 1 }] } } },
      })),
    },
  }));
  assert.equal(graph.opset, 8);
  assert.deepEqual(graph.inputs.map(({ name }) => name), ["x"]);
  graph.output(graph.node("Add", ["twice", graph.constant(new Float32Array([1]), [1])], {}, "y"));
  const { y } = await run(graph, { x: new Tensor("float32", [3], [1]) });
  assert.deepEqual([...y.data as Float32Array], [7]);
});

Deno.test("output() twice is one output, and its type may be left to the runtime", () => {
  const { graph, product } = affine();
  graph.output(product);
  graph.output(product, "float32", [1, 2]);
  assert.deepEqual(graph.outputs, [{ name: "product", type: undefined, shape: undefined }]);
});

Deno.test("values that do not exist, taken names, wrong sizes and fractions as integers are refused", () => {
  const { graph } = affine();
  assert.throws(() => graph.node("Relu", ["nowhere"]), /Cannot add Relu: no value "nowhere"/);
  assert.throws(() => graph.node("Relu", ["x"], {}, "product"), /"product": the name is taken/);
  assert.throws(() => graph.input("x", "float32", [1]), /Cannot add input "x": the name is taken/);
  assert.throws(() => graph.constant(new Float32Array(3), [2, 2]), /3 values; expected 4 for shape \[2, 2\]/);
  assert.throws(() => graph.output("nowhere"), /Cannot mark output "nowhere"/);
  assert.throws(
    () => graph.node("LeakyRelu", ["x"], { alpha: 0.1 }),
    /attribute "alpha" is 0\.1; expected an integer, or \{ float: 0\.1 \}/,
  );
});

Deno.test("from() refuses bytes that are no model in one sentence, and never hangs on damaged ones", () => {
  assert.throws(() => GraphBuilder.from(new Uint8Array()), /Cannot read the ONNX model/);
  assert.throws(() => GraphBuilder.from(new TextEncoder().encode("<html></html>")), /Cannot read the ONNX model/);
  const { graph, product } = affine();
  graph.output(product);
  const bytes = graph.toBytes();
  fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, value, end) => {
    const damaged = bytes.slice(0, end);
    if (at < end) damaged[at] = value;
    try {
      GraphBuilder.from(damaged).toBytes();
    } catch (error) {
      assert.match((error as Error).message, /^Cannot read the ONNX model: /);
    }
  }));
});

Deno.test("toBytes() copies the weights once", () => {
  const graph = new GraphBuilder();
  const data = new Float32Array(8_000_000);
  graph.constant(data, [data.length]);
  const before = Deno.memoryUsage();
  const bytes = graph.toBytes();
  const after = Deno.memoryUsage();
  assert.ok(bytes.length - data.byteLength < 100, `${bytes.length} bytes`);
  const extra = after.external - before.external;
  assert.ok(extra < 1.1 * data.byteLength, `${extra} bytes more outside the heap`);
});

Deno.test("keepOnly() keeps what a graph inside a node takes from outside it", async () => {
  const graph = GraphBuilder.from(
    await Deno.readFile(new URL("../../fixtures/checkpoints/branch.onnx", import.meta.url)),
  );
  graph.keepOnly(["y"]);
  graph.output("y");
  for (const [value, expected] of [[1, 3], [-1, -3]]) {
    const { y } = await run(graph, { x: new Tensor("float32", [value, value], [2]) });
    assert.deepEqual([...y.data as Float32Array], [expected, expected]);
  }
});

Deno.test("startAt() makes a computed value an input, and what led to it can go", async () => {
  const graph = new GraphBuilder("tail");
  const x = graph.input("x", "float32", ["batch", 2]);
  const middle = graph.node("Exp", [x], {}, "middle");
  const end = graph.node("Neg", [middle], {}, "end");
  graph.output(middle);
  graph.startAt(middle, "float32", ["batch", 2]);
  graph.output(end);
  graph.keepOnly([end]);
  assert.deepEqual(graph.inputs.map(({ name }) => name), ["middle"]);
  assert.deepEqual(graph.nodes.map(({ operator }) => operator), ["Neg"]);
  const result = await run(graph, { middle: new Tensor("float32", [1, 2], [1, 2]) });
  assert.deepEqual([...result.end.data as Float32Array], [-1, -2]);
});

Deno.test("startAt() leaves what goes round the value as it was", async () => {
  const graph = new GraphBuilder("skip");
  const x = graph.input("x", "float32", ["batch", 2]);
  const before = graph.node("Abs", [x], {}, "before");
  const middle = graph.node("Neg", [before], {}, "middle");
  const end = graph.node("Add", [middle, before], {}, "end");
  graph.startAt(middle, "float32", ["batch", 2]);
  graph.output(end);
  graph.keepOnly([end]);
  assert.deepEqual(graph.inputs.map(({ name }) => name), ["x", "middle"]);
  const feeds = { x: new Tensor("float32", [-1, 2], [1, 2]), middle: new Tensor("float32", [10, 10], [1, 2]) };
  const result = await run(graph, feeds);
  assert.deepEqual([...result.end.data as Float32Array], [11, 12]);
});

Deno.test("startAt() refuses a value that no node computes", () => {
  const { graph } = affine();
  for (const name of ["x", "weights", "nothing", ""]) {
    assert.throws(() => graph.startAt(name, "float32", [1]), /Cannot start the graph at ".*": no node computes it/);
  }
});
