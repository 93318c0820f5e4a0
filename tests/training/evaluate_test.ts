import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROCEDURAL_CLASSES } from "../../src/stimuli/mod.ts";
import { CAPTIONS_FILE, readCaptionEmbeddings } from "../../src/training/caption_embeddings_file.ts";
import { findFault } from "../../tasks/train/check_networks.ts";
import { evaluate } from "../../src/training/evaluate.ts";
import { type Fixture, readFixture, writeFixture } from "../../src/training/fixture.ts";
import { loadImages } from "../../src/training/images.ts";
import { initialWeights } from "../../src/training/run_training.ts";
import { TEST_IMAGES } from "../../src/training/settings.ts";
import { inFolder } from "../in_folder.ts";
import { withCpu } from "./_tiny.ts";

function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
}

const all = await loadImages(TEST_IMAGES);
const { splits: { test: embeddings } } = await readCaptionEmbeddings(fixturePath(CAPTIONS_FILE), {
  test: all.captions,
});
const source = { images: { ...all, count: 64 }, embeddings, classes: PROCEDURAL_CLASSES.length };

for (const id of ["mini-vision-s0", "mini-attributes-s0", "mini-lang-s0", "mini-clip-s0"]) {
  Deno.test(`${id} does its own task on unseen images at five times chance and more`, async () => {
    await withCpu(async (device) => {
      const fixture = await readFixture(fixturePath(`${id}.safetensors`));
      const { value, chance, images } = await evaluate(fixture, { ...source, terms: fixture.terms }, device);
      assert.equal(images, 64);
      assert.ok(value >= 5 * chance, `${value}, chance ${chance}`);
      assert.ok(chance >= 1 / 32 && chance < 0.05, `${chance}`);
    });
  });
}

Deno.test("an untrained network does its task about as well as guessing", async () => {
  const sizes = { features: 128, classes: PROCEDURAL_CLASSES.length, embedding: 1, vocabulary: 1 };
  const weights = await initialWeights("vision", sizes, 0);
  await withCpu(async (device) => {
    const { value, chance } = await evaluate({ objective: "vision", weights }, { ...source, terms: [] }, device);
    assert.ok(value < 3 * chance, `${value}`);
  });
});

Deno.test("a fixture reads as it was written: kernels to float16, vectors to float32, and the terms of its targets", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.safetensors"), third = new Float32Array([1 / 3, 2]);
    const fixture: Fixture = {
      objective: "contrastive",
      weights: new Map([
        ["projection.bias", { shape: [2], data: third }],
        ["projection.weight", { shape: [1, 2], data: third }],
      ]),
      terms: ["a", "face"],
    };
    const bytes = await writeFixture(path, fixture);
    const { bytes: kept, weights, ...found } = await readFixture(path);
    assert.deepEqual(found, { objective: "contrastive", terms: ["a", "face"] });
    assert.deepEqual(weights.get("projection.bias")?.data, third);
    assert.deepEqual(weights.get("projection.weight")?.data, new Float32Array([0.333251953125, 2]));
    assert.deepEqual(new Uint8Array(kept), bytes);

    await writeFile(path, bytes.subarray(0, bytes.length - 1));
    await assert.rejects(readFixture(path), /^Error: Cannot read "[^\n]+"[^\n]+; expected a whole safetensors file$/);
  });
});

Deno.test("findFault() tells a missing pin, another accuracy, another count and a weak network", () => {
  const found = { value: 0.5, chance: 0.03, images: 960 };
  assert.equal(findFault(found, { value: 0.503, images: 960 }), undefined);
  assert.equal(findFault(found, undefined), "the lock pins none");
  assert.equal(findFault(found, { value: 0.52, images: 960 }), "the lock says 52.0 % on 960");
  assert.equal(findFault(found, { value: 0.5, images: 500 }), "the lock says 50.0 % on 500");
  assert.equal(findFault({ ...found, chance: 0.2 }, { value: 0.5, images: 960 }), "below five times chance");
});
