import assert from "node:assert/strict";
import { openDevice } from "../../src/devices/mod.ts";
import { recordNetwork as recordFolds } from "../../src/localizer/mod.ts";
import { recordNetwork } from "../../src/recording/mod.ts";
import { allLayers, request } from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });

Deno.test("recordNetwork() of two blocks gives, bit for bit, what recording two folds gave", async () => {
  const asked = request(cpu);
  const images = asked.images.map(({ block, ...image }) => ({ ...image, fold: block as 0 | 1 }));
  for (const batch of [2, 3, 64]) {
    const options = { batch, sampledUnits: 40, seed: 9 };
    const before = await recordFolds({ ...asked, images, ...options });
    const now = await recordNetwork({ ...asked, ...options });
    assert.equal(now.selfCheck, before.selfCheck);
    const layers = await allLayers(now);
    assert.equal(layers.length, before.taps.length);
    for (const [k, { layer, moments, sample }] of layers.entries()) {
      assert.equal(layer.name, before.taps[k].tap.name);
      assert.deepEqual(moments, before.taps[k].moments);
      assert.deepEqual(sample, before.taps[k].sample);
    }
  }
});
