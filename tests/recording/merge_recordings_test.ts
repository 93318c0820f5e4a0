import assert from "node:assert/strict";
import { openDevice } from "../../src/devices/mod.ts";
import {
  groupsOf,
  memoryRecording,
  mergeRecordings,
  openRecording,
  type Recording,
  recordNetwork,
} from "../../src/recording/mod.ts";
import { allLayers, linearNetwork, request, someImages, worstRecordingError } from "./record_fixtures.ts";

const cpu = await openDevice("cpu", { threads: 2 });
const asked = { ...request(cpu), sampledUnits: 30, batch: 3 };
const groups = groupsOf(asked.images);

const whole = (): Promise<Recording> => recordNetwork(asked);
const part = (...which: number[]): Promise<Recording> =>
  recordNetwork({ ...asked, groups: which.map((index) => groups[index]) });
const shard = (from: number, to: number, extra = {}): Promise<Recording> =>
  recordNetwork({ ...asked, ...request(cpu, { images: someImages().slice(from, to) }), blocks: 2, ...extra });

Deno.test("mergeRecordings() of parts gives the recording they are parts of, in any order", async () => {
  const expected = await allLayers(await whole());
  for (const order of [[0, 1, 2], [2, 0, 1]]) {
    const parts = [await part(3), await part(0, 4), await part(1, 2)];
    const merged = mergeRecordings(order.map((index) => parts[index]));
    assert.deepEqual(merged.missing, []);
    assert.deepEqual(merged.header, (await whole()).header);
    assert.deepEqual(await allLayers(merged), expected);
  }
});

Deno.test("mergeRecordings() of some of the parts knows what is missing", async () => {
  const merged = mergeRecordings([await part(3), await part(0, 4)]);
  assert.deepEqual(
    merged.missing,
    [1, 2].map((index) => ({
      condition: groups[index].condition,
      block: groups[index].block,
    })),
  );
  await assert.rejects(async () => mergeRecordings([await part(1), await part(2, 1)]), {
    message: "Cannot merge recordings: faces, block 1, is in two of them; expected different groups",
  });
});

Deno.test("mergeRecordings() of parts in files closes them", async () => {
  const dir = await Deno.makeTempDir();
  const files = ["a", "b"].map((name) => `${dir}/${name}.recording`);
  for (const [i, to] of files.entries()) {
    await (await recordNetwork({ ...asked, groups: groups.filter((_, g) => g % 2 === i), to })).close();
  }
  const opened = [await openRecording(files[0]), await openRecording(files[1])];
  assert.deepEqual(await allLayers(mergeRecordings(opened)), await allLayers(await whole()));
  for (const recording of opened) await assert.rejects(recording.readLayer(0), /is closed/);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("mergeRecordings() of different images agrees with all of them at once, in any order", async () => {
  const shards = [await shard(0, 7), await shard(7, 12), await shard(12, 20)];
  const merged = mergeRecordings(shards);
  assert.ok(await worstRecordingError(mergeRecordings(shards), await whole()) < 1e-5);
  const expected = await (await whole()).readLayer(0);
  const { sample, channelMeans } = await merged.readLayer(0);
  for (const [at, { id }] of merged.header.images.entries()) {
    const from = asked.images.findIndex((image) => image.id === id);
    const rows = (values: Float32Array, width: number, row: number): Float32Array =>
      values.slice(row * width, (row + 1) * width);
    assert.deepEqual(rows(sample.responses, 30, at), rows(expected.sample.responses, 30, from));
    assert.deepEqual(rows(channelMeans, 8, at), rows(expected.channelMeans, 8, from));
  }
  const backwards = mergeRecordings(shards.toReversed());
  assert.deepEqual(backwards.header, merged.header);
  assert.deepEqual(await allLayers(backwards), await allLayers(merged));
});

Deno.test("mergeRecordings() refuses what does not belong together", async () => {
  const first = await shard(0, 7);
  const refuse = async (other: Promise<Recording>, message: RegExp): Promise<void> => {
    const second = await other;
    assert.throws(() => mergeRecordings([first, second]), message);
  };
  assert.throws(() => mergeRecordings([]), /none given; expected one at least/);
  await refuse(shard(6, 9), /image ".*" is in two of them; expected different images/);
  await refuse(shard(7, 9, { conditions: ["faces", "places", "tools"] }), /conditions faces, places, tools; expected/);
  await refuse(shard(7, 9, { blocks: 3 }), /blocks: \d; expected \d/);
  await refuse(shard(7, 9, { layers: asked.network.layers.slice(1) }), /layers: \d; expected \d/);
  await refuse(shard(7, 9, { network: linearNetwork(1) }), /layers: \d; expected \d/);
  await refuse(shard(7, 9, { seed: 1 }), /seed \d; expected \d, as in the others/);
  const preprocessing = {
    resize: 8,
    crop: 8,
    interpolation: "nearest",
    mean: [0, 0, 0],
    std: [1, 1, 1],
  } as const;
  await refuse(shard(7, 9, { preprocessing }), /preprocessing .*; expected .*, as in the others/);
  await refuse(
    shard(7, 20, { groups: [{ condition: 1, block: 0 }] }),
    /, block \d, was not recorded; expected every group/,
  );
  const other = await shard(7, 9);
  const layers = (await allLayers(other)).map((layer) => ({
    ...layer,
    sample: { ...layer.sample, units: layer.sample.units.toReversed() },
    moments: layer.moments.map((blocks) => blocks.map((group) => ({ ...group, n: 0 }))),
  }));
  const reversed = memoryRecording(other.header, layers);
  const merged = mergeRecordings([first, { ...reversed, missing: [] }]);
  await assert.rejects(merged.readLayer(0), /other units of "one" were sampled; expected the same seed/);
});
