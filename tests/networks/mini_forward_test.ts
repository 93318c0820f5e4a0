import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "../native_runtime.ts";
import { buildNetwork, untrainedResNet } from "../../src/networks/mod.ts";
import { loadProcedural, proceduralSample } from "../../src/stimuli/mod.ts";
import { type Checkpoint, openCheckpoint } from "../../src/weights/mod.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

/** What the training framework computed, as `deno task train --forward` writes it. */
interface Forward {
  readonly images: {
    readonly seed: number;
    readonly split: "train" | "validation" | "test";
    readonly indices: readonly number[];
  };
  readonly networks: Readonly<Record<string, Readonly<Record<string, ForwardLayer>>>>;
}

interface ForwardLayer {
  readonly shape: readonly number[];
  readonly units: readonly number[];
  readonly values: readonly (readonly number[])[];
  readonly lengths: readonly number[];
}

const forward: Forward = JSON.parse(await readFile(new URL("mini-forward.json", FIXTURES), "utf8"));
await loadProcedural();

/** The images as the mini networks take them: channels first, (value − 0.5) / 0.25. */
function batch({ seed, split, indices }: Forward["images"]): Tensor {
  const data = new Float32Array(indices.length * 3 * 64 * 64);
  for (const [image, index] of indices.entries()) {
    const { data: pixels } = proceduralSample({ seed, split, index }).pixels;
    for (let i = 0; i < pixels.length; i++) {
      data[(image * 3 + i % 3) * 4096 + Math.floor(i / 3)] = (pixels[i] / 255 - 0.5) / 0.25;
    }
  }
  return new Tensor("float32", data, [indices.length, 3, 64, 64]);
}

for (const [id, layers] of Object.entries(forward.networks)) {
  Deno.test(`the graph of ${id} agrees with the framework that trained it to 1e-4 at every layer`, async () => {
    const checkpoint: Checkpoint = id === "mini-untrained-s0"
      ? untrainedResNet("mini", 0)
      : await openCheckpoint(new URL(`${id}.safetensors`, FIXTURES).pathname);
    const network = await buildNetwork({ checkpoint, architecture: "mini" });
    await checkpoint.close();
    assert.deepEqual(
      network.layers.map(({ name, shape }) => [name, shape]),
      Object.entries(layers).map(([n, t]) => [n, t.shape]),
    );
    const graph = network.graph.clone();
    for (const { value } of network.layers) graph.output(value);
    const session = await InferenceSession.create(graph.toBytes(), { logSeverityLevel: 3 });
    const results = await session.run({ [network.input.name]: batch(forward.images) });
    await session.release();
    for (const { name, value, units } of network.layers) {
      const found = results[value].data as Float32Array;
      for (const [image, expected] of layers[name].values.entries()) {
        const row = found.subarray(image * units, (image + 1) * units);
        const length = Math.hypot(...row);
        const target = layers[name].lengths[image];
        assert.ok(Math.abs(length - target) <= 1e-4 * target, `${name}: length ${length}, expected ${target}`);
        const scale = Math.hypot(...expected);
        const error = Math.hypot(...expected.map((value, k) => value - row[layers[name].units[k]]));
        assert.ok(error <= 1e-4 * scale, `${name}: off by ${error / scale} of its size`);
      }
    }
  });
}
