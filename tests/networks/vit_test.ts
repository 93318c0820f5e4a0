import assert from "node:assert/strict";
import { buildClipVit, buildTimmVit } from "../../src/networks/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

Deno.test("buildClipVit() agrees with PyTorch, with quick GELU and the prefix of a training checkpoint", async () => {
  const network = await built("clip-vit.pth", (weights) => buildClipVit(weights, { heads: 2 }));
  await assertAgrees(network, await golden("clip-vit"));
  assert.deepEqual(network.layers.map(({ stage }) => stage), [...network.layers.map(({ name }) => name)]);
});

Deno.test("buildClipVit() with the exact GELU gives other numbers", async () => {
  const network = await built("clip-vit.pth", (weights) => buildClipVit(weights, { heads: 2, gelu: "exact" }));
  await assert.rejects(assertAgrees(network, await golden("clip-vit")));
});

Deno.test("buildTimmVit() agrees with PyTorch on SLIP's names and nesting", async () => {
  const network = await built("slip.pt", (weights) => buildTimmVit(weights, { heads: 2 }));
  assert.deepEqual(network.input.shape, [3, 12, 12]);
  assert.deepEqual(network.layers[0].shape, [10, 8]);
  await assertAgrees(network, await golden("timm-vit"));
});

Deno.test("transformers refuse the other kind's names and a number of heads that does not divide", async () => {
  const slip = await fixture("slip.pt");
  await assert.rejects(buildClipVit(slip), /Cannot find the network in the checkpoint.*"class_embedding"/);
  await assert.rejects(buildTimmVit(slip, { heads: 3 }), /Cannot build the network: 3 heads over 8 dimensions/);
  await assert.rejects(buildTimmVit(slip), /0.125 heads over 8 dimensions/);
  await slip.close();
});

Deno.test("buildTimmVit() agrees with timm, and on the teacher in a training checkpoint of DINO", async () => {
  for (const file of ["vit-timm.safetensors", "dino.pth"]) {
    const network = await built(file, (weights) => buildTimmVit(weights, { heads: 3 }), "architectures");
    assert.deepEqual(network.layers[0].shape, [37, 12]);
    await assertAgrees(network, await golden("vit-timm", "architectures"));
  }
});
