import assert from "node:assert/strict";
import { preprocess, resizeAndCrop } from "../../src/stimuli/preprocess.ts";
import type { Interpolation } from "../../src/stimuli/preprocess.ts";
import { decodeImage } from "../../src/stimuli/mod.ts";
import reference from "../../fixtures/preprocessing/reference.json" with { type: "json" };

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const images = new Map(reference.images.map((image) => [image.name, image]));
const pixelsOf = (name: string) => decodeImage(bytes(images.get(name)!.bytes), name);

Deno.test("decodeImage() gives Pillow's pixels to the bit, whatever the encoding", async () => {
  assert.ok(reference.images.length >= 15);
  for (const image of reference.images) {
    const pixels = await decodeImage(bytes(image.bytes), image.name);
    assert.deepEqual([pixels.width, pixels.height], [image.width, image.height], image.name);
    assert.deepEqual(pixels.data, bytes(image.rgb), image.name);
  }
});

Deno.test("resizeAndCrop() gives torchvision's pixels to the bit, smaller and larger, odd margins, all interpolations", async () => {
  assert.ok(reference.resized.length >= 45);
  for (const { image, rgb, ...recipe } of reference.resized) {
    const planes = resizeAndCrop(await pixelsOf(image), {
      ...recipe,
      interpolation: recipe.interpolation as Interpolation,
    });
    const expected = bytes(rgb);
    const interleaved = new Uint8Array(expected.length);
    planes.forEach((plane, channel) => plane.forEach((value, i) => interleaved[3 * i + channel] = value));
    assert.deepEqual(interleaved, expected, `${image} ${JSON.stringify(recipe)}`);
  }
});

Deno.test("preprocess() gives torchvision's normalised tensor, channels first", async () => {
  for (const { image, float32, ...recipe } of reference.normalised) {
    const pixels = await pixelsOf(image);
    const actual = preprocess(pixels, { ...recipe, interpolation: recipe.interpolation as Interpolation });
    const expected = new Float32Array(bytes(float32).buffer);
    assert.deepEqual(actual, expected, image);
  }
});

Deno.test("resizeAndCrop() leaves an image that already has the size as it is", async () => {
  const pixels = await pixelsOf("jpeg-grey.jpg");
  const grey = Uint8Array.from({ length: 64 * 64 }, (_, i) => pixels.data[3 * i]);
  for (const interpolation of ["bilinear", "bicubic", "nearest"] as const) {
    assert.deepEqual(resizeAndCrop(pixels, { resize: 64, crop: 64, interpolation })[0], grey);
  }
});

Deno.test("resizeAndCrop() refuses a crop larger than the resized image and an image without pixels", async () => {
  const pixels = await pixelsOf("small.png");
  const interpolation = "bilinear";
  assert.throws(() => resizeAndCrop(pixels, { resize: 24, crop: 25, interpolation }), /Cannot crop 25 of 24 pixels/);
  assert.throws(() => resizeAndCrop(pixels, { resize: 24, crop: 0, interpolation }), /Cannot crop 0/);
  const empty = { width: 0, height: 3, data: new Uint8Array(0) };
  assert.throws(() => resizeAndCrop(empty, { resize: 24, crop: 24, interpolation }), /Cannot resize an image of 0x3/);
});
