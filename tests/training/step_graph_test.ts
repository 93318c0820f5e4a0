import assert from "node:assert/strict";
import { type Device, type HostTensor, openDevice } from "../../src/devices/mod.ts";
import { buildStep } from "../../src/training/step_graph.ts";
import type { ObjectiveName } from "../../src/training/heads.ts";
import golden from "../../fixtures/training/step.json" with { type: "json" };

interface Listed {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const PLAN = { trunk: { side: 16, widths: [4, 8], blocks: 1 }, batch: 4 };

function tensors(listed: Readonly<Record<string, Listed>>): Map<string, HostTensor & { data: Float32Array }> {
  return new Map(
    Object.entries(listed).map(([name, { shape, data }]) => [name, { shape, data: new Float32Array(data) }]),
  );
}

/** ‖Δ‖/‖reference‖. */
function distance(found: ArrayLike<number>, expected: readonly number[]): number {
  assert.equal(found.length, expected.length);
  let off = 0, size = 0;
  expected.forEach((value, i) => {
    off += (found[i] - value) ** 2;
    size += value ** 2;
  });
  return Math.sqrt(off / size);
}

async function step(device: Device, name: keyof typeof golden.objectives, objective: ObjectiveName) {
  const { target, head } = golden.objectives[name];
  const weights = tensors({ ...golden.trunk, ...head });
  const graph = buildStep({ ...PLAN, objective }, weights, target.shape[1]);
  const session = await device.open(graph.toBytes());
  try {
    const images = { shape: golden.images.shape, data: new Float32Array(golden.images.data) };
    return await session.run({
      ...Object.fromEntries(weights),
      images,
      target: { shape: target.shape, data: new Float32Array(target.data) },
    });
  } finally {
    await session.close();
  }
}

const adapter = await navigator.gpu?.requestAdapter();

for (const name of ["cpu", "wasm", "webgpu"] as const) {
  Deno.test({
    name: `on ${name}, a step's loss, gradients and batch statistics are PyTorch's, for every objective`,
    ignore: name === "webgpu" && !adapter,
    sanitizeOps: name === "cpu",
    sanitizeResources: name === "cpu",
    fn: async () => {
      const device = await openDevice(name);
      try {
        for (const objective of ["vision", "language", "contrastive"] as const) {
          const { loss, gradients, statistics } = golden.objectives[objective];
          const found = await step(device, objective, objective);
          assert.ok(Math.abs(Number(found.loss.data[0]) - loss) < 1e-5, `${objective}: ${found.loss.data[0]}, ${loss}`);
          for (const [tensor, { shape, data }] of Object.entries<Listed>(gradients)) {
            assert.deepEqual(found[`gradient/${tensor}`].shape, shape, tensor);
            const off = distance(found[`gradient/${tensor}`].data as Float32Array, data);
            assert.ok(off < 2e-5, `${objective}, ${tensor}: ${off}`);
          }
          for (const [tensor, { data }] of Object.entries<Listed>(statistics)) {
            assert.ok(distance(found[`batch/${tensor}`].data as Float32Array, data) < 1e-5, `${objective}, ${tensor}`);
          }
        }
      } finally {
        await device.close();
      }
    },
  });
}

Deno.test("attributes and language are the same step", async () => {
  const device = await openDevice("cpu");
  try {
    assert.deepEqual(await step(device, "language", "attributes"), await step(device, "language", "language"));
  } finally {
    await device.close();
  }
});
