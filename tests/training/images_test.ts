import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preprocess, proceduralSample } from "../../src/stimuli/mod.ts";
import { readModelsLock } from "../../src/store/mod.ts";
import { fillBatch, hashImages, loadImages } from "../../src/training/images.ts";

Deno.test("loadImages() draws a split from its beginning, and reads again what it kept", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fusiform-images-"));
  try {
    const range = { seed: 5, split: "train", count: 3 } as const;
    const drawn = await loadImages(range, folder);
    const sample = proceduralSample({ seed: 5, split: "train", index: 2 });
    assert.deepEqual(drawn.pixels.subarray(2 * 64 * 64 * 3), new Uint8Array(sample.pixels.data));
    assert.deepEqual(
      [drawn.classes[2], drawn.captions[2], drawn.attributes[2]],
      [sample.classIndex, sample.caption, sample.attributes],
    );
    const files = await readdir(folder);
    assert.deepEqual(files.sort(), ["images-train-s5-n3.json", "images-train-s5-n3.rgb"]);
    const kept = await loadImages(range, folder);
    assert.equal(await hashImages(kept), await hashImages(drawn));

    const path = join(folder, "images-train-s5-n3.rgb");
    const bytes = await readFile(path);
    bytes[0] ^= 255;
    await writeFile(path, bytes);
    assert.equal(await hashImages(await loadImages(range, folder)), await hashImages(drawn), "drawn anew");
  } finally {
    await rm(folder, { recursive: true });
  }
});

Deno.test("fillBatch() puts channels first and normalizes them by mean and deviation", () => {
  const pixels = Uint8Array.from({ length: 2 * 12 }, (_, i) => i * 10);
  const images = {
    split: "train",
    count: 2,
    side: 2,
    pixels,
    classes: [0, 0],
    captions: ["", ""],
    attributes: [[], []],
  } as const;
  const batch = fillBatch(images, [1]);
  assert.equal(batch.length, 12);
  const expected = [120, 150, 180, 210, 130, 160, 190, 220, 140, 170, 200, 230];
  expected.forEach((value, i) => assert.ok(Math.abs(batch[i] - (value / 255 - 0.5) / 0.25) < 1e-6, `${i}`));
});

Deno.test("hashImages() changes with a pixel, a class, a caption and an attribute", async () => {
  const pixels = new Uint8Array([1, 2, 3]);
  const images = {
    split: "train",
    count: 1,
    side: 1,
    pixels,
    classes: [4],
    captions: ["a"],
    attributes: [["b"]],
  } as const;
  const hashes = await Promise.all([
    images,
    { ...images, pixels: new Uint8Array([1, 2, 4]) },
    { ...images, classes: [5] },
    { ...images, captions: ["b"] },
    { ...images, attributes: [["b", "c"]] },
  ].map(hashImages));
  assert.equal(new Set(hashes).size, 5);
});

Deno.test("the preprocessing that the lock states is what the networks were trained with", async () => {
  const images = await loadImages({ seed: 5, split: "test", count: 1 });
  const batch = fillBatch(images, [0]);
  const { pixels } = proceduralSample({ seed: 5, split: "test", index: 0 });
  const entries = (await readModelsLock()).models.filter(({ architecture }) => architecture === "mini");
  assert.ok(entries.length >= 4, `${entries.length}`);
  for (const { id, preprocessing } of entries) {
    const prepared = preprocess(pixels, preprocessing);
    assert.equal(prepared.length, batch.length);
    prepared.forEach((value, i) => assert.ok(Math.abs(value - batch[i]) < 1e-6, `${id} at ${i}`));
  }
});
