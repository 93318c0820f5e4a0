import assert from "node:assert/strict";
import { type Device, openDevice } from "../../src/devices/mod.ts";
import { recordNetwork } from "../../src/localizer/mod.ts";
import {
  CONDITIONS,
  exactMoments,
  linearNetwork,
  PIXELS,
  request,
  responsesOf,
  smallNetwork,
  worstError,
  worstRecordingError,
} from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });

/** A device whose outputs are changed on the way, and that counts its open sessions. */
function meddling(change: (name: string, data: Float32Array) => void): Device & { open_: number } {
  const device = {
    name: cpu.name,
    adapter: cpu.adapter,
    maxTensorBytes: cpu.maxTensorBytes,
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
    const { taps, selfCheck } = await recordNetwork({ ...asked, batch });
    assert.ok(selfCheck < 1e-5, `${selfCheck}`);
    for (const [k, { tap, moments }] of taps.entries()) {
      for (const condition of CONDITIONS.keys()) {
        for (const fold of [0, 1]) {
          const rows = asked.images.flatMap((image, i) =>
            image.condition === condition && image.fold === fold ? [i] : []
          );
          const error = worstError(moments[condition][fold], exactMoments(responses[k], tap.units, rows));
          assert.ok(error < 1e-5, `${tap.name} ${condition} ${fold}: ${error}`);
        }
      }
    }
  }
});

Deno.test("recordNetwork() keeps responses of the sampled units in the order of the images", async () => {
  const asked = request(cpu);
  const responses = await responsesOf(asked);
  const { taps, images } = await recordNetwork({ ...asked, sampledUnits: 40, batch: 3 });
  assert.deepEqual(images, asked.images);
  assert.deepEqual(taps.map(({ sample }) => sample.units.length), [40, 40, 12]);
  for (const [k, { tap, sample }] of taps.entries()) {
    const width = sample.units.length;
    for (let i = 0; i < images.length; i++) {
      const expected = Float32Array.from(sample.units, (unit) => responses[k][i * tap.units + unit]);
      assert.deepEqual(sample.responses.slice(i * width, (i + 1) * width), expected);
    }
  }
});

Deno.test("recordNetwork() gives the same bytes again, whatever time the images take to load", async () => {
  const asked = request(cpu);
  const slow = async (i: number): Promise<Float32Array> => {
    await new Promise((resolve) => setTimeout(resolve, (i * 5) % 7));
    return asked.load(i);
  };
  const first = await recordNetwork({ ...asked, batch: 3, sampledUnits: 20, seed: 5 });
  const second = await recordNetwork({ ...asked, load: slow, batch: 3, sampledUnits: 20, seed: 5 });
  assert.deepEqual(second, first);
  const other = await recordNetwork({ ...asked, batch: 3, sampledUnits: 20, seed: 6 });
  assert.notDeepEqual(other.taps[0].sample.units, first.taps[0].sample.units);
});

Deno.test("recordNetwork() gives the same moments whatever the order of the images", async () => {
  const asked = request(cpu);
  const backwards = request(cpu, { images: asked.images.toReversed() });
  const error = worstRecordingError(
    await recordNetwork({ ...asked, batch: 3 }),
    await recordNetwork({ ...backwards, batch: 3 }),
  );
  assert.ok(error < 1e-5, `${error}`);
});

Deno.test("recordNetwork() keeps small deviations from a large mean", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1) };
  const load = async (i: number): Promise<Float32Array> => (await asked.load(i)).map((value) => 1000 + value / 10);
  const [responses] = await responsesOf({ ...asked, load });
  const { taps: [{ moments }] } = await recordNetwork({ ...asked, load, batch: 4 });
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
  const { taps: [{ moments }] } = await recordNetwork({ ...asked, load, batch: 3 });
  for (const { n, m2 } of moments.flat()) {
    assert.ok(m2.subarray(PIXELS / 2).every((value) => value === 0));
    if (n > 1) assert.ok(m2.subarray(0, PIXELS / 2).every((value) => value > 0));
  }
});

Deno.test("recordNetwork() accepts a tap that no image moves", async () => {
  const asked = request(cpu);
  const { taps, selfCheck } = await recordNetwork({ ...asked, load: () => asked.load(0) });
  assert.ok(selfCheck < 1e-5, `${selfCheck}`);
  for (const { moments } of taps) for (const { m2 } of moments.flat()) assert.ok(m2.every((value) => value === 0));
});

Deno.test("recordNetwork() fills the last batch of a graph with a fixed batch size, and the filling changes nothing", async () => {
  const asked = request(cpu);
  const fixed = await recordNetwork({ ...asked, network: smallNetwork(4) });
  const free = await recordNetwork({ ...asked, batch: 4 });
  assert.ok(worstRecordingError(fixed, free) < 1e-6);
  assert.deepEqual(fixed.taps.map(({ sample }) => sample), free.taps.map(({ sample }) => sample));
});

Deno.test("recordNetwork() records the taps asked for, and a condition without images as nothing", async () => {
  const asked = request(cpu);
  const { taps } = await recordNetwork({ ...asked, taps: [asked.network.taps[1]] });
  assert.deepEqual(taps.map(({ tap }) => tap.name), ["two"]);
  assert.equal(taps[0].moments[1][1].n, 0);
  assert.deepEqual(taps[0].moments[1][1].mean, new Float32Array(192));
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

Deno.test("recordNetwork() names the tap and the image of a response that is not finite", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1e30) };
  const bad = asked.images[9].id;
  const load = async (i: number): Promise<Float32Array> => {
    const image = (await asked.load(i)).map((value) => value * 1e-30);
    if (asked.images[i].id === bad) image[100] = 1e20;
    return image;
  };
  await assert.rejects(
    recordNetwork({ ...asked, load, batch: 4 }),
    new RegExp(`Cannot record tap "scaled": the response of unit 100 to image "${bad}" is (NaN|Infinity); expected`),
  );
});

Deno.test("recordNetwork() says when squares are too large, though the responses are not", async () => {
  const asked = { ...request(cpu), network: linearNetwork(1e25) };
  await assert.rejects(recordNetwork({ ...asked, batch: 4 }), /squared responses to .* exceed what float32 holds/);
});

Deno.test("recordNetwork() fails where moments and responses disagree", async () => {
  for (const part of ["mean", "variance"]) {
    const device = meddling((name, data) => {
      if (name.includes(part)) data.forEach((value, i) => data[i] = value * 1.01 + 0.01);
    });
    await assert.rejects(
      recordNetwork({ ...request(device), batch: 4 }),
      /Cannot trust the recording of "one": its streamed moments and its sampled responses differ by .* in unit \d+ of \w+, fold \d; expected 0\.001 at most/,
    );
    assert.equal(device.open_, 0);
  }
});

Deno.test("recordNetwork() stops when it is told to, and closes its session", async () => {
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
  await assert.rejects(recordNetwork({ ...asked, images: [] }), /no images; expected one at least/);
  await assert.rejects(recordNetwork({ ...asked, taps: [] }), /no taps; expected one at least/);
  await assert.rejects(recordNetwork({ ...asked, batch: 0 }), /batches of 0 images; expected a whole number from 1/);
  await assert.rejects(recordNetwork({ ...asked, sampledUnits: 0 }), /Cannot sample 0 units of "one"/);
  await assert.rejects(
    recordNetwork({ ...asked, conditions: ["faces"] }),
    /Cannot record image ".*": condition \d, fold \d; expected one of 1 conditions and fold 0 or 1/,
  );
});
