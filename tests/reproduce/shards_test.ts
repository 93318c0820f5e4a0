import assert from "node:assert/strict";
import { cp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { mergeShards, recordShard, reproduce, type ReproduceOptions } from "../../src/reproduce/mod.ts";
import { type Results, stripVolatile } from "../../src/results/mod.ts";
import { madeImage } from "./_made_suite.ts";
import { inFolder } from "../in_folder.ts";

const LITTLE = { criteria: [], placements: 2 };
const CONDITIONS = ["faces", "bodies", "objects"];

/** Two networks, a few images of the folder's own, and little of the analysis. */
async function small(folder: string): Promise<ReproduceOptions & { networks: string[] }> {
  const path = join(folder, "images");
  for (const [c, condition] of CONDITIONS.entries()) {
    await Deno.mkdir(join(path, condition), { recursive: true });
    for (let index = 0; index < 6; index++) {
      await Deno.writeFile(join(path, condition, `${index}.png`), madeImage(4 * c, index));
    }
  }
  return {
    networks: ["mini-untrained-s0", "mini-untrained-s1"],
    stimuli: { path, targets: ["faces", "bodies"], controls: ["objects"] },
    layers: "stages",
    device: "cpu",
    threads: 1,
    keep: false,
    fast: true,
    analysis: LITTLE,
  };
}

const every = (of: number): number[] => Array.from({ length: of }, (_, i) => i + 1);

/** Records shards into `<folder>/of-<n>`. */
async function record(folder: string, of: number, which = every(of)): Promise<void> {
  const options = await small(folder);
  for (const index of which) await recordShard({ ...options, out: join(folder, `of-${of}`) }, { index, of });
}

function stable(results: Results): unknown {
  return stripVolatile(results);
}

async function table(directory: string): Promise<string> {
  return await Deno.readTextFile(join(directory, "measures.csv"));
}

Deno.test("1, 2 and 5 shards, merged in any order, give the results of a single run byte for byte", () =>
  inFolder(async (folder) => {
    const single = await reproduce({ ...await small(folder), out: join(folder, "single") });
    for (const count of [1, 2, 5]) {
      await record(folder, count);
      const names = (await readdir(join(folder, `of-${count}`))).map((name) => join(folder, `of-${count}`, name));
      const merged = await mergeShards(names.reverse(), {
        analysis: LITTLE,
        threads: 1,
        keep: false,
        out: join(folder, "merged"),
      });
      assert.equal(JSON.stringify(stable(merged.results)), JSON.stringify(stable(single.results)), `${count} shards`);
      assert.equal(await table(merged.directory), await table(single.directory));
      assert.equal(merged.results.timing.groups?.recorded, 0);
      assert.equal(merged.results.timing.phases.inference, 0);
    }
  }));

Deno.test("a shard that is recorded again finds what it has", () =>
  inFolder(async (folder) => {
    await record(folder, 5, [2]);
    const path = join(folder, "of-5", "shard-2-of-5");
    const file = join(path, "mini-untrained-s0.recording");
    const before = await Deno.stat(file);
    const again = await recordShard({ ...await small(folder), out: join(folder, "of-5") }, { index: 2, of: 5 });
    assert.equal(again.directory, path);
    const recordings = (await readdir(path)).filter((name) => name.endsWith(".recording"));
    assert.deepEqual(recordings, ["mini-untrained-s0.recording"]);
    const after = await Deno.stat(file);
    assert.deepEqual([after.mtime, after.ino], [before.mtime, before.ino]);
    assert.deepEqual(again.manifest.networks.map(({ recording }) => recording?.file), recordings);
  }));

Deno.test("missing, duplicate, foreign, damaged and unfinished shards are told all at once, and nothing is written", () =>
  inFolder(async (folder) => {
    await record(folder, 5, [1, 2, 3, 5]);
    const shards = join(folder, "of-5");
    const other = await recordShard({ ...await small(folder), seed: 1, out: join(folder, "other") }, {
      index: 4,
      of: 5,
    });
    await cp(join(shards, "shard-1-of-5"), join(folder, "copy"), { recursive: true });
    const damaged = join(shards, "shard-2-of-5", "mini-untrained-s0.recording");
    const bytes = await Deno.readFile(damaged);
    bytes[bytes.length >> 1] ^= 1;
    await Deno.writeFile(damaged, bytes);
    await rm(join(shards, "shard-3-of-5", "shard.json"));
    const out = join(folder, "merged");
    await assert.rejects(mergeShards([shards, other.directory, join(folder, "copy")], { out }), (error) => {
      assert.ok(error instanceof RequestError, String(error));
      const lines = error.message.split("\n");
      assert.match(lines[0], /^Cannot merge the shards: Cannot read ".*shard-3-of-5.shard\.json": /);
      assert.match(lines[1], /^".*shard-4-of-5" is of another run: its studies differ/);
      assert.match(lines[2], /^shard 1 of 5 is in ".*shard-1-of-5" and in ".*copy"; expected it once$/);
      assert.equal(lines[3], "shard 3, 4 of 5 is missing");
      assert.match(lines[4], /^Cannot use the recording ".*mini-untrained-s0\.recording": /);
      assert.equal(lines.length, 5);
      return true;
    });
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
    const images = join(folder, "images");
    await assert.rejects(mergeShards([images], { out }), { message: `Cannot merge "${images}": it holds no shard` });
    await assert.rejects(mergeShards([join(folder, "nowhere")], { out }), RequestError);
  }));

Deno.test("a network that a shard could not run is reported as not run, and the rest is merged", () =>
  inFolder(async (folder) => {
    const options = { ...await small(folder), networks: ["mini-untrained-s0", "clip-rn50-openai"], offline: true };
    const cache = join(folder, "cache");
    const single = await reproduce({ ...options, cache, out: join(folder, "single") });
    for (const index of [1, 2]) await recordShard({ ...options, cache, out: folder }, { index, of: 2 });
    const merged = await mergeShards([folder], {
      analysis: LITTLE,
      cache,
      out: join(folder, "merged"),
      keep: false,
    });
    assert.deepEqual(merged.results.networks.map(({ status }) => status), ["run", "not run"]);
    assert.equal(JSON.stringify(stable(merged.results)), JSON.stringify(stable(single.results)));
  }));
