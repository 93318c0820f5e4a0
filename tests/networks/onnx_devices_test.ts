import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { DeviceName } from "../../src/devices/mod.ts";
import { buildOnnxNetwork, probeLayerShapes } from "../../src/networks/mod.ts";
import { readOnnx } from "../../src/reproduce/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import { golden, images } from "./_golden.ts";

const path = (name: string): string => new URL(`../../fixtures/checkpoints/${name}`, import.meta.url).pathname;

const NAMES = ["cpu", "wasm", "webgpu"] satisfies DeviceName[];
const devices = await openAll(NAMES);

interface Gate {
  readonly side: number;
  readonly cases: readonly { readonly add: number; readonly scores: readonly number[] }[];
}

for (const name of NAMES) {
  const ignore = name === "webgpu" && NO_ADAPTER;

  Deno.test({
    name: `If runs on ${name} with any batch, though its branches fix a batch of one, with PyTorch's values`,
    ignore,
    async fn() {
      const { side, cases }: Gate = JSON.parse(await readFile(path("gate.json"), "utf8"));
      const network = buildOnnxNetwork(await readFile(path("gate.onnx")), { layers: ["/If_output_0", "scores"] });
      const device = devices.get(name)!;
      const probed = await probeLayerShapes(network, async (model, feeds) => {
        const session = await device.open(model);
        try {
          return await session.run(feeds);
        } finally {
          await session.close();
        }
      });
      assert.deepEqual(probed.layers.map(({ shape }) => shape), [[4, 4, 4], [3]]);
      const graph = network.graph.clone();
      graph.output("scores");
      const session = await device.open(graph.toBytes());
      assert.equal(cases.length, 2);
      for (const { add, scores } of cases) {
        const data = images(2, side).map((value) => value + add);
        const found = (await session.run({ image: { data, shape: [2, 3, side, side] } })).scores.data;
        for (const [index, expected] of scores.entries()) {
          assert.ok(Math.abs(Number(found[index]) - expected) < 1e-5, `${found}, PyTorch's ${scores}`);
        }
      }
      await session.close();
    },
  });

  Deno.test({
    name: `weights in another file reach ${name}, with PyTorch's values`,
    ignore,
    async fn() {
      const { side, layers } = await golden("bottleneck");
      const { norm, step, samples } = layers[0];
      const value = "/relu/Relu_output_0";
      const { model } = await readOnnx(path("bottleneck-external.onnx"));
      const { graph, input } = buildOnnxNetwork(model, { layers: [value] });
      graph.output(value);
      const session = await devices.get(name)!.open(graph.toBytes());
      const outputs = await session.run({ [input.name]: { data: images(2, side), shape: [2, ...input.shape] } });
      const found = [...outputs[value].data].map(Number);
      const scale = norm / Math.sqrt(found.length);
      for (const [index, expected] of samples.entries()) {
        const error = Math.abs(found[index * step] - expected) / scale;
        assert.ok(error < 1e-4, `${index}: ${found[index * step]}, PyTorch's ${expected}`);
      }
      await session.close();
    },
  });
}
