import assert from "node:assert/strict";
import fc from "fast-check";
import { RequestError } from "../../src/errors.ts";
import { type EncoderEntry, formatModelsLock, type ModelEntry, parseModelsLock } from "../../src/lock/mod.ts";
import { readModelsLock } from "../../src/store/mod.ts";

const ENTRY: ModelEntry = {
  id: "net-a",
  family: "net",
  title: "Net A",
  supervision: "vision",
  role: "labels alone",
  architecture: "resnet50",
  format: "pytorch",
  source: { url: "https://example.org/net-a.pth" },
  bytes: 10,
  sha256: "0a".repeat(32),
  status: "official",
  evidence: ["published beside it"],
  licence: "MIT",
  trainingData: "images",
  language: "none",
  preprocessing: { resize: 256, crop: 224, interpolation: "bilinear", mean: [0, 0, 0], std: [1, 1, 1] },
  doi: "10.1109/CVPR.2016.90",
  bibtex: "@misc{a,\n  title = {A}\n}",
};

const lockOf = (...models: unknown[]): string => JSON.stringify({ version: 1, models });
const { sha256: _, ...UNHASHED } = ENTRY;

function refuses(text: string, message: RegExp): void {
  assert.throws(() => parseModelsLock(text), (error: Error) => {
    assert.ok(error instanceof RequestError);
    assert.match(error.message, message);
    assert.ok(!error.message.includes("\n"), error.message);
    return true;
  });
}

Deno.test("parseModelsLock() reads what formatModelsLock() writes", () => {
  const lock = parseModelsLock(lockOf(ENTRY, { ...UNHASHED, id: "net-b", status: "none" }));
  assert.deepEqual(lock.models[0], ENTRY);
  assert.deepEqual(parseModelsLock(formatModelsLock(lock)), lock);
});

Deno.test("parseModelsLock() says in one sentence what is wrong and where", () => {
  const cases: [string, RegExp][] = [
    ["{", /^Cannot read models\.lock\.json: it is not JSON \(/],
    ["[]", /^Cannot read models\.lock\.json: expected object, received array$/],
    [JSON.stringify({ version: 2, models: [] }), /: version: expected version 1, got 2$/],
    [lockOf({ ...ENTRY, colour: "red" }), /: models\[0\] of "net-a": unknown field "colour"/],
    [
      lockOf({ ...ENTRY, sha256: "0a".repeat(31) }),
      /: models\[0\]\.sha256 of "net-a": expected 64 lower-case hexadecimal digits, got "0a0a.*\(62 characters\)$/,
    ],
    [lockOf({ ...ENTRY, sha256: "0A".repeat(32) }), /models\[0\]\.sha256 of "net-a": expected 64 lower-case/],
    [lockOf({ ...ENTRY, id: "Net A" }), /models\[0\]\.id of "Net A": expected lower-case letters/],
    [
      lockOf({ ...ENTRY, source: { url: "ftp://x/y" } }),
      /models\[0\]\.source\.url of "net-a": expected an http or https URL/,
    ],
    [
      lockOf({ ...ENTRY, source: { path: "../../etc/passwd" } }),
      /source\.path of "net-a": expected a path inside the project/,
    ],
    [lockOf({ ...ENTRY, doi: "doi:10.1/x" }), /models\[0\]\.doi of "net-a": expected a DOI/],
    [lockOf({ ...ENTRY, bibtex: "A paper" }), /models\[0\]\.bibtex of "net-a": expected one BibTeX entry/],
    [lockOf({ ...ENTRY, status: "sure" }), /models\[0\]\.status of "net-a": /],
    [lockOf({ ...ENTRY, title: undefined }), /: models\[0\]\.title of "net-a": missing; expected string$/],
    [lockOf(ENTRY, ENTRY), /models\[1\]\.id of "net-a": also the id of models\[0\]/],
    [
      lockOf({ ...ENTRY, preprocessing: { ...ENTRY.preprocessing, crop: 300 } }),
      /models\[0\]\.preprocessing\.crop of "net-a": expected a crop of at most 256 pixels, got 300/,
    ],
  ];
  for (const [text, message] of cases) refuses(text, message);
});

Deno.test("parseModelsLock() holds each status to the hash it claims", () => {
  const prefix = { sha256Prefix: "0123abcd" };
  for (const status of ["official", "corroborated", "single"]) {
    refuses(lockOf({ ...UNHASHED, status }), /sha256 of "net-a": missing; expected it where status is/);
    refuses(lockOf({ ...ENTRY, ...prefix, status }), /sha256Prefix of "net-a": given; expected it only/);
  }
  refuses(lockOf({ ...UNHASHED, status: "prefix" }), /sha256Prefix of "net-a": missing/);
  refuses(
    lockOf({ ...ENTRY, ...prefix, status: "prefix" }),
    /sha256 of "net-a": given; expected none where status is "prefix"/,
  );
  refuses(lockOf({ ...ENTRY, status: "none" }), /sha256 of "net-a": given; expected none where status is "none"/);
  assert.equal(parseModelsLock(lockOf({ ...UNHASHED, ...prefix, status: "prefix" })).models.length, 1);
  const generated = { format: "generated", source: { generator: "resnet50" } };
  refuses(lockOf({ ...ENTRY, ...generated }), /seed of "net-a": missing; expected it where weights are generated/);
  refuses(
    lockOf({ ...ENTRY, seed: 1, source: generated.source }),
    /format of "net-a": "pytorch" does not go with source generator/,
  );
});

Deno.test("parseModelsLock() gives a lock or one sentence, whatever it is given", () => {
  const entries = fc.record({
    id: fc.anything(),
    sha256: fc.anything(),
    source: fc.anything(),
    preprocessing: fc.anything(),
    status: fc.anything(),
  }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record({ version: fc.constant(1), models: fc.array(entries) })), (value) => {
      try {
        parseModelsLock(JSON.stringify(value) ?? "");
      } catch (error) {
        assert.ok(error instanceof RequestError, String(error));
        assert.match(error.message, /^Cannot read models\.lock\.json: /);
      }
    }),
  );
});

Deno.test("models.lock.json holds the networks of the comparison, each with how it is pinned and cited", async () => {
  const { models } = await readModelsLock();
  const byId = new Map(models.map((entry) => [entry.id, entry]));
  for (
    const id of [
      "resnet50-tv-v1-safetensors",
      "clip-rn50-openai",
      "virtex-bicaptioning-backbone",
      "virtex-multilabel",
      "clip-rn50-yfcc15m",
      "clip-rn50-cc12m",
      "slip-simclr-vitb16",
      "slip-clip-vitb16",
      "slip-slip-vitb16",
    ]
  ) assert.ok(byId.has(id), id);
  const clip = byId.get("clip-rn50-openai")!;
  assert.ok("url" in clip.source && clip.source.url.includes(clip.sha256!));
  assert.equal(clip.bytes, 255827503);
  for (const entry of models.filter(({ source }) => "url" in source)) {
    assert.ok(entry.bibtex !== null && entry.doi !== null && entry.bibtex.includes(entry.doi), entry.id);
  }
});

const ENCODER: EncoderEntry = {
  id: "reader",
  title: "Reader",
  repository: "somebody/reader",
  revision: "1".repeat(40),
  files: {
    weights: { url: "https://example.org/model.safetensors", bytes: 10, sha256: "0a".repeat(32) },
    vocabulary: { url: "https://example.org/vocab.txt", bytes: 5, sha256: "0b".repeat(32) },
  },
  heads: 12,
  tokens: 256,
  status: "official",
  evidence: [],
  licence: null,
  references: [{ doi: null, bibtex: "@misc{a,\n  title = {A}\n}" }],
};

Deno.test("parseModelsLock() reads text encoders, and locks of before there were any", () => {
  const lock = parseModelsLock(JSON.stringify({ version: 1, models: [ENTRY], encoders: [ENCODER] }));
  assert.deepEqual(lock.encoders, [ENCODER]);
  assert.deepEqual(parseModelsLock(formatModelsLock(lock)), lock);
  const old = parseModelsLock(lockOf(ENTRY));
  assert.equal(old.encoders, undefined);
  assert.ok(!formatModelsLock(old).includes("encoders"));
});

Deno.test("parseModelsLock() refuses an encoder that is not pinned in full, and ids that occur twice", () => {
  const withEncoders = (...encoders: unknown[]): string => JSON.stringify({ version: 1, models: [ENTRY], encoders });
  const { weights, vocabulary } = ENCODER.files;
  const { sha256: _, ...unhashed } = weights;
  const cases: [string, RegExp][] = [
    [
      withEncoders({ ...ENCODER, files: { weights: unhashed, vocabulary } }),
      /: encoders\[0\]\.files\.weights\.sha256 of "reader": missing; expected string$/,
    ],
    [withEncoders({ ...ENCODER, files: { weights } }), /encoders\[0\]\.files\.vocabulary of "reader": missing/],
    [withEncoders({ ...ENCODER, revision: "main" }), /encoders\[0\]\.revision of "reader": expected 40 lower-case/],
    [withEncoders({ ...ENCODER, heads: 0 }), /encoders\[0\]\.heads of "reader": /],
    [withEncoders({ ...ENCODER, status: "none" }), /encoders\[0\]\.status of "reader": /],
    [withEncoders({ ...ENCODER, preprocessing: {} }), /unknown field "preprocessing"/],
    [withEncoders(ENCODER, ENCODER), /encoders\[1\]\.id of "reader": also the id of encoders\[0\]$/],
    [withEncoders({ ...ENCODER, id: "net-a" }), /encoders\[0\]\.id of "net-a": also the id of models\[0\]$/],
  ];
  for (const [text, message] of cases) refuses(text, message);
});

Deno.test("models.lock.json pins the text encoder of the captions and says how to cite it", async () => {
  const { encoders = [] } = await readModelsLock();
  assert.deepEqual(encoders.map(({ id }) => id), ["all-minilm-l6-v2"]);
  const [{ files, revision, references, licence }] = encoders;
  assert.equal(licence, "Apache-2.0");
  assert.deepEqual([files.weights.bytes, files.vocabulary.bytes], [90_868_376, 231_508]);
  for (const { url } of Object.values(files)) assert.ok(url.includes(`/resolve/${revision}/`), url);
  for (const { doi, bibtex } of references) assert.ok(doi !== null && bibtex.includes(doi));
  assert.ok(references.some(({ bibtex }) => bibtex.includes("1908.10084")));
});
