import assert from "node:assert/strict";
import { effectiveDimensions, Random } from "../../src/statistics/mod.ts";

/** `channels` that are mixtures of `directions` random ones, over many images. */
function mixed(images: number, channels: number, directions: number, seed: number): Float32Array {
  const random = new Random(seed, "mixed");
  const weights = Array.from({ length: channels * directions }, () => random.normal());
  return new Float32Array(
    Array.from({ length: images }, () => {
      const source = Array.from({ length: directions }, () => random.normal());
      return Array.from(
        { length: channels },
        (_, c) => 5 + source.reduce((sum, value, d) => sum + value * weights[c * directions + d], 0),
      );
    }).flat(),
  );
}

Deno.test("effectiveDimensions() is 1 where channels rise and fall together, whatever their scales and signs", () => {
  const one = mixed(50, 20, 1, 1);
  assert.ok(Math.abs(effectiveDimensions(one, 20) - 1) < 1e-5);
});

Deno.test("effectiveDimensions() is the number of channels where none is like another, and between for mixtures", () => {
  // Orthogonal patterns over four images, with mean zero.
  const orthogonal = new Float32Array([1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1]);
  assert.ok(Math.abs(effectiveDimensions(orthogonal, 3) - 3) < 1e-6);
  const few = effectiveDimensions(mixed(400, 60, 3, 2), 60);
  assert.ok(few > 1.8 && few <= 3.1, `${few}`);
  const many = effectiveDimensions(mixed(400, 60, 200, 2), 60);
  assert.ok(many > 30, `${many}`);
});

Deno.test("effectiveDimensions() leaves out channels that do not vary, thins many, and is 0 where nothing varies", () => {
  const steady = Float32Array.from({ length: 30 }, (_, i) => i % 3 === 2 ? 7 : (i * 7919) % 13 - 6);
  const alone = Float32Array.from({ length: 20 }, (_, i) => ((i >> 1) * 3 + i % 2) * 7919 % 13 - 6);
  assert.equal(effectiveDimensions(new Float32Array(20).fill(3), 2), 0);
  assert.equal(effectiveDimensions(new Float32Array([1, 2, 3]), 1), 1, "one channel");
  assert.ok(effectiveDimensions(steady, 3) <= 2);
  assert.ok(effectiveDimensions(alone, 2) >= 1);
  assert.equal(effectiveDimensions(new Float32Array([1, 2]), 2), 0, "one image");
  assert.equal(effectiveDimensions(new Float32Array(), 0), 0);
  const thinned = effectiveDimensions(mixed(30, 1200, 2, 4), 1200);
  assert.ok(thinned > 1 && thinned < 2.1, `${thinned}`);
});
