import { z } from "zod";
import { httpUrl, id, parseJson, relativePath, sha256 } from "./_parse.ts";
import { doiForm as doi, preprocessingForm as preprocessing, SUPERVISIONS } from "./forms.ts";
import { type ModelsLock, PIN_STATUSES } from "./model_entry.ts";

const source = z.union([
  z.strictObject({ url: httpUrl }),
  /** A file that comes with the project, from its root. */
  z.strictObject({ path: relativePath }),
  /** Weights made on the spot from `seed`, by name of the initialization; the hash is over the tensors. */
  z.strictObject({ generator: z.string().min(1) }),
]);

const accuracy = z.strictObject({
  task: z.string().min(1),
  value: z.number().min(0).max(1),
  chance: z.number().min(0).max(1),
  images: z.int().positive(),
});

const bibtex = z.string().refine((text) => /^@\w+\{[^,\s]+,[\s\S]*\}$/.test(text.trim()), {
  error: "expected one BibTeX entry",
});

const pinnedFile = z.strictObject({ url: httpUrl, bytes: z.int().positive(), sha256 });

const encoder = z.strictObject({
  id,
  title: z.string().min(1),
  repository: z.string().min(1),
  revision: z.string().refine((text) => /^[0-9a-f]{40}$/.test(text), {
    error: "expected 40 lower-case hexadecimal digits",
  }),
  files: z.strictObject({ weights: pinnedFile, vocabulary: pinnedFile }),
  heads: z.int().positive(),
  tokens: z.int().min(2),
  status: z.enum(["official", "corroborated", "single"]),
  evidence: z.array(z.string().min(1)),
  licence: z.string().min(1).nullable(),
  references: z.array(z.strictObject({ doi: doi.nullable(), bibtex })),
});

const fields = z.strictObject({
  id,
  /** Networks that differ in their seed alone share a family. */
  family: id,
  title: z.string().min(1),
  supervision: z.enum(SUPERVISIONS),
  /** What it stands for in a comparison, in words. */
  role: z.string().min(1),
  seed: z.int().nonnegative().optional(),
  /** Which of the project's graphs its tensors make, such as `resnet50`; `onnx` where the file is its own graph. */
  architecture: z.string().min(1),
  format: z.enum(["safetensors", "pytorch", "torchscript", "onnx", "generated"]),
  source,
  bytes: z.int().positive().optional(),
  sha256: sha256.optional(),
  sha256Prefix: z.string().refine((text) => /^[0-9a-f]{6,63}$/.test(text), {
    error: "expected 6 to 63 lower-case hexadecimal digits",
  }).optional(),
  status: z.enum(PIN_STATUSES),
  /** Where the hash was found, a sentence each. */
  evidence: z.array(z.string().min(1)),
  licence: z.string().min(1).nullable(),
  trainingData: z.string().min(1),
  /** How language entered the training. */
  language: z.string().min(1),
  preprocessing,
  doi: doi.nullable(),
  bibtex: bibtex.nullable(),
  /** The prefix of the network's tensors in the file, where it cannot be found by itself. */
  weightsPrefix: z.string().optional(),
  /** How the network was trained, for those that come with the project. */
  training: z.string().min(1).optional(),
  /** Accuracy at its own task on unseen images, for those that come with the project. */
  accuracy: accuracy.optional(),
  /** Accuracy of a linear readout of the last layer, the one task that networks of the project share. */
  readout: accuracy.optional(),
});

const model = fields.superRefine((entry, context) => {
  const wrong = (path: string, message: string): void => context.addIssue({ code: "custom", path: [path], message });
  const { status, sha256, sha256Prefix } = entry;
  if (status === "prefix") {
    if (sha256Prefix === undefined) wrong("sha256Prefix", `missing; expected it where status is "prefix"`);
    if (sha256 !== undefined) wrong("sha256", `given; expected none where status is "prefix"`);
  } else if (sha256Prefix !== undefined) {
    wrong("sha256Prefix", `given; expected it only where status is "prefix"`);
  } else if (status === "none" && sha256 !== undefined) {
    wrong("sha256", `given; expected none where status is "none"`);
  } else if (status !== "none" && sha256 === undefined) {
    wrong("sha256", `missing; expected it where status is "${status}"`);
  }
  const generated = "generator" in entry.source;
  if (generated && entry.seed === undefined) wrong("seed", "missing; expected it where weights are generated");
  if (generated !== (entry.format === "generated")) {
    wrong("format", `"${entry.format}" does not go with source ${Object.keys(entry.source)[0]}`);
  }
});

/** The format of models.lock.json; a test holds its type to {@linkcode ModelsLock}. */
export const modelsSchema = z.strictObject({
  version: z.literal(1, { error: ({ input }) => `expected version 1, got ${JSON.stringify(input)}` }),
  models: z.array(model),
  /** Absent from locks of before there were any. */
  encoders: z.array(encoder).optional(),
}).superRefine(({ models, encoders = [] }, context) => {
  const places = new Map<string, string>();
  const entries = [
    ...models.map(({ id }, index) => ({ id, list: "models", index })),
    ...encoders.map(({ id }, index) => ({ id, list: "encoders", index })),
  ];
  for (const { id, list, index } of entries) {
    const first = places.get(id);
    if (first !== undefined) {
      context.addIssue({ code: "custom", path: [list, index, "id"], message: `also the id of ${first}` });
    } else places.set(id, `${list}[${index}]`);
  }
});

/**
 * Parses models.lock.json.
 *
 * @param text The file's content.
 * @param name What to call it in errors.
 * @throws {RequestError} with one sentence on the first field that is wrong.
 */
export function parseModelsLock(text: string, name = "models.lock.json"): ModelsLock {
  return parseJson(text, modelsSchema, name);
}

/**
 * Writes models.lock.json: entries in the order of their ids' families as given, two spaces of indentation, final newline.
 *
 * @throws {RequestError} where the lock breaks its own format.
 */
export function formatModelsLock(lock: ModelsLock): string {
  const text = `${JSON.stringify(lock, null, 2)}\n`;
  parseModelsLock(text, "the new models.lock.json");
  return text;
}
