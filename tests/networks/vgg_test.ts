import assert from "node:assert/strict";
import { buildVgg } from "../../src/networks/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

Deno.test("buildVgg() agrees with PyTorch with and without batch norms, on torchvision's and timm's names", async () => {
  for (const name of ["vgg16", "vgg16-bn", "vgg16-timm"]) {
    const network = await built(`${name}.safetensors`, buildVgg, "architectures");
    assert.deepEqual(network.input.shape, [3, 224, 224]);
    assert.equal(network.layers.length, 20);
    assert.equal(network.layers.filter(({ stage }) => stage !== undefined).length, 7);
    await assertAgrees(network, await golden(name, "architectures"));
  }
});

Deno.test("buildVgg() averages the map to what the classifier was made for", async () => {
  const network = await built("vgg-one-mean.safetensors", buildVgg, "architectures");
  await assertAgrees(network, await golden("vgg-one-mean", "architectures"));
});

Deno.test("buildVgg() refuses another network, and a classifier for a map that it does not have", async () => {
  const alexnet = await fixture("alexnet.safetensors", "architectures");
  await assert.rejects(buildVgg(alexnet), /Cannot find the network in the checkpoint.*"classifier.0.weight"/);
  await alexnet.close();
  const vgg = await fixture("vgg16.safetensors", "architectures");
  const tensors = new Map(vgg.tensors).set("classifier.0.weight", { dtype: "float32", shape: [9, 6 * 25] });
  await assert.rejects(
    buildVgg({ ...vgg, tensors }),
    /"classifier.0.weight" has shape \[9, 150\]; expected inputs from a square of 6 channels whose side divides 7/,
  );
  await vgg.close();
});
