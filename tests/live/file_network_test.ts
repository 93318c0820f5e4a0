import assert from "node:assert/strict";
import { readNetworkFile } from "../../src/browser/mod.ts";
import { networkAmong } from "../../src/live/network_among.ts";
import { GraphBuilder } from "../../src/onnx/mod.ts";
import { readOnnx } from "../../src/reproduce/mod.ts";
import { network } from "../planted_onnx.ts";
import { weightsBeside } from "./odd_networks.ts";

const FIXTURES = new URL("../../fixtures/checkpoints/", import.meta.url);

const file = (bytes: Uint8Array, name: string): File => new File([new Uint8Array(bytes)], name);

Deno.test("readNetworkFile() reads a graph and the file of its weights as readOnnx() does", async () => {
  const names = ["bottleneck-external.onnx", "bottleneck-external.data"];
  const [graph, data] = await Promise.all(
    names.map(async (name) => file(await Deno.readFile(new URL(name, FIXTURES)), name)),
  );
  const there = await readOnnx(new URL(names[0], FIXTURES).pathname);
  assert.deepEqual(await readNetworkFile(graph, [file(new Uint8Array(3), "other.data"), data]), there);
});

Deno.test("readNetworkFile() names a file of weights that is missing, cut short or cannot be told from another", async () => {
  const { graph, data } = weightsBeside(network(0, 60), () => "a/weights.bin");
  const net = file(graph, "net.onnx");
  await assert.rejects(readNetworkFile(net), {
    message:
      'Cannot read "net.onnx": some of its weights are in another file, "weights.bin"; expected both files together',
  });
  await assert.rejects(
    readNetworkFile(net, [file(data.subarray(1), "weights.bin")]),
    /^Error: Cannot read \d+ bytes at 0 of "weights\.bin": it has \d+ bytes; expected a whole file$/,
  );
  const builder = new GraphBuilder("two weights");
  const image = builder.input("image", "float32", ["batch", 3, 4, 4]);
  const weight = (value: number): string => builder.constant(new Float32Array([value]), [1]);
  const sum = builder.node("Add", [builder.node("Mul", [image, weight(2)]), weight(3)]);
  builder.output(sum, "float32", ["batch", 3, 4, 4]);
  const twice = weightsBeside(builder.toBytes(), (index) => `${"ab"[index % 2]}/weights.bin`);
  await assert.rejects(
    readNetworkFile(file(twice.graph, "net.onnx"), [file(twice.data, "weights.bin")]),
    /its weights are in "a\/weights\.bin" and "b\/weights\.bin"; expected files with different names/,
  );
});

Deno.test("networkAmong() takes the one graph with the others beside it, or the one file", () => {
  const [onnx, data, pth] = ["net.ONNX", "net.data", "net.pth"].map((name) => file(new Uint8Array(1), name));
  assert.deepEqual(networkAmong([data, onnx]), { file: onnx, beside: [data] });
  assert.deepEqual(networkAmong([pth]), { file: pth, beside: [] });
  assert.throws(() => networkAmong([pth, data]), /Cannot use 2 files at once: none is an ONNX file; expected one file/);
  assert.throws(
    () => networkAmong([onnx, data, onnx]),
    /Cannot use 2 ONNX files at once; expected one, with the files/,
  );
});
