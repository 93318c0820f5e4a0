import assert from "node:assert/strict";
import { buildDinov2, buildTimmVit } from "../../src/networks/mod.ts";
import { type Checkpoint } from "../../src/weights/mod.ts";
import { assertAgrees, built, fixture, golden } from "./_golden.ts";

const builder = (side?: number, heads?: number) => (checkpoint: Checkpoint) => buildDinov2(checkpoint, { side, heads });

Deno.test("buildDinov2() agrees with PyTorch on stored positions, and on fewer and more, interpolated as its authors do", async () => {
  for (const side of [35, 21, 49]) {
    const network = await built("dinov2.safetensors", builder(side), "architectures");
    assert.deepEqual(network.layers[0].shape, [(side / 7) ** 2 + 1, 128]);
    await assertAgrees(network, await golden(`dinov2-${side}`, "architectures"));
  }
});

Deno.test("buildDinov2() agrees with PyTorch on registers, which come with antialiasing", async () => {
  for (const side of [35, 21, 49]) {
    const network = await built("dinov2-registers.pth", builder(side, 2), "architectures");
    assert.deepEqual(network.layers[0].shape, [(side / 7) ** 2 + 4, 12]);
    await assertAgrees(network, await golden(`dinov2-registers-${side}`, "architectures"));
  }
});

Deno.test("buildDinov2() agrees with timm's interpolation, and on positions that the class token has no part in", async () => {
  for (const name of ["dinov2-timm", "dinov2-registers-timm"]) {
    for (const side of [35, 21]) {
      const network = await built(`${name}.safetensors`, builder(side, 2), "architectures");
      await assertAgrees(network, await golden(`${name}-${side}`, "architectures"));
    }
  }
});

Deno.test("buildDinov2() takes images of 224 rows, whatever its positions were stored for", async () => {
  const network = await built("dinov2.safetensors", builder(), "architectures");
  assert.deepEqual(network.input.shape, [3, 224, 224]);
  assert.deepEqual(network.layers[0].shape, [32 ** 2 + 1, 128]);
});

Deno.test("buildDinov2() refuses a side between patches, networks without LayerScale and missing scales", async () => {
  await assert.rejects(
    built("dinov2.safetensors", builder(40), "architectures"),
    /an image of 40 rows has no whole number of patches; expected a multiple of 7/,
  );
  await assert.rejects(
    built("vit-timm.safetensors", builder(), "architectures"),
    /Cannot find the network in the checkpoint.*"blocks.0.ls1.gamma"/,
  );
  const weights = await fixture("dinov2.safetensors", "architectures");
  const tensors = new Map(weights.tensors);
  tensors.delete("blocks.0.ls2.gamma");
  await assert.rejects(buildDinov2({ ...weights, tensors }), /no tensor "blocks.0.ls2.gamma"/);
  tensors.set("blocks.0.ls2.gamma", { dtype: "float16", shape: [128] });
  tensors.set("pos_embed", { dtype: "float16", shape: [1, 28, 128] });
  await assert.rejects(buildDinov2({ ...weights, tensors }), /"pos_embed" .*; expected rows for a square, and at most/);
  await weights.close();
});

Deno.test("buildTimmVit() does not take a DINOv2 for a plain Vision Transformer", async () => {
  await assert.rejects(
    built("dinov2.safetensors", buildTimmVit, "architectures"),
    /it has a tensor "blocks.0.ls1.gamma"; expected none, or DINOv2 as the architecture/,
  );
});
