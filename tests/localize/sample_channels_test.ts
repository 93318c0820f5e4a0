import assert from "node:assert/strict";
import { sampleChannels } from "../../src/localize/mod.ts";
import { LayerLayout } from "../../src/measures/mod.ts";
import type { LayerRecording } from "../../src/recording/mod.ts";
import { allClose } from "../statistics/golden.ts";
import { imagesOf, layerOf, responsesOf } from "./made.ts";

const BLOCKS = 2;
const images = imagesOf(3, BLOCKS, 2);

function made(shape: readonly number[], name = "layer"): LayerRecording {
  const units = shape.reduce((product, size) => product * size, 1);
  return layerOf(images, { values: responsesOf(images, units), shape, blocks: BLOCKS, name });
}

/** Which channel of the whole layer each kept channel is, by the means that it keeps. */
function keptChannels(whole: LayerRecording, part: LayerRecording): number[] {
  const [from, to] = [whole, part].map(({ layer }) => new LayerLayout(layer.shape).channels);
  return Array.from(
    { length: to },
    (_, c) =>
      Array.from({ length: from }, (_, channel) => channel).findIndex((channel) =>
        images.every((_, i) => part.channelMeans[i * to + c] === whole.channelMeans[i * from + channel])
      ),
  );
}

Deno.test("sampleChannels() keeps whole channels, with everything that is recorded of their units", () => {
  for (const shape of [[12, 4, 5], [10, 12], [17, 12], [40], [12, 2, 2, 3]]) {
    const whole = made(shape);
    const part = sampleChannels(whole, 60, 1);
    const [before, after] = [whole, part].map(({ layer }) => new LayerLayout(layer.shape));
    const channels = keptChannels(whole, part);
    assert.equal(after.units, part.layer.units);
    assert.equal(after.unitsPerChannel, before.unitsPerChannel);
    assert.ok(shape.length === 1 || part.layer.units < whole.layer.units);
    assert.ok(channels.every((channel, c) => channel >= 0 && (c === 0 || channel > channels[c - 1])));
    const unitOf = (unit: number): number => {
      // The place of a unit within its channel, whether or not it is on a map.
      const within = shape.length === 2 ? Math.floor(unit / after.channels) : unit % after.unitsPerChannel;
      const channel = channels[after.channelOf(unit)];
      return shape.length === 2 ? within * before.channels + channel : channel * before.unitsPerChannel + within;
    };
    part.moments.forEach((blocks, c) =>
      blocks.forEach(({ n, mean, m2 }, block) => {
        const own = whole.moments[c][block];
        assert.equal(n, own.n);
        assert.equal(mean.length, part.layer.units);
        allClose(mean, [...mean].map((_, unit) => own.mean[unitOf(unit)]), { tolerance: 1e-6 });
        allClose(m2, [...m2].map((_, unit) => own.m2[unitOf(unit)]), { tolerance: 1e-6 });
      })
    );
    assert.deepEqual([...part.sample.units], [...Array(part.layer.units).keys()]);
    images.forEach((_, i) => {
      for (let unit = 0; unit < part.layer.units; unit++) {
        assert.equal(
          part.sample.responses[i * part.layer.units + unit],
          whole.sample.responses[i * whole.layer.units + unitOf(unit)],
        );
      }
    });
  }
});

Deno.test("sampleChannels() keeps of a sparse sample what is in the channels that are kept", () => {
  const whole = made([8, 3, 3]);
  const units = Uint32Array.of(0, 4, 9, 20, 33, 41, 50, 60, 71);
  const responses = Float32Array.from({ length: images.length * units.length }, (_, i) => i);
  const part = sampleChannels({ ...whole, sample: { units, responses } }, 36, 2);
  const channels = keptChannels(whole, part);
  assert.equal(channels.length, 4);
  const columns = [...units.keys()].filter((column) => channels.includes(Math.floor(units[column] / 9)));
  assert.ok(columns.length > 0 && columns.length < units.length);
  assert.deepEqual(
    [...part.sample.units],
    columns.map((column) => channels.indexOf(Math.floor(units[column] / 9)) * 9 + units[column] % 9),
  );
  assert.deepEqual(
    [...part.sample.responses],
    images.flatMap((_, i) => columns.map((column) => i * units.length + column)),
  );
});

Deno.test("sampleChannels() leaves a layer as it is that has no more units, and keeps one channel at least", () => {
  const whole = made([6, 2, 2]);
  assert.equal(sampleChannels(whole, 24, 1), whole);
  assert.equal(sampleChannels(whole, 23, 1), whole);
  assert.deepEqual(sampleChannels(whole, 1, 1).layer.shape, [1, 2, 2]);
  assert.deepEqual(sampleChannels(whole, 10, 1).layer.shape, [3, 2, 2]);
});

Deno.test("sampleChannels() draws by the seed and the layer's name, every channel as often", () => {
  const whole = made([6, 2, 2]);
  const draw = (seed: number, own = whole): number[] => keptChannels(whole, sampleChannels(own, 8, seed));
  assert.deepEqual(draw(1), draw(1));
  const renamed = made([6, 2, 2], "another");
  assert.ok([1, 2, 3, 4].some((seed) => `${draw(seed)}` !== `${draw(seed, renamed)}`));
  const counts = new Array<number>(6).fill(0);
  for (let seed = 0; seed < 600; seed++) for (const channel of draw(seed)) counts[channel]++;
  assert.ok(counts.every((count) => Math.abs(count - 200) < 50), counts.join(" "));
});
