import assert from "node:assert/strict";
import fc from "fast-check";
import { openDevice } from "../../src/devices/mod.ts";
import { mergeRecordings, type Recording, recordNetwork } from "../../src/localizer/mod.ts";
import { request, worstRecordingError } from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });
const asked = request(cpu);
const whole = await recordNetwork({ ...asked, sampledUnits: 30 });
const SHARDS = 4;
const shards: Recording[] = [];
for (let k = 0; k < SHARDS; k++) {
  const part = request(cpu, { images: asked.images.filter((_, i) => i % SHARDS === k) });
  shards.push(await recordNetwork({ ...part, sampledUnits: 30 }));
}

/** Joins the shards pair by pair, each time the two that `picks` say. */
function join(picks: readonly number[]): Recording {
  const left = [...shards];
  for (const pick of picks) {
    const [a] = left.splice(pick % left.length, 1);
    const [b] = left.splice((pick >> 8) % left.length, 1);
    left.push(mergeRecordings(a, b));
  }
  return left[0];
}

Deno.test("mergeRecordings() gives the moments of one recording of all images, in whatever order shards are joined", () => {
  fc.assert(fc.property(fc.array(fc.nat(0xffff), { minLength: SHARDS - 1, maxLength: SHARDS - 1 }), (picks) => {
    const merged = join(picks);
    assert.equal(merged.images.length, whole.images.length);
    assert.ok(worstRecordingError(merged, whole) < 1e-5);
  }));
});

Deno.test("mergeRecordings() keeps each image with its own responses", () => {
  const merged = mergeRecordings(mergeRecordings(shards[3], shards[1]), mergeRecordings(shards[0], shards[2]));
  for (const [k, { sample }] of merged.taps.entries()) {
    const width = sample.units.length;
    for (const [i, image] of merged.images.entries()) {
      const row = whole.images.findIndex(({ id }) => id === image.id);
      assert.deepEqual(
        sample.responses.slice(i * width, (i + 1) * width),
        whole.taps[k].sample.responses.slice(row * width, (row + 1) * width),
      );
    }
  }
});

Deno.test("mergeRecordings() reports the worse self-check", () => {
  const [a, b] = shards;
  assert.equal(mergeRecordings({ ...a, selfCheck: 2e-5 }, { ...b, selfCheck: 1e-5 }).selfCheck, 2e-5);
});

Deno.test("mergeRecordings() says why two recordings do not belong together", async () => {
  const [a, b] = shards;
  assert.throws(() => mergeRecordings(a, a), /image ".*" is in both; expected different images/);
  assert.throws(
    () => mergeRecordings(a, { ...b, conditions: ["faces", "words", "places"] }),
    /conditions faces, words, places; expected faces, places, words, in that order/,
  );
  assert.throws(() => mergeRecordings(a, { ...b, taps: b.taps.slice(1) }), /2 taps; expected 3/);
  assert.throws(
    () => mergeRecordings(a, { ...b, taps: b.taps.toReversed() }),
    /tap "pooled" of 12 units; expected "one" of 512/,
  );
  const other = await recordNetwork({ ...request(cpu, { images: [...b.images] }), sampledUnits: 30, seed: 1 });
  assert.throws(
    () => mergeRecordings(a, other),
    /other units of "one" were sampled; expected the same seed and number/,
  );
});
