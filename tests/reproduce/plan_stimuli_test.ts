import assert from "node:assert/strict";
import { RequestError } from "../../src/errors.ts";
import { reproduce, type ReproduceOptions } from "../../src/reproduce/mod.ts";
import { inFolder } from "../in_folder.ts";
import { images, withFolder } from "../stimuli/image_folder.ts";

/** Refuses without a word on preparing images, and at once. */
async function refusedFirst(options: ReproduceOptions, message: RegExp): Promise<void> {
  await inFolder(async (out) => {
    const events: string[] = [];
    const started = performance.now();
    const error = await reproduce({
      ...options,
      out,
      keep: false,
      onProgress: ({ phase }) => events.push(phase),
      onNotice: (notice) => events.push(notice),
    }).then(() => assert.fail("not refused"), (error) => error);
    const seconds = (performance.now() - started) / 1000;
    assert.ok(error instanceof RequestError, String(error));
    assert.match(error.message, message);
    assert.deepEqual(events, []);
    assert.ok(seconds < 1, `${seconds} s`);
  });
}

Deno.test("reproduce() refuses a wrong request before it prepares images of a set it draws", async () => {
  await refusedFirst({ targets: ["cats"] }, /^Cannot use the stimuli in "procedural": "cats" among the targets is no/);
  await refusedFirst({ pools: { alive: ["faces", "animals"] } }, /"animals" in a pool is no folder/);
  await refusedFirst({ criterion: "vibes" }, /^Unknown criterion: "vibes"/);
});

Deno.test("reproduce() refuses a wrong request before it reads the images of a folder", async () => {
  // No image could be read.
  const files = Object.fromEntries(Object.keys(images(["cats", "dogs", "mice"], 6)).map((name) => [name, "no image"]));
  await withFolder(files, async (dir) => {
    await refusedFirst(
      { stimuli: dir, targets: ["cats", "rats"] },
      /"rats" among the targets is no condition; there are/,
    );
    await refusedFirst({ stimuli: dir, controls: ["rats"] }, /"rats" among the controls is no condition/);
    await refusedFirst({ stimuli: dir, pools: { pets: [] } }, /the pool "pets" has no folder/);
    await refusedFirst({ stimuli: dir, limit: 2 }, /condition "cats" has 2 images; expected at least 4/);
    await refusedFirst({ stimuli: dir, criterion: "min(d.rats) > 1" }, /rats/);
    await refusedFirst({ stimuli: `${dir}/nowhere` }, /there is no such folder/);
  });
});

Deno.test("reproduce() tells what is selected for before it prepares images, and results say who chose", async () => {
  await withFolder(images(["cats", "dogs", "mice", "scrambled"], 6), async (dir) => {
    await inFolder(async (out) => {
      const events: string[] = [];
      const options: ReproduceOptions = {
        stimuli: dir,
        networks: ["mini-untrained-s0"],
        pools: { pets: ["cats", "dogs"] },
        targets: ["pets"],
        controls: ["scrambled"],
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
        "stimuli",
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
      const swapped = await reproduce({ ...options, pools: { pets: ["cats", "mice"] } });
      assert.notEqual(swapped.results.id, results.id);
    });
  });
});
