import assert from "node:assert/strict";
import { type Device, openDevice } from "../../src/devices/mod.ts";
import { recordNetwork, type RecordOptions } from "../../src/recording/mod.ts";
import {
  allLayers,
  CONDITIONS,
  exactMoments,
  linearNetwork,
  PIXELS,
  request,
  responsesOf,
  smallNetwork,
  tokenNetwork,
  worstError,
  worstRecordingError,
} from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });

/** A device whose outputs are changed on the way, and that counts its open sessions. */
function meddling(change: (name: string, data: Float32Array) => void): Device & { open_: number } {
  const device = {
    name: cpu.name,
    adapter: cpu.adapter,
    runtime: cpu.runtime,
    maxTensorBytes: cpu.maxTensorBytes,
    carries: cpu.carries,
    open_: 0,
    async open(model: Uint8Array) {
      const session = await cpu.open(model);
      device.open_++;
      return {
        async run(feeds: Parameters<typeof session.run>[0]) {
          const outputs = await session.run(feeds);
          for (const [name, { data }] of Object.entries(outputs)) change(name, data as Float32Array);
          return outputs;
        },
        async close() {
          device.open_--;
          await session.close();
        },
      };
    },
    close: () => Promise.resolve(),
  };
  return device;
}

Deno.test("recordNetwork() keeps the moments of every unit that float64 sums of all responses give", async () => {
  const asked = request(cpu);
  const responses = await responsesOf(asked);
  for (const batch of [1, 2, 3, 64]) {
    const recording = await recordNetwork({ ...asked, batch });
    assert.ok(recording.selfCheck < 1e-5, `${recording.selfCheck}`);
    for (const [k, { layer, moments }] of (await allLayers(recording)).entries()) {
      for (const condition of CONDITIONS.keys()) {
        for (const block of [0, 1]) {
          const rows = asked.images.flatMap((image, i) =>
            image.condition === condition && image.block === block ? [i] : []
          );
          const error = worstError(moments[condition][block], exactMoments(responses[k], layer.units, rows));
          assert.ok(error < 1e-5, `${layer.name} ${condition} ${block}: ${error}`);
        }
      }
    }
  }
});

Deno.test("recordNetwork() keeps responses of the sampled units in the order of the images", async () => {
  const asked = request(cpu);
  const responses = await responsesOf(asked);
  const recording = await recordNetwork({ ...asked, sampledUnits: 40, batch: 3 });
  const { images } = recording.header;
  assert.deepEqual(images, asked.images);
  const layers = await allLayers(recording);
  assert.deepEqual(layers.map(({ sample }) => sample.units.length), [40, 40, 12]);
  for (const [k, { layer, sample }] of layers.entries()) {
    const width = sample.units.length;
    for (let i = 0; i < images.length; i++) {
      const expected = Float32Array.from(sample.units, (unit) => responses[k][i * layer.units + unit]);
      assert.deepEqual(sample.responses.slice(i * width, (i + 1) * width), expected);
    }
  }
});

/** Compares channel means with those of all responses; `unitOf` says where a channel's unit at a position is. */
async function checkChannelMeans(
  asked: RecordOptions,
  sizes: readonly { channels: number; positions: number; unitOf: (channel: number, position: number) => number }[],
): Promise<void> {
  const responses = await responsesOf(asked);
  for (const to of [5, 1000]) {
    const layers = await allLayers(await recordNetwork({ ...asked, batch: 3, sampledUnits: to }));
    for (const [k, { channels, positions, unitOf }] of sizes.entries()) {
      const { channelMeans, layer } = layers[k];
      assert.equal(channelMeans.length, asked.images.length * channels, layer.name);
      channelMeans.forEach((found, at) => {
        const image = Math.floor(at / channels);
        let sum = 0;
        for (let p = 0; p < positions; p++) sum += responses[k][image * layer.units + unitOf(at % channels, p)];
        assert.ok(Math.abs(found - sum / positions) < 1e-5, `${layer.name} ${at}: ${found} ${sum / positions}`);
      });
    }
  }
}

Deno.test("recordNetwork() keeps each channel's mean response to each image", async () => {
  await checkChannelMeans(request(cpu), [
    { channels: 8, positions: 64, unitOf: (channel, position) => channel * 64 + position },
    { channels: 12, positions: 16, unitOf: (channel, position) => channel * 16 + position },
    { channels: 12, positions: 1, unitOf: (channel) => channel },
  ]);
});

Deno.test("recordNetwork() takes the dimensions of tokens for channels, whatever the version of the operators", async () => {
  for (const opset of [undefined, 18]) {
    await checkChannelMeans({ ...request(cpu), network: tokenNetwork(opset) }, [
      { channels: 5, positions: 64, unitOf: (channel, position) => position * 5 + channel },
    ]);
  }
});

Deno.test("recordNetwork() holds the responses of a layer without positions once", async () => {
  const [, , all] = await allLayers(await recordNetwork(request(cpu)));
  assert.equal(all.channelMeans, all.sample.responses);
  const [, , some] = await allLayers(await recordNetwork({ ...request(cpu), sampledUnits: 5 }));
  assert.deepEqual(some.channelMeans, all.channelMeans);
});

Deno.test("recordNetwork() gives the same bytes again, whatever time the images take to load", async () => {
  const asked = { ...request(cpu), batch: 3, sampledUnits: 20, seed: 5 };
  const slow = async (i: number): Promise<Float32Array> => {
    await new Promise((resolve) => setTimeout(resolve, (i * 5) % 7));
    return asked.load(i);
  };
  const first = await allLayers(await recordNetwork(asked));
  const second = await allLayers(await recordNetwork({ ...asked, load: slow }));
  assert.deepEqual(second, first);
  const other = await allLayers(await recordNetwork({ ...asked, seed: 6 }));
  assert.notDeepEqual(other[0].sample.units, first[0].sample.units);
});

Deno.test("recordNetwork() gives the same moments whatever the order of the images", async () => {
  const asked = request(cpu);
  const backwards = request(cpu, { images: asked.images.toReversed() });
  const error = await worstRecordingError(
    await recordNetwork({ ...asked, batch: 3 }),
    await recordNetwork({ ...backwards, batch: 3 }),
  );
  assert.ok(error < 1e-5, `${error}`);
});

Deno.test("recordNetwork() keeps small deviations from a large mean", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1) };
  const load = async (i: number): Promise<Float32Array> => (await asked.load(i)).map((value) => 1000 + value / 10);
  const [responses] = await responsesOf({ ...asked, load });
  const [{ moments }] = await allLayers(await recordNetwork({ ...asked, load, batch: 4 }));
  const rows = asked.images.flatMap((image, i) => image.condition === 1 ? [i] : []);
  const exact = exactMoments(responses, PIXELS, rows);
  // Sums of squares in float32 would be off by about a tenth.
  for (let u = 0; u < PIXELS; u++) {
    assert.ok(Math.abs(moments[1][0].m2[u] / exact.m2[u] - 1) < 1e-3, `${moments[1][0].m2[u]} ${exact.m2[u]}`);
  }
});

Deno.test("recordNetwork() gives no deviation at all to units that never change", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1 / 3) };
  const load = (i: number): Promise<Float32Array> =>
    Promise.resolve(new Float32Array(PIXELS).fill(0.7).fill(i, 0, PIXELS / 2));
  const [{ moments }] = await allLayers(await recordNetwork({ ...asked, load, batch: 3 }));
  for (const { n, m2 } of moments.flat()) {
    assert.ok(m2.subarray(PIXELS / 2).every((value) => value === 0));
    if (n > 1) assert.ok(m2.subarray(0, PIXELS / 2).every((value) => value > 0));
  }
});

Deno.test("recordNetwork() accepts a layer that no image moves", async () => {
  const asked = request(cpu);
  const recording = await recordNetwork({ ...asked, load: () => asked.load(0) });
  assert.ok(recording.selfCheck < 1e-5, `${recording.selfCheck}`);
  for (const { moments } of await allLayers(recording)) {
    for (const { m2 } of moments.flat()) assert.ok(m2.every((value) => value === 0));
  }
});

Deno.test("recordNetwork() fills the last batch of a graph with a fixed batch size, and the filling changes nothing", async () => {
  const asked = request(cpu);
  const fixed = await recordNetwork({ ...asked, network: smallNetwork(4) });
  const free = await recordNetwork({ ...asked, batch: 4 });
  assert.ok(await worstRecordingError(fixed, free) < 1e-6);
  const [some, others] = [await allLayers(fixed), await allLayers(free)];
  assert.deepEqual(some.map(({ sample }) => sample), others.map(({ sample }) => sample));
  assert.deepEqual(some.map(({ channelMeans }) => channelMeans), others.map(({ channelMeans }) => channelMeans));
});

Deno.test("recordNetwork() records the layers and groups asked for, and a condition without images as nothing", async () => {
  const asked = request(cpu);
  const [two, ...others] = await allLayers(await recordNetwork({ ...asked, layers: [asked.network.layers[1]] }));
  assert.deepEqual([two.layer.name, others.length], ["two", 0]);
  assert.deepEqual(two.moments[1][1], { n: 0, mean: new Float32Array(192), m2: new Float32Array(192) });

  const part = await recordNetwork({ ...asked, groups: [{ condition: 2, block: 1 }, { condition: 0, block: 0 }] });
  assert.deepEqual(part.groups, { recorded: 2, found: 0 });
  assert.deepEqual(part.missing, [{ condition: 0, block: 1 }, { condition: 1, block: 0 }, { condition: 2, block: 0 }]);
  const { moments, sample, channelMeans } = await part.readLayer(1);
  assert.deepEqual(moments.map((blocks) => blocks.map(({ n }) => n)), [[5, 0], [0, 0], [0, 3]]);
  assert.deepEqual(moments[2][1], two.moments[2][1]);
  for (const [i, { condition, block }] of asked.images.entries()) {
    const row = sample.responses.slice(i * 192, (i + 1) * 192);
    const there = (condition === 2 && block === 1) || (condition === 0 && block === 0);
    assert.deepEqual(row, there ? two.sample.responses.slice(i * 192, (i + 1) * 192) : row.fill(NaN));
    assert.equal(Number.isNaN(channelMeans[i * 12]), !there);
  }
});

Deno.test("recordNetwork() tells how far it is and what it spends its time on", async () => {
  const asked = request(cpu);
  const done: number[] = [];
  const phases = new Set<string>();
  await recordNetwork({
    ...asked,
    batch: 4,
    onProgress: (images, total) => {
      assert.equal(total, asked.images.length);
      done.push(images);
    },
    time: async (phase, work) => {
      phases.add(phase);
      return await work();
    },
  });
  assert.deepEqual(done, [2, 5, 9, 12, 16, 17, 20]);
  assert.deepEqual([...phases], ["decode", "inference", "merge"]);
});

Deno.test("recordNetwork() names an image that is not finite, of the wrong size or cannot be loaded", async () => {
  const device = meddling(() => {});
  const asked = request(device);
  const bad = asked.images[9].id;
  const instead = (load: () => Float32Array) => (i: number): Promise<Float32Array> =>
    asked.images[i].id === bad ? Promise.resolve().then(load) : asked.load(i);
  for (const value of [NaN, Infinity]) {
    const load = instead(() => new Float32Array(PIXELS).fill(value, 17, 18));
    await assert.rejects(recordNetwork({ ...asked, load, batch: 2 }), {
      message: `Cannot record image "${bad}": value 17 is ${value}; expected finite numbers`,
    });
  }
  await assert.rejects(recordNetwork({ ...asked, load: instead(() => new Float32Array(5)), batch: 2 }), {
    message: `Cannot record image "${bad}": it has 5 values; expected 192 for shape [3, 8, 8]`,
  });
  const damaged = instead(() => {
    throw new Error("Cannot decode faces.jpg");
  });
  await assert.rejects(recordNetwork({ ...asked, load: damaged, batch: 2 }), /Cannot decode faces\.jpg/);
  assert.equal(device.open_, 0);
});

Deno.test("recordNetwork() names the layer and the image of a response that is not finite", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1e30) };
  const bad = asked.images[9].id;
  const load = async (i: number): Promise<Float32Array> => {
    const image = (await asked.load(i)).map((value) => value * 1e-30);
    if (asked.images[i].id === bad) image[100] = 1e20;
    return image;
  };
  await assert.rejects(
    recordNetwork({ ...asked, load, batch: 4 }),
    new RegExp(`Cannot record layer "scaled": the response of unit 100 to image "${bad}" is (NaN|Infinity); expected`),
  );
});

Deno.test("recordNetwork() says so where squared responses overflow", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1e30) };
  await assert.rejects(
    recordNetwork({ ...asked, batch: 4 }),
    /Cannot record the network: squared responses to .* exceed what float32 holds; expected smaller responses/,
  );
});

Deno.test("recordNetwork() does not return moments that its own samples contradict", async () => {
  const device = meddling((name, data) => {
    if (name === "fusiform_mean_1") data[7] += 0.01 + Math.abs(data[7]);
  });
  await assert.rejects(
    recordNetwork(request(device)),
    /Cannot trust the recording of "two": .* differ by \d\.\de[+-]\d+ in unit 7 of faces, block 0; expected 0\.001 at most/,
  );
  assert.equal(device.open_, 0);
});

Deno.test("recordNetwork() stops when it is told to", async () => {
  const device = meddling(() => {});
  const asked = request(device);
  const stop = new AbortController();
  let done = 0;
  const onProgress = (images: number): void => {
    done = images;
    stop.abort(new Error("enough"));
  };
  await assert.rejects(recordNetwork({ ...asked, batch: 5, onProgress, signal: stop.signal }), /enough/);
  assert.equal(done, 5);
  assert.equal(device.open_, 0);
  await assert.rejects(recordNetwork({ ...asked, signal: AbortSignal.abort(new Error("before")) }), /before/);
});

Deno.test("recordNetwork() refuses what cannot be recorded", async () => {
  const asked = request(cpu);
  const refuse = (part: Partial<RecordOptions>, message: RegExp): Promise<void> =>
    assert.rejects(recordNetwork({ ...asked, ...part }), message);
  await refuse({ images: [] }, /no images; expected one at least/);
  await refuse({ layers: [] }, /no layers; expected one at least/);
  await refuse({ batch: 0 }, /batches of 0 images; expected a whole number from 1/);
  await refuse({ sampledUnits: 0 }, /Cannot sample 0 units of "one"/);
  await refuse({ blocks: 0 }, /0 blocks; expected a whole number from 1/);
  await refuse({ groups: [] }, /Cannot record no groups; expected groups that have images/);
  await refuse(
    { groups: [{ condition: 1, block: 1 }] },
    /Cannot record condition 1, block 1; expected groups that have/,
  );
  const lost = /Cannot record image ".*": condition \d, block \d; expected one of \d conditions and of \d blocks/;
  await refuse({ conditions: ["faces"] }, lost);
  await refuse({ blocks: 1 }, lost);
  await refuse({ stimuli: null, to: "never.recording" }, /the hash of its images is not given; expected it as stimuli/);
});
