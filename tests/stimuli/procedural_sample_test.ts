import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { DOMAINS, loadProcedural, PROCEDURAL_CLASSES, proceduralSample } from "../../src/stimuli/mod.ts";
import { writeCaption } from "../../src/stimuli/_procedural/captions.ts";
import { lettering } from "../../src/stimuli/_procedural/fonts.ts";
import { Random } from "../../src/stimuli/_procedural/random.ts";

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

Deno.test("lettering() before the fonts are loaded says what to call", () => {
  assert.throws(() => lettering("lora", "A"), {
    message: 'Cannot draw "A": the fonts are not loaded; expected loadProcedural() before',
  });
});

Deno.test("PROCEDURAL_CLASSES has six classes in each of five domains, each with a name of its own", () => {
  assert.equal(new Set(PROCEDURAL_CLASSES.map(({ name }) => name)).size, 30);
  for (const domain of DOMAINS) assert.equal(PROCEDURAL_CLASSES.filter((kind) => kind.domain === domain).length, 6);
});

Deno.test("proceduralSample() draws the pinned pixels, captions and attributes", async () => {
  await loadProcedural();
  const hash = createHash("sha256");
  for (let index = 0; index < 300; index++) {
    const { pixels, caption, attributes } = proceduralSample({ seed: 1, split: "train", index });
    hash.update(pixels.data).update(JSON.stringify([caption, attributes]));
  }
  assert.equal(hash.digest("hex"), "e7de805daeab546803beb364000b7fe699a726dd7f299db6f143dc040a7e2d9c");
});

Deno.test("proceduralSample() is the same whatever was drawn before", async () => {
  await loadProcedural();
  const first = proceduralSample({ seed: 5, split: "train", index: 7 });
  proceduralSample({ seed: 9, split: "validation", index: 700 });
  assert.deepEqual(proceduralSample({ seed: 5, split: "train", index: 7 }), first);
});

Deno.test("proceduralSample() draws no image twice within or between splits and seeds", async () => {
  await loadProcedural();
  const seen = new Set<string>();
  for (const split of ["train", "validation", "test"] as const) {
    for (const seed of [1, 2]) {
      for (let index = 0; index < 90; index++) seen.add(digest(proceduralSample({ seed, split, index }).pixels.data));
    }
  }
  assert.equal(seen.size, 540);
});

Deno.test("proceduralSample() gives each class ten times in each 300 indices, in another order each time", async () => {
  await loadProcedural();
  const draw = (from: number): number[] =>
    Array.from({ length: 300 }, (_, k) => proceduralSample({ seed: 3, split: "train", index: from + k, size: 16 }))
      .map(({ classIndex }) => classIndex);
  const first = draw(0), second = draw(300);
  for (const order of [first, second]) {
    for (let kind = 0; kind < 30; kind++) assert.equal(order.filter((index) => index === kind).length, 10);
  }
  assert.notDeepEqual(first, second);
});

Deno.test("proceduralSample() labels an image with the class at its index", async () => {
  await loadProcedural();
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (seed, index) => {
      const sample = proceduralSample({ seed, split: "test", index, size: 16 });
      const { name, domain } = PROCEDURAL_CLASSES[sample.classIndex];
      assert.deepEqual([sample.className, sample.domain], [name, domain]);
      assert.equal(sample.pixels.data.length, 3 * 16 * 16);
    }),
    { numRuns: 40 },
  );
});

Deno.test("captions are sentences, of many phrasings, that vary within every class", async () => {
  await loadProcedural();
  const captions = new Map<string, string[]>();
  for (let index = 0; index < 900; index++) {
    const { className, caption } = proceduralSample({ seed: 4, split: "train", index, size: 16 });
    captions.set(className, [...captions.get(className) ?? [], caption]);
    assert.match(caption, /^[A-Z][A-Za-z0-9,.:;'"\- ]+\.$/);
    assert.doesNotMatch(caption, / [,.;:]|\.\.|,,|undefined|[{}[\]]|\ba [aeio]/i, caption);
  }
  assert.equal(captions.size, 30);
  for (const [name, said] of captions) {
    const starts = new Set(said.map((caption) => caption.split(" ").slice(0, 2).join(" ")));
    assert.ok(starts.size >= 3, `${name} begins in ${starts.size} ways`);
    assert.ok(new Set(said).size >= 20, `${name}: ${new Set(said).size} captions`);
  }
});

Deno.test("a caption tells facts that its attributes hold: the word, the count, the hour, the expression", async () => {
  await loadProcedural();
  const saying: Readonly<Record<string, RegExp>> = {
    "count: two": /two|pair/i,
    "hour: night": /night|dark/i,
    "expression: laughing": /laugh/i,
    "kind: seated-body": /sit|seated/i,
    "fridge: left": /fridge (is|stands) on the left/i,
    "coffee: steaming": /steaming|hot/i,
    "trees: two": /two trees/i,
  };
  const met = new Set<string>();
  for (let index = 0; index < 900; index++) {
    const { caption, attributes } = proceduralSample({ seed: 6, split: "train", index, size: 16 });
    for (const [attribute, words] of Object.entries(saying)) {
      if (!attributes.includes(attribute)) continue;
      met.add(attribute);
      assert.match(caption, words);
    }
    const word = attributes.find((attribute) => attribute.startsWith("word: "))?.slice(6);
    if (word !== undefined) assert.ok(caption.includes(`"${word}"`), caption);
    for (const attribute of attributes) {
      if (attribute.startsWith("digit: ")) assert.ok(caption.includes(attribute.slice(7)), caption);
    }
  }
  assert.deepEqual([...met].sort(), Object.keys(saying).sort());
});

Deno.test("attributes name the domain, the class and every other fact once", async () => {
  await loadProcedural();
  for (let index = 0; index < 300; index++) {
    const { domain, className, attributes } = proceduralSample({ seed: 6, split: "test", index, size: 16 });
    assert.deepEqual(attributes.slice(0, 2), [`domain: ${domain}`, `kind: ${className}`]);
    assert.equal(new Set(attributes).size, attributes.length);
    assert.ok(attributes.length >= 5, attributes.join());
  }
});

Deno.test("writeCaption() refuses a picture that lacks a fact, and one with a fact that no phrasing tells", () => {
  const random = new Random([1, 2, 3]), forest = { setting: "outdoors", season: "spring", air: "clear", path: "no" };
  assert.match(writeCaption(random, "forest", forest), /spring/);
  assert.throws(() => writeCaption(random, "forest", { ...forest, air: undefined }), /the picture has no "air"/);
  assert.throws(() => writeCaption(random, "forest", { ...forest, wolves: "three" }), /does not tell wolves/);
});

Deno.test("lettering() draws the outlines of the typeface: curves and counters, not boxes", async () => {
  await loadProcedural();
  const serif = lettering("lora", "A"), sans = lettering("roboto", "A");
  assert.equal(serif.path.length, 2);
  assert.equal(sans.path.length, 2);
  assert.ok(serif.path[0].length > sans.path[0].length);
  assert.ok(lettering("roboto", "O").path[0].length > 40);
  assert.ok(Math.abs(serif.width - sans.width) > 0.001);
  assert.ok(lettering("roboto", "AA").width > 1.9 * sans.width);
});

Deno.test("proceduralSample() refuses a seed, index, split or size out of range in one sentence", async () => {
  await loadProcedural();
  const good = { seed: 1, split: "train", index: 0 } as const;
  assert.throws(() => proceduralSample({ ...good, seed: -1 }), {
    name: "RangeError",
    message: "Cannot draw a procedural sample: seed is -1; expected an integer in 0–4294967295",
  });
  assert.throws(() => proceduralSample({ ...good, index: 0.5 }), {
    message: "Cannot draw a procedural sample: index is 0.5; expected an integer in 0–4294967295",
  });
  assert.throws(() => proceduralSample({ ...good, size: 8 }), {
    message: "Cannot draw a procedural sample: size is 8; expected an integer in 16–1024",
  });
  assert.throws(() => proceduralSample({ ...good, split: "heldout" as "train" }), {
    message: 'Cannot draw a procedural sample: split is "heldout"; expected one of train, validation, test',
  });
});
