import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { readLocks } from "../../src/reproduce/read_locks.ts";
import { planStimuli } from "../../src/reproduce/plan_stimuli.ts";
import { reproduce, type ReproduceOptions } from "../../src/reproduce/mod.ts";
import type { Study } from "../../src/study/mod.ts";
import { Store } from "../../src/store/mod.ts";
import { inFolder } from "../in_folder.ts";
import { images, withFolder } from "../stimuli/image_folder.ts";

/** Refuses before it says that it prepares images, or anything else. */
async function refusedFirst(options: ReproduceOptions, message: RegExp): Promise<void> {
  await inFolder(async (out) => {
    const events: string[] = [];
    const error = await reproduce({
      ...options,
      out,
      keep: false,
      onProgress: ({ phase }) => events.push(phase),
      onNotice: (notice) => events.push(notice),
    }).then(() => assert.fail("not refused"), (error) => error);
    assert.ok(error instanceof RequestError, String(error));
    assert.match(error.message, message);
    assert.deepEqual(events, []);
  });
}

Deno.test("reproduce() refuses a wrong request before it prepares images of a set it draws", async () => {
  await refusedFirst(
    { stimuli: { set: "procedural", targets: ["cats"] } },
    /^Cannot use the stimuli in "procedural": "cats" among the targets is no/,
  );
  await refusedFirst(
    { stimuli: { set: "procedural", conditions: { alive: ["faces", "animals"] } } },
    /"animals" in a pool is no folder/,
  );
  await refusedFirst({ criterion: "vibes" }, /^Unknown criterion: "vibes"/);
});

Deno.test("reproduce() refuses a wrong request before it reads the images of a folder", async () => {
  // No image could be read.
  const files = Object.fromEntries(Object.keys(images(["cats", "dogs", "mice"], 6)).map((name) => [name, "no image"]));
  await withFolder(files, async (dir) => {
    await refusedFirst(
      { stimuli: { path: dir, targets: ["cats", "rats"] } },
      /"rats" among the targets is no condition; there are/,
    );
    await refusedFirst({ stimuli: { path: dir, controls: ["rats"] } }, /"rats" among the controls is no condition/);
    await refusedFirst({ stimuli: { path: dir, conditions: { pets: [] } } }, /the pool "pets" has no folder/);
    await refusedFirst({ stimuli: dir, limit: 2 }, /condition "cats" has 2 images, .*; expected at least 4/);
    await refusedFirst({ stimuli: dir, criterion: "min(d.rats) > 1" }, /rats/);
    await refusedFirst({ stimuli: `${dir}/nowhere` }, /there is no such folder/);
  });
});

Deno.test("reproduce() tells what is selected for before it prepares images, and results say who chose", async () => {
  await withFolder(images(["cats", "dogs", "mice", "scrambled"], 6), async (dir) => {
    await inFolder(async (out) => {
      const events: string[] = [];
      const options: ReproduceOptions = {
        stimuli: { path: dir, conditions: { pets: ["cats", "dogs"] }, targets: ["pets"], controls: ["scrambled"] },
        networks: ["mini-untrained-s0"],
        out,
        keep: false,
        fast: true,
        device: "cpu",
        analysis: { placements: 2 },
        onProgress: ({ phase }) => events.push(phase),
        onNotice: (notice) => events.push(notice),
      };
      const { results } = await reproduce(options);
      assert.deepEqual(events.slice(0, 3), [
        "Pooled: pets = cats + dogs.",
        "Targets: pets. Controls: scrambled. Left out, as neither: mice.",
        "open",
      ]);
      assert.deepEqual([results.conditions, results.targets, results.controls], [
        ["scrambled", "pets"],
        ["pets"],
        ["scrambled"],
      ]);
      assert.deepEqual(results.settings.roles, { targets: "request", controls: "request", leftOut: ["mice"] });
      assert.deepEqual(results.stimuli.categories.filter(({ condition }) => condition === "pets"), [
        { name: "cats", condition: "pets", images: 6 },
        { name: "dogs", condition: "pets", images: 6 },
      ]);
      const swapped = await reproduce({
        ...options,
        stimuli: { path: dir, conditions: { pets: ["cats", "mice"] }, targets: ["pets"], controls: ["scrambled"] },
      });
      assert.notEqual(swapped.results.id, results.id);
    });
  });
});

Deno.test("planStimuli() knows conditions, roles and what is made before it opens a set, in the order of the set", async () => {
  const locks = await readLocks(undefined);
  await withFolder(images(["adult", "word", "house", "zebra"], 6), async (dir) => {
    await inFolder(async (cache) => {
      const context = { locks, store: new Store(cache), onProgress() {} };
      const requests: [Study["stimuli"], Pick<Study, "limit">][] = [
        [{ path: dir }, {}],
        [{ path: dir, targets: ["faces", "places"], controls: ["scrambled places", "zebra"] }, {}],
        ["procedural", { limit: 1 }],
        [
          { set: "procedural", conditions: { alive: ["faces", "bodies"] }, targets: ["alive"], controls: ["words"] },
          { limit: 1 },
        ],
        [{ set: "floc", targets: ["faces"], controls: ["places", "scrambled"] }, { limit: 4 }],
        [{ set: "floc", conditions: { young: ["child"] }, targets: ["young"] }, { limit: 4 }],
      ];
      for (const [stimuli, study] of requests) {
        const planned = await planStimuli({ stimuli, ...study }, { offline: true }, context);
        const { set } = await planned.open();
        assert.deepEqual(set.conditions, planned.conditions);
        const made = set.stimuli.filter(({ source }) => source !== undefined).map(({ condition }) => condition);
        const expected = [...new Set(made)].filter((condition) => !planned.roles.controls.includes(condition));
        assert.deepEqual(Object.keys(planned.derived), expected);
        for (const [name, source] of Object.entries(planned.derived)) assert.equal(name, `scrambled ${source}`);
        assert.ok(planned.roles.targets.every((target) => set.conditions.includes(target)));
      }
      const [, said] = await Promise.all(
        requests.slice(0, 2).map(([stimuli, study]) => planStimuli({ stimuli, ...study }, {}, context)),
      );
      assert.deepEqual([said.roles.controls, said.derived], [["scrambled places", "zebra"], {}]);
      const floc = await (await planStimuli({ stimuli: requests[4][0], limit: 4 }, { offline: true }, context)).open();
      assert.match(floc.absent!, /files are not in the store/);
      assert.deepEqual([...new Set(floc.set.stimuli.map(({ category }) => category))].sort(), [
        "adult",
        "child",
        "corridor",
        "house",
        "scrambled",
      ]);
    });
  });
});
