import assert from "node:assert/strict";
import { NOISES, synthesizeRecording, type SyntheticOptions } from "../../src/validation/mod.ts";

const CONDITIONS = ["faces", "bodies", "objects"];
const PLANTED: SyntheticOptions = {
  seed: 1,
  conditions: CONDITIONS,
  targets: ["faces"],
  imagesPerCondition: 40,
  layers: [
    { name: "conv", shape: [16, 5, 5], selective: 0.2, effect: 2, clustered: 0.5 },
    { name: "tokens", shape: [17, 24], selective: 0.1, effect: 2 },
    { name: "pool", shape: [50], selective: 0.2, effect: 2 },
  ],
};

Deno.test("a target that is no condition, and images for fewer conditions than there are, are turned down", () => {
  assert.throws(
    () => synthesizeRecording({ ...PLANTED, targets: ["faces", "face"] }),
    (error: Error) => error instanceof RangeError && /Cannot plant selectivity for "face": no such/.test(error.message),
  );
  for (const imagesPerCondition of [[20, 20], [20, 0, 20], 2.5]) {
    assert.throws(
      () => synthesizeRecording({ ...PLANTED, imagesPerCondition }),
      (error: Error) => error instanceof RangeError && /Cannot make up images: /.test(error.message),
    );
  }
});

Deno.test("units respond to what they prefer by the planted effect, in every kind of noise", () => {
  for (const noise of NOISES) {
    const { layers, preference } = synthesizeRecording({ ...PLANTED, noise, imagesPerCondition: [200, 100, 100] });
    layers.forEach(({ moments, layer }, l) => {
      const mean = (c: number, u: number): number =>
        moments[c].reduce((sum, own) => sum + own.n * own.mean[u], 0) / moments[c].reduce((sum, { n }) => sum + n, 0);
      const lead = (wanted: boolean): number => {
        const units = [...preference[l].keys()].filter((u) => (preference[l][u] === 0) === wanted);
        return units.reduce((sum, u) => sum + mean(0, u) - mean(1, u), 0) / units.length;
      };
      assert.ok(
        Math.abs(lead(true) - lead(false) - 2) < 0.25,
        `${noise}, ${layer.name}: ${lead(true)} and ${lead(false)}`,
      );
      const variances = moments[0].flatMap(({ n, m2 }) => Array.from(m2, (sum) => sum / (n - 1)));
      const variance = variances.reduce((sum, each) => sum + each, 0) / variances.length;
      assert.ok(Math.abs(variance - 1) < 0.15, `${noise}, ${layer.name}: variance ${variance}`);
    });
  }
});

Deno.test("the planted share is exact down to 0.3 %, and blocks are even", () => {
  const { preference, recording } = synthesizeRecording({
    ...PLANTED,
    imagesPerCondition: [16, 33, 80],
    layers: [{ name: "conv", shape: [40, 10, 5], selective: 0.003, effect: 1 }],
  });
  assert.equal(preference[0].filter((own) => own === 0).length, 6);
  CONDITIONS.forEach((_, condition) => {
    const own = recording.header.images.filter((image) => image.condition === condition);
    const sizes = Array.from({ length: 10 }, (_, block) => own.filter((image) => image.block === block).length);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(" "));
  });
});

Deno.test("other images leave the units as they are; the same seeds give the same recording", () => {
  const one = synthesizeRecording(PLANTED);
  const same = synthesizeRecording(PLANTED);
  const other = synthesizeRecording({ ...PLANTED, imageSeed: 2 });
  assert.deepEqual(same.layers, one.layers);
  assert.deepEqual(other.preference, one.preference);
  assert.notDeepEqual(other.layers[0].moments, one.layers[0].moments);
});

Deno.test("channel means are the means of a channel's responses", () => {
  const { layers: [, tokens] } = synthesizeRecording(PLANTED);
  const { sample: { responses }, channelMeans } = tokens;
  for (const channel of [0, 7, 23]) {
    let sum = 0;
    for (let token = 0; token < 17; token++) sum += responses[2 * 17 * 24 + token * 24 + channel];
    assert.ok(Math.abs(channelMeans[2 * 24 + channel] - sum / 17) < 1e-5);
  }
});
