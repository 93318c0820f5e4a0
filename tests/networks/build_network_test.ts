import assert from "node:assert/strict";
import { ARCHITECTURES, buildNetwork, type Network, untrainedResNet } from "../../src/networks/mod.ts";
import { type Checkpoint, type TensorInfo } from "../../src/weights/mod.ts";
import { built } from "./_golden.ts";

const by = (options: { architecture?: string; prefix?: string }) => (checkpoint: Checkpoint): Promise<Network> =>
  buildNetwork({ checkpoint, ...options });

/** Zeros of the given shapes, so that full-size networks cost no file. */
function zeros(shapes: Readonly<Record<string, readonly number[]>>): Checkpoint {
  const tensors = new Map<string, TensorInfo>(
    Object.entries(shapes).map(([name, shape]) => [name, { dtype: "float16", shape }]),
  );
  return {
    tensors,
    read: (name) => Promise.resolve(new Float32Array(tensors.get(name)!.shape.reduce((size, side) => size * side, 1))),
    close: () => Promise.resolve(),
  };
}

function clipVit(patch: number, grid: number): Checkpoint {
  const d = 768;
  const shapes: Record<string, number[]> = {
    "visual.class_embedding": [d],
    "visual.positional_embedding": [grid ** 2 + 1, d],
    "visual.conv1.weight": [d, 3, patch, patch],
  };
  for (const norm of ["ln_pre", "ln_post"]) shapes[`visual.${norm}.weight`] = shapes[`visual.${norm}.bias`] = [d];
  for (let i = 0; i < 12; i++) {
    const block = `visual.transformer.resblocks.${i}`;
    for (const norm of ["ln_1", "ln_2"]) shapes[`${block}.${norm}.weight`] = shapes[`${block}.${norm}.bias`] = [d];
    shapes[`${block}.attn.in_proj_weight`] = [3 * d, d];
    shapes[`${block}.attn.in_proj_bias`] = [3 * d];
    const linear = { "attn.out_proj": [d, d], "mlp.c_fc": [4 * d, d], "mlp.c_proj": [d, 4 * d] };
    for (const [name, shape] of Object.entries(linear)) {
      shapes[`${block}.${name}.weight`] = shape;
      shapes[`${block}.${name}.bias`] = [shape[0]];
    }
  }
  return zeros(shapes);
}

Deno.test("buildNetwork() recognizes each kind by the names of its tensors", async () => {
  const last = async (file: string): Promise<string> => (await built(file, by({}))).layers.at(-1)!.name;
  assert.equal(await last("virtex.pth"), "avgpool");
  assert.equal((await buildNetwork({ checkpoint: untrainedResNet("mini", 0) })).layers[0].name, "relu");
  await assert.rejects(last("clip-resnet.pt"), /0.5 heads over 32 dimensions/);
  await assert.rejects(last("clip-vit.pth"), /0.125 heads over 8 dimensions/);
  await assert.rejects(last("slip.pt"), /0.125 heads over 8 dimensions/);
});

Deno.test("buildNetwork() by name gives that network and refuses tensors of another", async () => {
  const network = await buildNetwork({ checkpoint: untrainedResNet("resnet18", 0), architecture: "resnet18" });
  assert.equal(network.layers.length, 10);
  await assert.rejects(
    buildNetwork({ checkpoint: untrainedResNet("resnet18", 0), architecture: "resnet34" }),
    /Cannot build "resnet34": its tensors make 10 layers, the last of 512 units; expected 18, the last of 512/,
  );
});

Deno.test("buildNetwork() builds CLIP's ViT-B/32 for 50 tokens and ViT-B/16 for 197", async () => {
  for (const [architecture, patch, grid] of [["clip-vit-b32", 32, 7], ["clip-vit-b16", 16, 14]] as const) {
    const { input, layers } = await buildNetwork({ checkpoint: clipVit(patch, grid), architecture });
    assert.deepEqual(input.shape, [3, 224, 224]);
    assert.deepEqual(layers[0], {
      name: "transformer.resblocks.0",
      value: "transformer.resblocks.0",
      shape: [grid ** 2 + 1, 768],
      // The patches, and in each of twelve blocks four products with weights, one after the other.
      depth: 5 / 49,
      units: (grid ** 2 + 1) * 768,
    });
    assert.deepEqual(layers.filter(({ stage }) => stage !== undefined).map(({ name }) => name), [
      "transformer.resblocks.2",
      "transformer.resblocks.5",
      "transformer.resblocks.8",
      "transformer.resblocks.11",
      "ln_post",
    ]);
  }
});

Deno.test("buildNetwork() looks under the prefix it is given", async () => {
  const network = await built("virtex.pth", by({ prefix: "model.visual." }));
  assert.equal(network.layers.at(-1)?.name, "avgpool");
  await assert.rejects(built("virtex.pth", by({ prefix: "optimizer." })), /no tensor's name begins with "optimizer."/);
});

Deno.test("buildNetwork() refuses unknown architectures, unknown tensors and a ViT-S whose heads nobody said", async () => {
  await assert.rejects(
    buildNetwork({ checkpoint: untrainedResNet("mini", 0), architecture: "lenet" }),
    new RegExp(`Cannot build "lenet": unknown; expected one of ${ARCHITECTURES.join(", ")}`),
  );
  const small = zeros({
    cls_token: [1, 1, 384],
    pos_embed: [1, 197, 384],
    "patch_embed.proj.weight": [384, 3, 16, 16],
  });
  await assert.rejects(buildNetwork({ checkpoint: small }), /no shape tells its heads over 384 dimensions; expected 6/);
});

Deno.test("buildNetwork() says of tensors it does not know what they are, what it knows and how to write an ONNX file", async () => {
  const alexnet = zeros({ "features.0.weight": [64, 3, 11, 11], "features.0.bias": [64] });
  await assert.rejects(buildNetwork({ checkpoint: alexnet }), {
    message: 'Cannot recognize the network by its tensors: found 2, the first "features.0.weight" [64, 3, 11, 11]; ' +
      `expected those of ${
        ARCHITECTURES.join(", ")
      }, or the network as an .onnx file, which this line of Python writes: ` +
      'torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), "model.onnx", input_names=["image"], ' +
      'dynamic_axes={"image": {0: "batch"}})',
  });
  await assert.rejects(
    buildNetwork({ checkpoint: zeros({}) }),
    /by its tensors: there are none; expected those of mini,/,
  );
});
