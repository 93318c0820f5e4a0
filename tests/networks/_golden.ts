import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "../native_runtime.ts";
import type { Network } from "../../src/networks/mod.ts";
import { type Checkpoint, openCheckpoint } from "../../src/weights/mod.ts";

/** Fixtures by the script that makes them: make_checkpoints.py, make_architectures.py. */
const FIXTURES = {
  checkpoints: new URL("../../fixtures/checkpoints/", import.meta.url),
  architectures: new URL("../../fixtures/architectures/", import.meta.url),
};

/** Which of the two folders; the first by default. */
export type Folder = keyof typeof FIXTURES;

interface GoldenLayer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly step: number;
  readonly mean?: number;
  readonly norm: number;
  readonly samples: readonly number[];
}

export interface Golden {
  readonly side: number;
  /** How far from PyTorch a value may be, as a part of its layer's root mean square; 1e-5 by default. */
  readonly tolerance?: number;
  readonly layers: readonly GoldenLayer[];
}

/** What PyTorch computed with the fixtures of this name. */
export async function golden(name: string, folder: Folder = "checkpoints"): Promise<Golden> {
  const { side, taps } = JSON.parse(await readFile(new URL("golden.json", FIXTURES[folder]), "utf8"))[name];
  // Sums in another order, as another processor takes them, show after VGG's thirteen convolutions.
  return { side, layers: taps, ...(folder === "architectures" ? { tolerance: 1e-4 } : {}) };
}

export function fixture(name: string, folder: Folder = "checkpoints"): Promise<Checkpoint> {
  return openCheckpoint(new URL(name, FIXTURES[folder]).pathname);
}

/** Opens a fixture, builds from it and closes it. */
export async function built(
  name: string,
  build: (checkpoint: Checkpoint) => Promise<Network>,
  folder: Folder = "checkpoints",
): Promise<Network> {
  const checkpoint = await fixture(name, folder);
  try {
    return await build(checkpoint);
  } finally {
    await checkpoint.close();
  }
}

/** The same images as make_checkpoints.py feeds. */
export function images(batch: number, side: number): Float32Array {
  return Float32Array.from({ length: batch * 3 * side * side }, (_, i) => ((i * 7919) % 1009) / 504.5 - 1);
}

/** Runs a network on the native CPU and returns every layer's activations. */
export async function activations(network: Network, batch = 2): Promise<Map<string, Tensor>> {
  const graph = network.graph.clone();
  for (const { value } of network.layers) graph.output(value);
  const session = await InferenceSession.create(graph.toBytes(), { logSeverityLevel: 3 });
  try {
    const [, side] = network.input.shape;
    const feed = new Tensor("float32", images(batch, side), [batch, ...network.input.shape]);
    const results = await session.run({ [network.input.name]: feed });
    return new Map(network.layers.map(({ name, value }) => [name, results[value] as Tensor]));
  } finally {
    await session.release();
  }
}

/** Asserts that every layer agrees with PyTorch's to its tolerance, with the same names, order and shapes. */
export async function assertAgrees(network: Network, { layers, tolerance = 1e-5 }: Golden): Promise<void> {
  assert.deepEqual(network.layers.map(({ name }) => name), layers.map(({ name }) => name));
  const results = await activations(network);
  for (const [index, { name, shape, step, mean, norm, samples }] of layers.entries()) {
    const layer = network.layers[index];
    const result = results.get(name)!;
    const found = result.data as Float32Array;
    assert.deepEqual(result.dims, [2, ...layer.shape], `${name}: the layer states its shape`);
    assert.deepEqual(layer.shape, shape.filter((size, axis) => axis === 0 || size > 1 || layer.shape.length > 1), name);
    assert.equal(layer.units, found.length / 2, name);
    const foundNorm = Math.sqrt(found.reduce((sum, value) => sum + value * value, 0));
    assert.ok(Math.abs(foundNorm - norm) <= tolerance * norm, `${name}: norm ${foundNorm}, PyTorch's ${norm}`);
    const scale = norm / Math.sqrt(found.length);
    if (mean !== undefined) {
      const foundMean = found.reduce((sum, value) => sum + value, 0) / found.length;
      assert.ok(Math.abs(foundMean - mean) <= tolerance * scale, `${name}: mean ${foundMean}, PyTorch's ${mean}`);
    }
    for (const [k, expected] of samples.entries()) {
      const error = Math.abs(found[k * step] - expected) / scale;
      assert.ok(error <= tolerance, `${name}[${k * step}]: ${found[k * step]}, PyTorch's ${expected}`);
    }
  }
}
