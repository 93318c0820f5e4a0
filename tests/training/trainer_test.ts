import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Device } from "../../src/devices/mod.ts";
import type { ObjectiveName } from "../../src/training/heads.ts";
import { readSnapshot, writeSnapshot } from "../../src/training/snapshot_file.ts";
import { type Snapshot, startFrom, Trainer, type TrainingPlan, weightsOf } from "../../src/training/trainer.ts";
import { uniform } from "../../src/training/_uniform.ts";
import { inFolder } from "../in_folder.ts";
import { tinyBatch, tinyPlan, tinyWeights, withCpu } from "./_tiny.ts";

/** Word shares or unit vectors, other for each image. */
function otherTarget(objective: ObjectiveName): Float32Array<ArrayBuffer> {
  const width = objective === "language" ? 6 : 5;
  const rows = uniform(8 * width, 1, 5, objective);
  for (let row = 0; row < 8; row++) {
    const part = rows.subarray(row * width, (row + 1) * width);
    const length = Math.hypot(...part);
    part.forEach((value, i) => part[i] = objective === "language" ? value / length : Math.abs(value));
  }
  return rows;
}

/** Takes steps on the tiny batches of their own number, from a snapshot, and gives the state after them. */
async function advanced(plan: TrainingPlan, from: Snapshot, until: number, device: Device): Promise<Snapshot> {
  const trainer = await Trainer.open(plan, from, 4, device);
  try {
    while (trainer.step < until) {
      const { images, target } = tinyBatch(trainer.step);
      await trainer.advance(images, target);
    }
    return trainer.snapshot();
  } finally {
    await trainer.close();
  }
}

Deno.test("a training that was stopped and went on has the same weights as one that was not", async () => {
  await inFolder((folder) =>
    withCpu(async (device) => {
      const plan = tinyPlan("vision", 6), path = join(folder, "state.safetensors");
      const start = startFrom(tinyWeights("vision", 0));
      const expected = await advanced(plan, start, 6, device);
      await writeSnapshot(path, await advanced(plan, start, 3, device), "tiny");
      const kept = await readSnapshot(path, "tiny");
      assert.equal(kept?.step, 3);
      const found = await advanced(plan, kept, 6, device);
      assert.deepEqual([...found.tensors.keys()].sort(), [...expected.tensors.keys()].sort());
      for (const [name, { data }] of expected.tensors) assert.deepEqual(found.tensors.get(name)?.data, data, name);
      assert.equal(await readSnapshot(path, "another training"), undefined);
      assert.equal(await readSnapshot(join(folder, "none"), "tiny"), undefined);
      await writeFile(path, new Uint8Array(40));
      await assert.rejects(readSnapshot(path, "tiny"), /Cannot read "[^"]*state\.safetensors"/);
    })
  );
});

for (const objective of ["vision", "language", "contrastive"] as const) {
  Deno.test(`the ${objective} loss falls on eight images seen again and again`, async () => {
    await withCpu(async (device) => {
      const { images, target: classes } = tinyBatch(0), start = startFrom(tinyWeights(objective, 1));
      const target = objective === "vision" ? classes : otherTarget(objective);
      const trainer = await Trainer.open(tinyPlan(objective, 30), start, target.length / 8, device);
      try {
        const losses: number[] = [];
        for (let step = 0; step < 30; step++) losses.push(await trainer.advance(images, target));
        assert.ok(losses[29] < 0.7 * losses[0], `${losses[0]} to ${losses[29]}`);
        const before = tinyWeights(objective, 1), after = weightsOf(trainer.snapshot());
        assert.deepEqual([...after.keys()], [...before.keys()].sort());
        for (const [name, { data }] of after) assert.notDeepEqual(data, before.get(name)!.data, name);
      } finally {
        await trainer.close();
      }
    });
  });
}

Deno.test("a training whose loss is no number stops and says at which step", async () => {
  await withCpu(async (device) => {
    const trainer = await Trainer.open(tinyPlan("vision", 2), startFrom(tinyWeights("vision", 0)), 4, device);
    try {
      const { images, target } = tinyBatch(0);
      await assert.rejects(
        trainer.advance(images.map(() => NaN), target),
        /Cannot go on training: the loss at step 1 is NaN/,
      );
    } finally {
      await trainer.close();
    }
  });
});
