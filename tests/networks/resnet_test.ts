import assert from "node:assert/strict";
import { buildResNet, untrainedResNet } from "../../src/networks/mod.ts";
import { memoryCheckpoint } from "../../src/weights/mod.ts";
import { activations, assertAgrees, built, fixture, golden } from "./_golden.ts";

Deno.test("buildResNet() agrees with PyTorch on basic blocks behind the mini stem, batch norms folded or not", async () => {
  const expected = await golden("mini");
  for (const fold of [true, false]) {
    await assertAgrees(
      await built("mini.pth", (weights) => buildResNet(weights, { side: expected.side, fold })),
      expected,
    );
  }
});

Deno.test("buildResNet() agrees with PyTorch on bottlenecks behind torchvision's stem, from every container", async () => {
  const expected = await golden("bottleneck");
  for (const file of ["bottleneck.pth", "bottleneck.safetensors", "virtex.pth"]) {
    await assertAgrees(await built(file, (weights) => buildResNet(weights, { side: expected.side })), expected);
  }
});

Deno.test("buildResNet() reads depth, widths and the size of the image off the shapes", async () => {
  const network = await buildResNet(untrainedResNet("mini", 0));
  assert.deepEqual(network.input, { name: "image", shape: [3, 64, 64] });
  assert.deepEqual(
    network.layers.map(({ name, shape, depth }) => `${name} ${shape.join("x")} ${depth.toFixed(3)}`),
    [
      "relu 16x32x32 0.059",
      "layer1.0 16x32x32 0.176",
      "layer1.1 16x32x32 0.294",
      "layer2.0 32x16x16 0.412",
      "layer2.1 32x16x16 0.529",
      "layer3.0 64x8x8 0.647",
      "layer3.1 64x8x8 0.765",
      "layer4.0 128x4x4 0.882",
      "layer4.1 128x4x4 1.000",
      "avgpool 128 1.000",
    ],
  );
});

Deno.test("buildResNet() gives torchvision's ResNets their 10, 18 and 35 layers", async () => {
  const counts: Record<string, number> = {};
  for (const name of ["resnet18", "resnet34", "resnet50", "resnet101"] as const) {
    const { tensors, close } = untrainedResNet(name, 0);
    const read = (tensor: string): Promise<Float32Array> =>
      Promise.resolve(new Float32Array(tensors.get(tensor)!.shape.reduce((product, size) => product * size, 1)));
    const network = await buildResNet({ tensors, read, close });
    assert.deepEqual(network.input.shape, [3, 224, 224]);
    assert.deepEqual(network.layers[0].shape, [64, 112, 112]);
    assert.deepEqual(network.layers.at(-1)?.shape, name === "resnet18" || name === "resnet34" ? [512] : [2048]);
    counts[name] = network.layers.length;
  }
  assert.deepEqual(counts, { resnet18: 10, resnet34: 18, resnet50: 18, resnet101: 35 });
});

Deno.test("buildResNet() layers are rectified", async () => {
  for (const [name, { data }] of await activations(await buildResNet(untrainedResNet("mini", 1)))) {
    assert.ok((data as Float32Array).every((value) => value >= 0), name);
  }
});

Deno.test("buildResNet() refuses checkpoints without its tensors, of other stems and with shapes that do not fit", async () => {
  const empty = memoryCheckpoint(new Map());
  await assert.rejects(buildResNet(empty), /Cannot find the network in the checkpoint: no tensors; .*"conv1.weight"/);
  const mini = untrainedResNet("mini", 0);
  const changed = (tensor: string, shape: number[] | undefined): ReturnType<typeof buildResNet> => {
    const tensors = new Map(mini.tensors);
    if (shape === undefined) tensors.delete(tensor);
    else tensors.set(tensor, { dtype: "float32", shape });
    return buildResNet({ ...mini, tensors });
  };
  await assert.rejects(
    changed("conv1.weight", [16, 3, 5, 5]),
    /"conv1.weight" has shape \[16, 3, 5, 5\]; expected a kernel/,
  );
  await assert.rejects(changed("bn1.running_var", undefined), /the checkpoint has no tensor "bn1.running_var"/);
  await assert.rejects(changed("bn1.bias", [3]), /"bn1.bias" has shape \[3\]; expected \[16\]/);
  await assert.rejects(
    changed("layer2.0.downsample.0.weight", undefined),
    /block layer2.0 adds \[16, 32, 32\] to \[32, 16, 16\]/,
  );
  await assert.rejects(
    changed("layer1.0.conv2.weight", [16]),
    /"layer1.0.conv2.weight" has shape \[16\]; expected 4 axes/,
  );
  const clip = await fixture("clip-resnet.pt");
  await assert.rejects(buildResNet(clip), /Cannot build the network: its stem has several convolutions/);
  await clip.close();
});
