import assert from "node:assert/strict";
import { buildEfficientNet, type EfficientNetOptions, selectLayers } from "../../src/networks/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

const build = (file: string, options: EfficientNetOptions = {}) =>
  built(file, (weights) => buildEfficientNet(weights, options), "architectures");

Deno.test("buildEfficientNet() agrees with PyTorch on torchvision's names", async () => {
  const expected = await golden("efficientnet", "architectures");
  await assertAgrees(await build("efficientnet.pth", { side: expected.side }), expected);
});

Deno.test("buildEfficientNet() agrees with timm, padded by half the kernel or as TensorFlow does, with SiLU and as a Lite", async () => {
  for (const name of ["efficientnet-timm", "efficientnet-lite"]) {
    for (const side of [74, 64]) {
      const network = await build(`${name}.safetensors`, { tensorflow: false, side });
      await assertAgrees(network, await golden(`${name}-${side}`, "architectures"));
      const padded = await build(`${name}.safetensors`, { tensorflow: true, side });
      await assertAgrees(padded, await golden(`${name}-tf-${side}`, "architectures"));
      await assert.rejects(assertAgrees(padded, await golden(`${name}-${side}`, "architectures")));
    }
  }
});

Deno.test("buildEfficientNet() gives the last block of a stage the stage's name", async () => {
  const network = await build("efficientnet.pth");
  assert.deepEqual(network.input.shape, [3, 224, 224]);
  assert.deepEqual(
    selectLayers(network, "stages").map(({ name, value, shape }) => `${name} ${value} ${shape.join("x")}`),
    [
      "features.0 features.0 8x112x112",
      "features.1 features.1.1 8x112x112",
      "features.2 features.2.1 8x56x56",
      "features.3 features.3.0 16x28x28",
      "features.4 features.4.0 16x14x14",
      "features.5 features.5.0 24x14x14",
      "features.6 features.6.1 24x7x7",
      "features.7 features.7.0 32x7x7",
      "features.8 features.8 20x7x7",
      "avgpool avgpool 20",
    ],
  );
});

Deno.test("buildEfficientNet() asks whether timm's weights are TensorFlow's, which no tensor tells", async () => {
  await assert.rejects(
    build("efficientnet-lite.safetensors"),
    /no tensor tells whether its weights come from TensorFlow.*such as efficientnet-lite0 or tf-efficientnet-lite0$/,
  );
  await assert.rejects(build("efficientnet-timm.safetensors"), /such as efficientnet-b0 or tf-efficientnet-b0$/);
  await assert.rejects(build("efficientnet.pth", { tensorflow: true }), /its names are torchvision's; expected timm's/);
});

Deno.test("buildEfficientNet() refuses the other kind, other blocks, B5 and networks of other names", async () => {
  await assert.rejects(
    build("efficientnet.pth", { lite: true }),
    /it has a squeeze-excitation; expected none, as in a Lite/,
  );
  await assert.rejects(
    build("efficientnet-lite.safetensors", { lite: false, tensorflow: true }),
    /it has no squeeze-excitation; expected one/,
  );
  await assert.rejects(
    build("convnext.pth"),
    /Cannot find the network in the checkpoint.*"features.1.0.block.0.0.weight"/,
  );
  const weights = await fixture("efficientnet.pth", "architectures");
  const changed = (tensor: string, shape: number[]) =>
    buildEfficientNet({ ...weights, tensors: new Map(weights.tensors).set(tensor, { dtype: "float32", shape }) });
  await assert.rejects(changed("features.8.0.weight", [2048, 32, 1, 1]), /expected fewer than 2048 outputs/);
  await assert.rejects(changed("features.1.0.block.0.0.weight", [8, 8, 3, 3]), /expected one input channel for each/);
  await assert.rejects(
    changed("features.2.0.block.2.fc2.weight", [9, 2, 1, 1]),
    /fc2.bias" has shape \[16\]; expected/,
  );
  await weights.close();
});
