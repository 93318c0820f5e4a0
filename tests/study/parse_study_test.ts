import assert from "node:assert/strict";
import { isAbsolute, join } from "node:path";
import { CRITERIA } from "../../src/criteria/mod.ts";
import { RequestError } from "../../src/errors.ts";
import { findStudy, formatStudy, parseStudy, STUDIES, studyJsonSchema } from "../../src/study/mod.ts";

const PLACE = { file: "my study.json", folder: join(Deno.cwd(), "somewhere"), name: "my-study" };

const EXAMPLE = {
  $schema: "study.schema.json",
  title: "Captions against labels",
  networks: [
    {
      id: "labels-s0",
      family: "labels",
      supervision: "vision",
      seed: 0,
      weights: "a0.onnx",
      preprocessing: "imagenet",
    },
    { id: "captions-s0", family: "captions", weights: "in/b0.pth", layers: ["layer4.1"], training: "90 epochs" },
    { lock: "clip-rn50-openai" },
  ],
  families: { captions: { note: "The epochs differ." } },
  compare: [{ a: "labels", b: "captions", claims: true }],
  stimuli: { path: "images", conditions: { faces: ["adult", "child"] }, targets: ["faces"], controls: ["objects"] },
  criterion: "conjunction-max",
};

function refusal(value: unknown): string {
  try {
    parseStudy(typeof value === "string" ? value : JSON.stringify(value), PLACE);
  } catch (error) {
    assert.ok(error instanceof RequestError);
    return error.message;
  }
  throw new Error("it was accepted");
}

Deno.test("parseStudy() reads the form of a study; paths are relative to the file, and the rest is the default", () => {
  const study = parseStudy(JSON.stringify(EXAMPLE), PLACE);
  assert.deepEqual([study.name, study.title, study.layers, study.criterion], [
    "my-study",
    "Captions against labels",
    "blocks",
    "conjunction-max",
  ]);
  assert.deepEqual(study.families, EXAMPLE.families);
  const [a, b, c] = study.networks;
  assert.deepEqual(a, { ...EXAMPLE.networks[0], weights: join(PLACE.folder, "a0.onnx") });
  assert.equal("weights" in b && b.weights, join(PLACE.folder, "in", "b0.pth"));
  assert.deepEqual(c, { lock: "clip-rn50-openai" });
  assert.ok(typeof study.stimuli === "object" && "path" in study.stimuli && isAbsolute(study.stimuli.path));
  assert.deepEqual(study.stimuli, { ...EXAMPLE.stimuli, path: join(PLACE.folder, "images") });
  const folder = parseStudy(JSON.stringify({ ...EXAMPLE, stimuli: "images" }), PLACE);
  assert.deepEqual(folder.stimuli, { path: join(PLACE.folder, "images") });
  assert.equal(parseStudy(JSON.stringify({ ...EXAMPLE, stimuli: "floc" }), PLACE).stimuli, "floc");
  const { criterion: _, ...plain } = EXAMPLE;
  assert.equal(parseStudy(JSON.stringify(plain), PLACE).criterion, CRITERIA[0].name);
  assert.equal(parseStudy(JSON.stringify({ ...plain, fixedThreshold: 0.001 }), PLACE).fixedThreshold, 0.001);
  assert.match(refusal({ ...plain, fixedThreshold: 0.5 }), /fixedThreshold: .*expected number to be <0.5/);
});

Deno.test("parseStudy() names every place that is wrong, all at once", () => {
  const message = refusal({
    ...EXAMPLE,
    networks: [
      { id: "A 0", weights: "a.onnx" },
      { lock: "x", wieghts: "a" },
      { id: "b", weights: "b.onnx", preprocessing: { resize: 224 }, seed: -1 },
      { id: "c", weights: "c.onnx" },
      { id: "c", weights: "d.onnx" },
      { id: "d", weights: "d.pth", architecture: "vit" },
      { id: "e", weights: "e.onnx", architecture: "vgg16" },
    ],
    compare: [{ a: "labels" }],
    limit: 0,
  });
  assert.match(message, /^Cannot use the study "my study.json": /);
  for (
    const place of [
      "networks\\[0\\]\\.id: expected lower-case letters",
      "networks\\[1\\]: Unrecognized key",
      'networks\\[2\\]\\.preprocessing: expected "imagenet", "clip", "inception" or an object',
      "networks\\[2\\]\\.seed",
      'networks\\[4\\]\\.id: "c" stands twice',
      "networks\\[5\\]\\.architecture: expected one of mini, resnet18",
      "networks\\[6\\]\\.architecture: given; expected none",
      "compare\\[0\\]\\.b",
      "limit",
    ]
  ) assert.match(message, new RegExp(place), place);
  assert.doesNotMatch(message, /\n/);
});

Deno.test("parseStudy() refuses what is no study in one sentence", () => {
  assert.match(refusal("{"), /^Cannot use the study "my study.json": it is not JSON/);
  assert.match(refusal("[]"), /expected object/);
  assert.match(refusal({ stimuli: "floc", networks: [] }), /networks: expected at least one network/);
  assert.match(refusal({ stimuli: "floc", networks: ["a.onnx"] }), /networks\[0\]: expected object/);
  assert.match(
    refusal({ ...EXAMPLE, stimuli: {} }),
    /stimuli: expected a set's name or an object with a path or a set/,
  );
  assert.match(refusal({ ...EXAMPLE, critreion: "t" }), /Unrecognized key: "critreion"/);
});

Deno.test("a study that is written reads as the same study, also those that come with the project", () => {
  for (const study of [...STUDIES, parseStudy(JSON.stringify(EXAMPLE), PLACE)]) {
    assert.deepEqual(parseStudy(formatStudy(study), PLACE), JSON.parse(JSON.stringify(study)));
  }
});

Deno.test("findStudy() knows the studies by name, and says which there are", () => {
  assert.equal(findStudy("mini").name, "mini");
  assert.throws(() => findStudy("maxi"), {
    name: "RequestError",
    message: 'Unknown study: "maxi". Should be mini, paper, or a study file (.json)',
  });
});

Deno.test("studyJsonSchema() describes both forms of a network", () => {
  const schema = JSON.stringify(studyJsonSchema());
  for (const field of ["lock", "weights", "preprocessing", "compare", "targets", "controls"]) {
    assert.ok(schema.includes(`"${field}"`), field);
  }
});
