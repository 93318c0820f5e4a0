import assert from "node:assert/strict";
import { open, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { reproduce, type ReproduceOptions } from "../../src/reproduce/mod.ts";
import { type Results, stripVolatile } from "../../src/results/mod.ts";
import { inFolder } from "../in_folder.ts";
import { network, RECIPE, writeImages } from "../planted_onnx.ts";

const CHILD = fileURLToPath(new URL("./_child_run.ts", import.meta.url));
const WITHOUT_TABLES = fileURLToPath(new URL("./_child_without_tables.ts", import.meta.url));

/** As small a run as has every part: one network, two images of each category, and little of the analysis. */
const SMALL: ReproduceOptions = {
  networks: ["mini-untrained-s0"],
  limit: 2,
  layers: "stages",
  device: "cpu",
  threads: 1,
  analysis: { criteria: [], permutations: 0, placements: 2, splits: 2 },
};

/** One small layer that looks at small images of its own, which takes less time still. */
async function smaller(folder: string): Promise<Partial<ReproduceOptions>> {
  const images = join(folder, "images"), weights = join(folder, "small.onnx");
  await writeImages(images);
  await writeFile(weights, network(1, 20));
  return {
    networks: [{ id: "small", weights, layers: ["layer"], preprocessing: RECIPE }],
    stimuli: { path: images, targets: ["faces", "places", "words"], controls: ["objects"] },
    limit: undefined,
    layers: undefined,
  };
}

async function run(folder: string, options: Partial<ReproduceOptions> = {}): Promise<Results> {
  const { results } = await reproduce({
    ...SMALL,
    out: join(folder, "out"),
    cache: join(folder, "cache"),
    ...options,
  });
  for (const { id, status, reason } of results.networks) assert.equal(status, "run", `${id}: ${reason}`);
  return results;
}

/** Results of this version always say what was recorded and what was found; those of version 1 do not. */
function groupsOf({ timing }: Results): { readonly recorded: number; readonly reused: number } {
  assert.ok(timing.groups !== undefined);
  return timing.groups;
}

async function kept(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "cache", "recordings")).catch(() => []);
  return names.filter((name) => name.endsWith(".recording")).map((name) => join(folder, "cache", "recordings", name));
}

/** Runs in a process of its own and kills it as soon as so many images are recorded. */
async function killAfter(images: number, folder: string): Promise<void> {
  const options = { ...SMALL, out: join(folder, "out"), cache: join(folder, "cache") };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", CHILD, JSON.stringify(options)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
    env: { NO_COLOR: "1" },
  }).spawn();
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const done = [...text.matchAll(/recorded (\d+) of/g)].map((match) => Number(match[1]));
    if (done.some((each) => each >= images)) child.kill("SIGKILL");
  }
  const { signal } = await child.status;
  assert.equal(signal, "SIGKILL", `it ended before ${images} images were recorded: ${text}`);
}

Deno.test("a run with another criterion shows no image to the network again", () =>
  inFolder(async (folder) => {
    const options = await smaller(folder);
    const first = await run(folder, options);
    assert.ok(first.timing.phases.inference > 0 && groupsOf(first).recorded > 0);
    assert.equal(groupsOf(first).reused, 0);
    // Other criteria take no more splits than the main one.
    assert.deepEqual([first.settings.splits, first.settings.otherSplits], [2, 2]);
    const second = await run(folder, { ...options, criterion: "lu-wang" });
    assert.deepEqual([second.timing.phases.inference, groupsOf(second).recorded], [0, 0]);
    assert.equal(groupsOf(second).reused, groupsOf(first).recorded);
    assert.equal(second.criterion.name, "lu-wang");
    assert.notEqual(second.id, first.id);
    assert.equal((await kept(folder)).length, 1);
  }));

Deno.test("after a process was killed the next run repeats no finished group, and finds what an undisturbed one finds", () =>
  inFolder(async (folder) => {
    const whole = await run(join(folder, "whole"));
    const groups = groupsOf(whole).recorded;
    const images = whole.timing.images;
    let reusedBefore = 0;
    for (const [at, share] of [0.25, 0.5, 0.9].entries()) {
      const own = join(folder, String(at));
      await killAfter(Math.ceil(share * images), own);
      assert.deepEqual(await kept(own), []);
      const notices: string[] = [];
      const next = await run(own, { onNotice: (sentence) => notices.push(sentence) });
      const { recorded, reused } = groupsOf(next);
      assert.equal(recorded + reused, groups, `killed at ${share}`);
      const { imagesPerSecond, phases: { decode, inference, merge } } = next.timing;
      const shown = Math.round(imagesPerSecond * (decode + inference + merge));
      assert.ok(shown > 0 && shown < images, "images found recorded count as fast ones");
      // A group that ended just before the process did may not be written yet.
      assert.ok(
        reused >= Math.floor(share * groups) - 2 && reused > reusedBefore,
        `killed at ${share}: ${reused} reused`,
      );
      assert.ok(notices.some((sentence) => /continu/.test(sentence)), notices.join("; "));
      assert.deepEqual(stripVolatile(next), stripVolatile(whole));
      reusedBefore = reused;
    }
  }));

Deno.test("a recording in which a byte was changed is noticed and made again, with the same results", () =>
  inFolder(async (folder) => {
    const options = await smaller(folder);
    const first = await run(folder, options);
    const [path] = await kept(folder);
    const { size } = await stat(path);
    const file = await open(path, "r+");
    const byte = new Uint8Array(1);
    const place = Math.floor(size / 2);
    await file.read(byte, 0, 1, place);
    byte[0] ^= 1;
    await file.write(byte, 0, 1, place);
    await file.close();
    const notices: string[] = [];
    const again = await run(folder, { ...options, onNotice: (sentence) => notices.push(sentence) });
    assert.equal(notices.filter((sentence) => /recording it again/.test(sentence)).length, 1, notices.join("; "));
    assert.deepEqual(groupsOf(again), { recorded: groupsOf(first).recorded, reused: 0 });
    assert.deepEqual(stripVolatile(again), stripVolatile(first));
  }));

Deno.test("one, two and four threads give the same results", () =>
  inFolder(async (folder) => {
    const networks = ["mini-untrained-s0", "mini-untrained-s1"];
    // Each records for itself.
    const on = (threads: number): Promise<Results> =>
      run(folder, { networks, threads, cache: join(folder, `cache-${threads}`) });
    const [one, two, four] = [await on(1), await on(2), await on(4)];
    assert.deepEqual(stripVolatile(two), stripVolatile(one));
    assert.deepEqual(stripVolatile(four), stripVolatile(one));
    assert.deepEqual(one.networks.map(({ id }) => id), networks);
  }));

Deno.test("a recording that is not kept is removed where the tables of units cannot be written", () =>
  inFolder(async (folder) => {
    const options = { ...SMALL, out: join(folder, "out"), cache: join(folder, "cache"), keep: false, units: "all" };
    // A process of its own: the folder for temporary files belongs to the whole process, and tests share theirs.
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", WITHOUT_TABLES, JSON.stringify(options)],
      stdin: "null",
      stderr: "inherit",
      env: { NO_COLOR: "1", TMPDIR: folder },
    }).output();
    assert.match(new TextDecoder().decode(stdout), /ENOTDIR|EEXIST|Not a directory/i);
    assert.deepEqual((await readdir(folder)).filter((name) => name.startsWith("fusiform-recording-")), []);
  }));

Deno.test("a recording that is not kept leaves nothing in the store, and gives the same results", () =>
  inFolder(async (folder) => {
    const options = await smaller(folder);
    const whole = await run(join(folder, "kept"), options);
    const own = join(folder, "not-kept");
    const results = await run(own, { ...options, keep: false });
    assert.deepEqual(await readdir(join(own, "cache", "recordings")).catch(() => []), []);
    assert.ok(groupsOf(results).recorded > 0);
    assert.deepEqual(stripVolatile(results), stripVolatile(whole));
  }));
