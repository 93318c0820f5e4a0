import assert from "node:assert/strict";
import { maxBatch } from "../../src/devices/mod.ts";
import type { Network } from "../../src/networks/mod.ts";

function network(side: number, units: number): Pick<Network, "input" | "layers"> {
  return {
    input: { name: "image", shape: [3, side, side] },
    layers: [{ name: "relu", depth: 0, shape: [units], units, value: "relu" }],
  };
}

const CPU = { name: "cpu", maxTensorBytes: Infinity } as const;

Deno.test("maxBatch() keeps ResNet-50's working memory in bounds on a device without limits", () => {
  const batch = maxBatch(network(224, 64 * 112 * 112), CPU);
  assert.ok(batch >= 16 && batch <= 32, `${batch}`);
});

Deno.test("maxBatch() takes at most 64 of small images", () => {
  assert.equal(maxBatch(network(64, 16 * 32 * 32), CPU), 64);
});

Deno.test("maxBatch() keeps every tensor of a batch within the adapter's binding", () => {
  const limit = 128 * 2 ** 20;
  const units = 64 * 112 * 112;
  const batch = maxBatch(network(224, units), { name: "webgpu", maxTensorBytes: limit });
  assert.ok(batch >= 1 && batch * units * 4 * 4 <= limit);
});

Deno.test("maxBatch() runs one image at a time where no more fit, and says when none does", () => {
  const units = 1_000_000;
  assert.equal(maxBatch(network(8, units), { name: "webgpu", maxTensorBytes: 4 * units }), 1);
  assert.throws(
    () => maxBatch(network(8, units), { name: "webgpu", maxTensorBytes: 4 * units - 1 }),
    /Cannot run the network on webgpu: one image takes a tensor of 4000000 bytes; expected 3999999 at most/,
  );
});
