import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ARCHITECTURES, buildNetwork, selectLayers, usualInput } from "../../src/networks/mod.ts";
import { type Checkpoint, type TensorInfo } from "../../src/weights/mod.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Tensors of the published networks, from make_architectures.py: by architecture and whose names they are. */
const PUBLISHED: Readonly<Record<string, Shapes>> = JSON.parse(
  await readFile(new URL("../../fixtures/architectures/shapes.json", import.meta.url), "utf8"),
);

/** Zeros, which take no memory until they are used. */
function zeros(shapes: Shapes, prefix = ""): Checkpoint {
  const named = Object.entries(shapes).map(([name, shape]): [string, TensorInfo] => [
    prefix + name,
    { dtype: "float32", shape },
  ]);
  const tensors = new Map(named);
  return {
    tensors,
    read: (name) => Promise.resolve(new Float32Array(tensors.get(name)!.shape.reduce((size, side) => size * side, 1))),
    close: () => Promise.resolve(),
  };
}

/** Architectures that no tensor tells from each other: the same network, or one with other heads or padding. */
const ALIKE = [
  ["vit-b16", "timm-vit-b16", "dino-vit-b16"],
  ["vit-s16", "timm-vit-s16", "dino-vit-s16"],
  ["efficientnet-b0", "tf-efficientnet-b0"],
  ["efficientnet-lite0", "tf-efficientnet-lite0"],
];

for (const [title, shapes] of Object.entries(PUBLISHED)) {
  const [architecture] = title.split(" ");
  Deno.test(`buildNetwork() knows ${title} by name, by its tensors where they tell, and as nothing else`, async () => {
    const named = await buildNetwork({ checkpoint: zeros(shapes), architecture });
    assert.deepEqual(named.input.shape, [3, 224, 224]);
    const depths = named.layers.map(({ depth }) => depth);
    assert.ok(depths[0] > 0 && depths[0] < 0.2 && depths.at(-1) === 1, String(depths));
    assert.ok(depths.every((depth, index) => index === 0 || depth >= depths[index - 1]), "depth never falls");
    assert.ok(selectLayers(named, "stages").length < named.layers.length, "stages are fewer than layers");
    const recognized = buildNetwork({ checkpoint: zeros(shapes, "module.") });
    const timm = title.endsWith(" timm");
    if (/-s16$/.test(architecture)) {
      await assert.rejects(recognized, /no shape tells its heads over 384 dimensions.*such as timm-vit-s16 or vit-s16/);
    } else if (timm && /efficientnet/.test(architecture)) {
      await assert.rejects(recognized, /no tensor tells whether its weights come from TensorFlow/);
    } else {
      assert.deepEqual((await recognized).layers, named.layers);
    }
    const alike = ALIKE.find((names) => timm && names.includes(architecture)) ?? [architecture];
    for (const other of ARCHITECTURES.filter((name) => !alike.includes(name))) {
      await assert.rejects(buildNetwork({ checkpoint: zeros(shapes), architecture: other }), /^Error: Cannot /, other);
    }
  });
}

Deno.test("usualInput() tells whose images a network takes, by name or by its tensors, and null where neither tells", () => {
  const input = (title: string, architecture?: string) =>
    usualInput({ checkpoint: zeros(PUBLISHED[title]), architecture });
  assert.equal(input("alexnet torchvision"), "imagenet");
  assert.equal(input("timm-vit-b16 timm"), null);
  assert.equal(input("timm-vit-b16 timm", "timm-vit-b16"), null);
  assert.equal(input("timm-vit-b16 timm", "dino-vit-b16"), "imagenet");
  assert.equal(input("tf-efficientnet-lite0 timm", "tf-efficientnet-lite0"), null);
  assert.equal(input("tf-efficientnet-lite0 timm", "efficientnet-lite0"), "imagenet");
  const clip = zeros({ "visual.class_embedding": [768], "visual.ln_pre.weight": [768] });
  assert.equal(usualInput({ checkpoint: clip }), "clip");
  assert.throws(() => usualInput({ checkpoint: zeros({}) }), /Cannot recognize the network/);
});

Deno.test("buildNetwork() gives the published networks the layers that they are known for", async () => {
  const layers = async (title: string): Promise<string[]> => {
    const network = await buildNetwork({ checkpoint: zeros(PUBLISHED[title]), architecture: title.split(" ")[0] });
    return selectLayers(network, "stages").map(({ name, shape }) => `${name} ${shape.join("x")}`);
  };
  assert.deepEqual(await layers("alexnet torchvision"), [
    "features.2 64x27x27",
    "features.5 192x13x13",
    "features.12 256x6x6",
    "classifier.2 4096",
    "classifier.5 4096",
  ]);
  assert.deepEqual((await layers("vgg16 torchvision")).slice(0, 5), [
    "features.4 64x112x112",
    "features.9 128x56x56",
    "features.16 256x28x28",
    "features.23 512x14x14",
    "features.30 512x7x7",
  ]);
  assert.deepEqual(await layers("tf-efficientnet-lite0 timm"), [
    "bn1 32x112x112",
    "blocks.0 16x112x112",
    "blocks.1 24x56x56",
    "blocks.2 40x28x28",
    "blocks.3 80x14x14",
    "blocks.4 112x14x14",
    "blocks.5 192x7x7",
    "blocks.6 320x7x7",
    "bn2 1280x7x7",
    "global_pool 1280",
  ]);
  assert.deepEqual(await layers("convnext-b timm"), [
    "stem 128x56x56",
    "stages.0 128x56x56",
    "stages.1 256x28x28",
    "stages.2 512x14x14",
    "stages.3 1024x7x7",
    "head.norm 1024",
  ]);
  assert.deepEqual(
    await layers("dinov2-vit-s14 authors, registers"),
    ["blocks.2 261x384", "blocks.5 261x384", "blocks.8 261x384", "blocks.11 261x384", "norm 384"],
  );
});
