import { BlobWriter, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";
import assert from "node:assert/strict";
import { wholeMoments } from "../../src/localize/mod.ts";
import type { LayerRecording } from "../../src/recording/mod.ts";
import { oneSidedP, welch } from "../../src/statistics/mod.ts";
import { synthesizeRecording } from "../../src/validation/mod.ts";
import { compareLayer, judge } from "../../tasks/agree/compare_layer.ts";
import { readImages } from "../../tasks/agree/read_images.ts";
import { image, withFolder } from "../stimuli/image_folder.ts";
import { openNpz, parseNpy } from "../../tasks/agree/npz.ts";

const CONDITIONS = ["bodies", "faces", "places"];

/** As NumPy writes it, version 1. */
function npy(data: Float32Array | Float64Array): Uint8Array<ArrayBuffer> {
  const type = data instanceof Float32Array ? "<f4" : "<f8";
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${data.length},), }`.padEnd(117) + "\n";
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(new Uint8Array(data.buffer), 10 + header.length);
  return bytes;
}

function madeLayer(): LayerRecording {
  const { layers: [layer] } = synthesizeRecording({
    seed: 4,
    conditions: CONDITIONS,
    targets: CONDITIONS,
    imagesPerCondition: 12,
    blocks: 4,
    layers: [{ name: "layer1", shape: [40], selective: 0.5, effect: 4 }],
  });
  return layer;
}

/** What the reference would have found in the same responses, the means times `factor`. */
function reference(layer: LayerRecording, factor: number): Map<string, Uint8Array<ArrayBuffer>> {
  const arrays = new Map<string, Uint8Array<ArrayBuffer>>();
  const pooled = wholeMoments(layer);
  for (const [a, name] of CONDITIONS.entries()) {
    arrays.set(`layer1/${name}/mean`, npy(Float32Array.from(pooled[a].mean, (value) => factor * value)));
    arrays.set(`layer1/${name}/var`, npy(Float32Array.from(pooled[a].m2, (value) => value / (pooled[a].n - 1))));
    for (const [b, other] of CONDITIONS.entries()) {
      if (b <= a) continue;
      const { t, df } = welch(pooled[a], pooled[b]);
      arrays.set(`layer1/${name}>${other}/t`, npy(Float32Array.from(t, (value) => factor * value)));
      const p = t.map((value, i) => 2 * oneSidedP(factor * Math.abs(value), df[i]));
      arrays.set(`layer1/${name}>${other}/p`, npy(p));
    }
  }
  return arrays;
}

async function withNpz(
  arrays: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  work: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempFile({ suffix: ".npz" });
  try {
    const zip = new ZipWriter(new BlobWriter(), { level: 0, useWebWorkers: false });
    for (const [name, bytes] of arrays) await zip.add(`${name}.npy`, new Uint8ArrayReader(bytes));
    await Deno.writeFile(path, new Uint8Array(await (await zip.close()).arrayBuffer()));
    await work(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("compareLayer() finds agreement with the same numbers, and how far others are", async () => {
  const layer = madeLayer();
  await withNpz(reference(layer, 1), async (path) => {
    await using npz = await openNpz(path);
    const found = await compareLayer(layer, CONDITIONS, npz);
    assert.equal(found.units, 40);
    assert.ok(found.mean < 1e-6 && found.variance < 1e-6 && found.t < 1e-6, JSON.stringify(found));
    assert.equal(found.differing, 0);
    assert.equal(found.unresolved.beyond, 0);
    assert.equal(judge(found, 1e-4), "agrees");
  });
  await withNpz(reference(layer, 0.1), async (path) => {
    await using npz = await openNpz(path);
    const found = await compareLayer(layer, CONDITIONS, npz);
    assert.ok(Math.abs(found.mean - 9) < 1e-4);
    assert.ok(found.t > 0.9);
    assert.ok(found.differing > 0 && found.distance > 1e-6);
    assert.equal(judge(found, 1e-4), "differs");
  });
});

Deno.test("a layer whose responses hardly vary is unresolved where means agree and variances do not, and no other is", async () => {
  const layer = madeLayer();
  const raised = (offset: number): LayerRecording => ({
    ...layer,
    moments: layer.moments.map((blocks) =>
      blocks.map(({ n, mean, m2 }) => ({ n, mean: mean.map((each) => each + offset), m2: m2.map((sum) => sum) }))
    ),
  });
  const rounded = (own: LayerRecording): LayerRecording => ({
    ...own,
    moments: own.moments.map((blocks) =>
      blocks.map(({ n, mean, m2 }) => ({ n, mean, m2: m2.map((sum) => 1.02 * sum) }))
    ),
  });
  for (const [offset, judgement] of [[20_000, "unresolved"], [0, "differs"]] as const) {
    await withNpz(reference(raised(offset), 1), async (path) => {
      await using npz = await openNpz(path);
      const found = await compareLayer(rounded(raised(offset)), CONDITIONS, npz);
      assert.ok(found.mean < 1e-6 && found.variance > 5e-3 && found.variance < 0.021, JSON.stringify(found));
      assert.equal(judge(found, 1e-4), judgement);
    });
  }
  // Means that differ are never excused.
  await withNpz(reference(raised(20_000), 1.01), async (path) => {
    await using npz = await openNpz(path);
    assert.equal(judge(await compareLayer(raised(20_000), CONDITIONS, npz), 1e-4), "differs");
  });
});

Deno.test("a unit is unresolved where its standard error is below what float32 rounds off responses of the layer's size", async () => {
  const layer = madeLayer();
  const raised = (offset: number): LayerRecording => ({
    ...layer,
    moments: layer.moments.map((blocks) =>
      blocks.map(({ n, mean, m2 }) => ({ n, mean: mean.map((each) => each + offset), m2 }))
    ),
  });
  for (const [offset, resolved] of [[0, true], [5_000, false]] as const) {
    const own = raised(offset), arrays = reference(own, 1), pooled = wholeMoments(own);
    const { t } = welch(pooled[0], pooled[1]);
    arrays.set(`layer1/${CONDITIONS[0]}>${CONDITIONS[1]}/t`, npy(Float32Array.from(t, (value) => value + 0.5)));
    await withNpz(arrays, async (path) => {
      await using npz = await openNpz(path);
      const found = await compareLayer(own, CONDITIONS, npz);
      assert.equal(found.t > 0.05, resolved, JSON.stringify(found));
      assert.equal(found.unresolved.beyond > 0, !resolved);
      assert.equal(judge(found, 1e-4), resolved ? "differs" : "agrees");
    });
  }
});

Deno.test("openNpz() and parseNpy() refuse what is not there or not NumPy's", async () => {
  await assert.rejects(openNpz("/nowhere.npz"), /Cannot open "\/nowhere\.npz"/);
  await withNpz(new Map([["a", npy(Float64Array.of(1, 2))]]), async (path) => {
    await using npz = await openNpz(path);
    assert.deepEqual(npz.names, ["a"]);
    assert.deepEqual(await npz.read("a"), Float64Array.of(1, 2));
    await assert.rejects(npz.read("b"), /Cannot read "b": .* has no such array/);
  });
  assert.throws(() => parseNpy(new Uint8Array(20), "x"), /Cannot read "x": it is no \.npy array/);
  const integers = npy(Float64Array.of(1));
  integers[integers.indexOf(0x66, 20)] = 0x69; // the f of <f8
  assert.throws(() => parseNpy(integers, "x"), /expected <f4 or <f8/);
  const path = await Deno.makeTempFile();
  await assert.rejects(openNpz(path), /Cannot read .*expected an \.npz file/);
  await Deno.remove(path);
});

Deno.test("readImages() lists folders of conditions and of categories as a run does, conditions by name", () => {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 6; i++) {
    files[`tools/hammers/${i}.bmp.png`] = image(i);
    files[`tools/saws/${i}.png`] = image(10 + i);
    files[`adult/${i}.png`] = image(20 + i);
  }
  return withFolder(files, async (dir) => {
    const { set, conditions, images } = await readImages(dir, 5);
    assert.deepEqual(conditions, ["faces", "tools"]);
    assert.equal(images.length, 15);
    assert.deepEqual(new Set(images.map(({ category }) => category)), new Set(["adult", "hammers", "saws"]));
    for (const [i, { condition }] of images.entries()) assert.equal(conditions[condition], set.stimuli[i].condition);
  });
});
