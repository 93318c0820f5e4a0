import assert from "node:assert/strict";
import { buildConvNext, selectLayers } from "../../src/networks/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

Deno.test("buildConvNext() agrees with PyTorch on torchvision's and timm's names", async () => {
  for (const [name, file] of [["convnext", "convnext.pth"], ["convnext-timm", "convnext-timm.safetensors"]]) {
    const expected = await golden(name, "architectures");
    const build = (side?: number) => built(file, (weights) => buildConvNext(weights, { side }), "architectures");
    await assertAgrees(await build(expected.side), expected);
    assert.deepEqual((await build()).input.shape, [3, 224, 224]);
  }
});

Deno.test("buildConvNext() on the authors' names gives what timm's give", async () => {
  const expected = await golden("convnext-timm", "architectures"), { side, layers } = expected;
  const network = await built("convnext-original.pth", (weights) => buildConvNext(weights, { side }), "architectures");
  const renamed = layers.map((layer, index) => ({ ...layer, name: network.layers[index].name }));
  assert.deepEqual(renamed.map(({ name }) => name), [
    "downsample_layers.0",
    ...["0.0", "1.0", "1.1", "2.0", "2.1", "2.2", "3.0"].map((block) => `stages.${block}`),
    "norm",
  ]);
  await assertAgrees(network, { ...expected, layers: renamed });
});

Deno.test("buildConvNext() gives the last block of a stage the stage's name", async () => {
  const network = await built("convnext.pth", buildConvNext, "architectures");
  assert.deepEqual(
    selectLayers(network, "stages").map(({ name, value, shape }) => `${name} ${value} ${shape.join("x")}`),
    [
      "features.0 features.0 4x56x56",
      "features.1 features.1.0 4x56x56",
      "features.3 features.3.1 5x28x28",
      "features.5 features.5.2 8x14x14",
      "features.7 features.7.0 10x7x7",
      "classifier.0 classifier.0 10",
    ],
  );
});

Deno.test("buildConvNext() refuses other networks and shapes that do not fit", async () => {
  const other = await fixture("efficientnet.pth", "architectures");
  await assert.rejects(buildConvNext(other), /Cannot find the network in the checkpoint.*"features.1.0.layer_scale"/);
  await other.close();
  const convnext = await fixture("convnext.pth", "architectures");
  const changed = (tensor: string, shape: number[]) =>
    buildConvNext({ ...convnext, tensors: new Map(convnext.tensors).set(tensor, { dtype: "float32", shape }) });
  await assert.rejects(changed("features.3.0.layer_scale", [6]), /"features.3.0.layer_scale" .* expected 5 values/);
  await assert.rejects(changed("features.2.0.weight", [3]), /"features.2.0.weight" has shape \[3\]; expected \[4\]/);
  await convnext.close();
});
