import { z } from "zod";

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

const name = z.string().regex(NAME, {
  error: "expected lower-case letters, digits, dots, hyphens and underscores, a letter or digit first",
});
const text = z.string().min(1);
const side = z.int().positive().max(4096);
const triple = z.tuple([z.number(), z.number(), z.number()]);

const recipe = z.strictObject({
  resize: side,
  crop: side,
  interpolation: z.enum(["bilinear", "bicubic", "nearest"]),
  mean: triple,
  std: triple.refine((values) => values.every((value) => value > 0), { error: "expected positive deviations" }),
}).refine(({ resize, crop }) => crop <= resize, { path: ["crop"], error: "expected at most resize" });

const layers = z.union([z.enum(["stages", "blocks"]), z.array(text).min(1)], {
  error: 'expected "stages", "blocks" or a list of layers\' names',
});

const preprocessing = z.union([z.enum(["imagenet", "clip"]), recipe], {
  error: 'expected "imagenet", "clip" or an object with resize, crop, interpolation, mean and std',
});

const lockNetwork = z.strictObject({ lock: text, family: name.optional(), layers: layers.optional() });

const fileNetwork = z.strictObject({
  id: name,
  family: name.optional(),
  weights: text,
  preprocessing: preprocessing.optional(),
  layers: layers.optional(),
  supervision: z.enum(["vision", "attributes", "language", "contrastive", "untrained", "unstated"]).optional(),
  seed: z.int().nonnegative().optional(),
  training: text.optional(),
  title: text.optional(),
  trainingData: text.optional(),
  language: text.optional(),
  licence: text.optional(),
  doi: z.string().regex(/^10\.\d{4,9}\/\S+$/, { error: "expected a DOI such as 10.1109/CVPR.2016.90" }).optional(),
});

const conditions = {
  conditions: z.record(text, z.array(text).min(1)).optional(),
  targets: z.array(text).min(1).optional(),
  controls: z.array(text).optional(),
};

const stimuli = z.union([
  text,
  z.strictObject({ path: text, ...conditions }),
  z.strictObject({ set: text, ...conditions }),
], { error: "expected a set's name or an object with a path or a set" });

/** A study file, as it is written. */
export const studyFile = z.strictObject({
  $schema: z.string().optional(),
  name: name.optional(),
  title: text.optional(),
  // One after the other, so that an error names the field of the form that was meant.
  networks: z.array(z.looseObject({})).min(1, { error: "expected at least one network" }),
  compare: z.array(z.strictObject({
    a: text,
    b: text,
    contrast: text.optional(),
    claims: z.boolean().optional(),
  })).optional(),
  stimuli,
  layers: layers.optional(),
  criterion: text.optional(),
  limit: z.int().positive().optional(),
  scrambled: z.boolean().optional(),
  fast: z.boolean().optional(),
  seed: z.int().min(0).max(4294967295).optional(),
  lesions: z.array(text).min(1).optional(),
});

/** The form of a network: one of the lock where it has `lock`, else one in a file. */
export function networkForm(value: object): typeof lockNetwork | typeof fileNetwork {
  return "lock" in value ? lockNetwork : fileNetwork;
}

/** The JSON Schema of a study file. */
export function studyJsonSchema(): object {
  return z.toJSONSchema(studyFile.extend({ networks: z.array(z.union([lockNetwork, fileNetwork])).min(1) }));
}
