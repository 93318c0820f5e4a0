import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { HashMismatchError, RequestError } from "../../src/errors.ts";
import { parseStimuliLock, type ProceduralSetEntry } from "../../src/lock/mod.ts";
import {
  assignBlocks,
  type Pixels,
  PROCEDURAL_GENERATOR,
  PROCEDURAL_SEED,
  proceduralSample,
  proceduralSet,
  type StimulusSet,
} from "../../src/stimuli/mod.ts";

async function readPin(): Promise<ProceduralSetEntry> {
  const text = await readFile(new URL("../../stimuli.lock.json", import.meta.url), "utf8");
  const pin = parseStimuliLock(text).sets.find(({ id }) => id === "procedural");
  assert.equal(pin?.kind, "procedural");
  return pin as ProceduralSetEntry;
}

let drawn: Promise<StimulusSet> | undefined;

/** The pinned set, drawn once for all tests. */
function pinnedSet(): Promise<StimulusSet> {
  return drawn ??= readPin().then((pin) => proceduralSet({ pin }));
}

function difference(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i] - b.data[i]);
  return sum / a.data.length;
}

Deno.test("proceduralSet() draws the images that stimuli.lock.json pins", async () => {
  const pin = await readPin(), set = await pinnedSet();
  assert.equal(set.hash, pin.sha256);
  assert.equal(set.stimuli.length, pin.images);
  assert.deepEqual([pin.seed, pin.generator], [PROCEDURAL_SEED, PROCEDURAL_GENERATOR]);
});

Deno.test("proceduralSet() has seven conditions of 84 images, balanced over the classes of each", async () => {
  const set = await pinnedSet(), { conditions } = await readPin();
  assert.deepEqual(set.conditions, [
    "faces",
    "bodies",
    "places",
    "words",
    "objects",
    "scrambled places",
    "scrambled words",
  ]);
  for (const condition of set.conditions) {
    const members = set.stimuli.filter((stimulus) => stimulus.condition === condition);
    assert.equal(members.length, 84);
    assert.equal(conditions[condition], 84);
    for (const [name, images] of Map.groupBy(members, ({ category }) => category)) {
      assert.equal(images.length, 14, `${condition}/${name}`);
    }
  }
  assert.equal(new Set(set.stimuli.map(({ id }) => id)).size, 588);
});

Deno.test("proceduralSet() varies inside every class: no two images are near copies", async () => {
  const set = await pinnedSet();
  for (const [name, stimuli] of Map.groupBy(set.stimuli, ({ condition, category }) => `${condition}/${category}`)) {
    const pixels = await Promise.all(stimuli.map((stimulus) => stimulus.pixels()));
    let sum = 0, pairs = 0;
    for (let i = 0; i < pixels.length; i++) {
      for (let j = 0; j < i; j++) {
        const apart = difference(pixels[i], pixels[j]);
        assert.ok(apart > 8, `${name}: images ${i} and ${j} differ by ${apart} levels`);
        sum += apart;
        pairs++;
      }
    }
    assert.ok(sum / pairs > 35, `${name}: images differ by ${sum / pairs} levels on average`);
  }
});

Deno.test("proceduralSet() gives both of two blocks as many images of every condition", async () => {
  const set = await pinnedSet(), blocks = assignBlocks(set.stimuli, 2);
  for (const condition of set.conditions) {
    const inFirst = set.stimuli.filter((stimulus, i) => stimulus.condition === condition && blocks[i] === 0).length;
    assert.equal(inFirst, 42, condition);
  }
});

Deno.test("proceduralSet() shares no image with itself or with what networks learn from and are tested on", async () => {
  const set = await pinnedSet(),
    digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
  const own = new Set(await Promise.all(set.stimuli.map(async (stimulus) => digest((await stimulus.pixels()).data))));
  assert.equal(own.size, 588);
  for (const split of ["train", "validation", "test"] as const) {
    for (let index = 0; index < 300; index++) {
      const { pixels } = proceduralSample({ seed: PROCEDURAL_SEED, split, index });
      assert.ok(!own.has(digest(pixels.data)), `${split} ${index}`);
    }
  }
});

Deno.test("proceduralSet() scrambles every place and word into an image of its own mean and colours", async () => {
  const set = await pinnedSet(), byId = new Map(set.stimuli.map((stimulus) => [stimulus.id, stimulus]));
  const mean = ({ data }: Pixels): number => data.reduce((sum, level) => sum + level, 0) / data.length;
  for (const { id, condition, pixels } of set.stimuli) {
    if (condition !== "places" && condition !== "words") continue;
    const source = await pixels(), scrambled = await byId.get(`scrambled-${id}`)!.pixels();
    assert.ok(Math.abs(mean(source) - mean(scrambled)) < 5, id);
    assert.ok(difference(source, scrambled) > 5, id);
  }
});

Deno.test("proceduralSet() keeps the first images of each category under a limit, with a hash of what is kept", async () => {
  const whole = await pinnedSet(), few = await proceduralSet({ limit: 1 });
  assert.equal(few.stimuli.length, 42);
  assert.notEqual(few.hash, whole.hash);
  const again = await proceduralSet({ limit: 1, pin: await readPin() });
  assert.equal(again.hash, few.hash);
  const [first] = few.stimuli, same = whole.stimuli.find(({ id }) => id === first.id)!;
  assert.deepEqual((await first.pixels()).data, (await same.pixels()).data);
});

Deno.test("proceduralSet() draws other images from another seed", async () => {
  const a = await proceduralSet({ seed: 1, limit: 1, size: 16 }),
    b = await proceduralSet({ seed: 2, limit: 1, size: 16 });
  assert.notEqual(a.hash, b.hash);
});

Deno.test("proceduralSet() says how its images differ from those that the mini networks learned from", async () => {
  const { source } = await proceduralSet({ seed: 1, limit: 1, size: 16 });
  assert.match(
    source,
    /^drawn by Fusiform's generator 2 from seed 1 in other typefaces, words, colours, layouts, poses /,
  );
  assert.match(
    source,
    /than the pictures that the mini networks learned from; words in .*Lato.*, those of training in /,
  );
  assert.equal((await readPin()).source, source.replace("seed 1 ", `seed ${PROCEDURAL_SEED} `));
});

Deno.test("proceduralSet() refuses images that are not those that are pinned", async () => {
  const pin = await readPin();
  await assert.rejects(proceduralSet({ pin: { ...pin, sha256: "0".repeat(64) } }), HashMismatchError);
});

Deno.test("proceduralSet() refuses an option out of range or against the pin in one sentence", async () => {
  const pin = await readPin();
  await assert.rejects(proceduralSet({ seed: 1.5 }), {
    name: "RequestError",
    message: "Cannot draw the procedural set: seed is 1.5; expected an integer in 0–4294967295",
  });
  await assert.rejects(proceduralSet({ size: 2000 }), {
    message: "Cannot draw the procedural set: size is 2000; expected an integer in 16–1024",
  });
  await assert.rejects(proceduralSet({ limit: 0 }), RequestError);
  await assert.rejects(proceduralSet({ pin, seed: 1 }), /Cannot verify the procedural set: seed 1 at 64 pixels/);
  await assert.rejects(proceduralSet({ pin: { ...pin, generator: 99 } }), /it is pinned for generator 99; expected 2$/);
});
