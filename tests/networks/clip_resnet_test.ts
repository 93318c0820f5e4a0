import assert from "node:assert/strict";
import { buildClipResNet } from "../../src/networks/mod.ts";
import { scopeTo } from "../../src/weights/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

Deno.test("buildClipResNet() agrees with PyTorch from a TorchScript archive in mixed precision", async () => {
  const network = await built("clip-resnet.pt", (weights) => buildClipResNet(weights, { heads: 4 }));
  assert.deepEqual(network.input.shape, [3, 64, 64]);
  await assertAgrees(network, await golden("clip-resnet"));
  assert.deepEqual(
    network.layers.map(({ stage }) => stage).filter(Boolean),
    ["relu3", "layer1", "layer2", "layer3", "layer4", "attnpool"],
  );
});

Deno.test("buildClipResNet() refuses other networks, heads that do not divide and maps that do not fit", async () => {
  const other = await fixture("bottleneck.pth");
  await assert.rejects(buildClipResNet(other), /Cannot find the network in the checkpoint.*"attnpool.q_proj.weight"/);
  await other.close();
  await assert.rejects(
    built("clip-resnet.pt", (weights) => buildClipResNet(weights, { heads: 5 })),
    /Cannot build the network: 5 heads over 32 dimensions/,
  );
  const checkpoint = await fixture("clip-resnet.pt");
  const tower = scopeTo(checkpoint, ["attnpool.q_proj.weight"]);
  const tensors = new Map(tower.tensors).set("attnpool.positional_embedding", { dtype: "float32", shape: [7, 32] });
  await assert.rejects(
    buildClipResNet({ ...tower, tensors }, { heads: 4 }),
    /"attnpool.positional_embedding" has shape \[7, 32\]; expected one row more than a square/,
  );
  await checkpoint.close();
});
