import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { parseCriterion } from "../../src/criteria/mod.ts";
import { lesionNetwork } from "../../src/lesions/mod.ts";
import { drawSplits, localize } from "../../src/localize/mod.ts";
import type { Network } from "../../src/networks/mod.ts";
import { RecordingStore } from "../../src/recording/mod.ts";
import type { LesionResult } from "../../src/results/mod.ts";
import { NO_ADAPTER, openAll } from "../devices/devices.ts";
import { inFolder } from "../in_folder.ts";
import { responsesOf } from "../recording/record_fixtures.ts";
import { CONDITIONS, DETECTORS, IMAGES, lesionOf, pixels, plantedNetwork, record, TARGETS, UNITS } from "./planted.ts";

const devices = await openAll(["cpu", "wasm", "webgpu"]);
const cpu = devices.get("cpu")!;

async function lesioned(network: Network, device = cpu): Promise<LesionResult> {
  const recording = await record(network, device);
  try {
    return await lesionNetwork(lesionOf(network, device, recording));
  } finally {
    await recording.close();
  }
}

function near(found: number | null, expected: number, tolerance: number): void {
  assert.ok(found !== null && Math.abs(found - expected) <= tolerance, `${found}, not ${expected}`);
}

function checkPlanted({ accuracy, targets, sets }: LesionResult): void {
  assert.equal(sets, 20);
  assert.deepEqual(accuracy, { faces: 1, places: 1, objects: 1 });
  near(targets.faces.units, DETECTORS, 2);
  // Without its detectors a face is an object: of the two, which nothing else tells apart, half are right.
  near(targets.faces.conditions.faces.drop, 1, 0);
  near(targets.faces.conditions.objects.drop, 0, 0);
  near(targets.faces.conditions.places.drop, 0, 0);
  near(targets.places.conditions.places.drop, 1, 0);
  near(targets.places.conditions.faces.drop, 0, 0);
  near(targets.places.conditions.objects.drop, 0, 0);
  for (const name of TARGETS) {
    const { conditions, activity, randomActivity } = targets[name];
    near(conditions[name].random, 0, 0.1);
    assert.equal(conditions[name].beyondRandom, conditions[name].drop! - conditions[name].random!);
    assert.ok(conditions[name].randomRange![1] < 1);
    near(randomActivity, activity!, 0.1 * activity!);
  }
}

for (const name of ["cpu", "wasm", "webgpu"] as const) {
  Deno.test({
    name: `lesionNetwork() costs a category its images where its units alone tell it, on ${name}`,
    ignore: name === "webgpu" && NO_ADAPTER,
    sanitizeOps: name !== "webgpu",
    sanitizeResources: name !== "webgpu",
    fn: async () => checkPlanted(await lesioned(plantedNetwork("all"), devices.get(name)!)),
  });
}

Deno.test("lesionNetwork() costs nothing where the readout has the category from elsewhere, past the layer", async () => {
  const { accuracy, targets } = await lesioned(plantedNetwork("elsewhere"));
  assert.deepEqual(accuracy, { faces: 1, places: 1, objects: 1 });
  near(targets.faces.units, DETECTORS, 2);
  for (const condition of CONDITIONS) assert.equal(targets.faces.conditions[condition].drop, 0, condition);
  near(targets.places.conditions.places.drop, 1, 0);
});

/** Everything once more from single responses, with the planted readout, which is the layer itself, in plain loops. */
async function byHand(criterion: string): Promise<{ accuracy: number[]; drop: number[][] }> {
  const network = plantedNetwork("all"), recording = await record(network, cpu);
  const load = (i: number): Promise<Float32Array> => Promise.resolve(pixels(i));
  const [responses] = await responsesOf({ network, device: cpu, images: IMAGES, conditions: CONDITIONS, load });
  const [{ selections }] = await Array.fromAsync(localize({ recording, targets: TARGETS, criterion }));
  await recording.close();
  const [split] = drawSplits(4, 1, 0);
  const rows = IMAGES.map((_, i) => Array.from(responses.subarray(i * UNITS, (i + 1) * UNITS)));
  const mean = (images: number[]): number[] =>
    rows[0].map((_, unit) => images.reduce((sum, i) => sum + rows[i][unit], 0) / images.length);
  const accuracy = CONDITIONS.map(() => 0), drop = TARGETS.map(() => CONDITIONS.map(() => 0));
  for (const side of [0, 1]) {
    const inside = [...IMAGES.keys()].filter((i) => split[IMAGES[i].block] === side);
    const outside = [...IMAGES.keys()].filter((i) => split[IMAGES[i].block] !== side);
    const whole = mean(inside);
    const centroids = CONDITIONS.map((_, c) => mean(inside.filter((i) => IMAGES[i].condition === c)));
    const right = (lesion: Uint32Array): number[] =>
      CONDITIONS.map((_, c) => {
        const own = outside.filter((i) => IMAGES[i].condition === c);
        const hits = own.filter((i) => {
          const row = rows[i].map((value, unit) => lesion.includes(unit) ? whole[unit] : value);
          const distances = centroids.map((centroid) =>
            centroid.reduce((sum, value, unit) => sum + (value - row[unit]) ** 2, 0)
          );
          return distances.indexOf(Math.min(...distances)) === c;
        });
        return hits.length / own.length;
      });
    const intact = right(new Uint32Array(0));
    intact.forEach((value, c) => accuracy[c] += value / 2);
    selections[side].forEach(({ units }, t) =>
      right(units).forEach((value, c) => drop[t][c] += (intact[c] - value) / 2)
    );
  }
  return { accuracy, drop };
}

Deno.test("lesionNetwork() agrees with responses, means, centroids and distances taken one by one", async () => {
  // Some detectors are left, so that neither all images are lost nor none.
  const criterion = "min(d) > 3.8";
  const expected = await byHand(criterion);
  assert.ok(expected.drop[0][0] > 0 && expected.drop[0][0] < 1, String(expected.drop[0][0]));
  const network = plantedNetwork("all"), recording = await record(network, cpu);
  const found = await lesionNetwork({
    ...lesionOf(network, cpu, recording),
    criterion: parseCriterion(criterion, CONDITIONS),
  });
  await recording.close();
  CONDITIONS.forEach((name, c) => {
    near(found.accuracy[name], expected.accuracy[c], 1e-12);
    TARGETS.forEach((target, t) => near(found.targets[target].conditions[name].drop, expected.drop[t][c], 1e-12));
  });
});

Deno.test("lesionNetwork() says why nothing was lesioned where nothing is selected", async () => {
  const network = plantedNetwork("all"), recording = await record(network, cpu);
  const found = await lesionNetwork({
    ...lesionOf(network, cpu, recording),
    criterion: parseCriterion("min(d) > 1e6", CONDITIONS),
  });
  await recording.close();
  const { units, reason, activity, conditions } = found.targets.faces;
  assert.deepEqual({ units, reason, activity }, { units: 0, reason: "no unit is selected", activity: null });
  assert.deepEqual(conditions.faces, { drop: null, random: null, randomRange: null, beyondRandom: null });
  assert.equal(found.accuracy.faces, 1);
});

Deno.test("lesionNetwork() finds what was kept for the same selection, and makes it again where it is damaged", () =>
  inFolder(async (folder) => {
    const network = plantedNetwork("all"), recording = await record(network, cpu);
    let steps = 0;
    const options = { ...lesionOf(network, cpu, recording), folder, label: "planted", onProgress: () => steps++ };
    const first = await lesionNetwork(options);
    assert.ok(steps > 0);
    const [name] = await readdir(folder);
    steps = 0;
    assert.deepEqual(await lesionNetwork(options), first);
    assert.equal(steps, 0);
    for (const damage of ["{", "{}"]) {
      await Deno.writeTextFile(join(folder, name), damage);
      assert.deepEqual(await lesionNetwork(options), first);
      assert.ok(steps > 0, damage);
      steps = 0;
    }
    await lesionNetwork({ ...options, criterion: parseCriterion("min(d) > 3.8", CONDITIONS) });
    await lesionNetwork({ ...options, seed: 1 });
    assert.ok(steps > 0);
    assert.equal((await readdir(folder)).length, 3);
    await recording.close();
    const [kept] = await new RecordingStore(folder).list();
    assert.deepEqual([kept.label, kept.finished, kept.inUse], ["planted", true, false]);
    assert.equal((await new RecordingStore(folder).prune(0)).length, 3);
    assert.deepEqual(await readdir(folder), []);
  }));

Deno.test("lesionNetwork() refuses a layer that is not recorded, and the one that is read out", async () => {
  const network = plantedNetwork("all"), recording = await record(network, cpu);
  for (const layer of ["nothing", "end"]) {
    await assert.rejects(
      lesionNetwork({ ...lesionOf(network, cpu, recording), layer }),
      new RegExp(`Cannot lesion "${layer}"; expected one of the layers before the last: layer`),
    );
  }
  await recording.close();
});

Deno.test("lesionNetwork() ends between batches when it is interrupted", async () => {
  const network = plantedNetwork("all"), recording = await record(network, cpu);
  const controller = new AbortController();
  const onProgress = (done: number): void => {
    if (done > 100) controller.abort(new Error("enough"));
  };
  await assert.rejects(
    lesionNetwork({ ...lesionOf(network, cpu, recording), onProgress, signal: controller.signal }),
    /enough/,
  );
  await recording.close();
});

globalThis.addEventListener("unload", () => {
  for (const device of devices.values()) device.close();
});
