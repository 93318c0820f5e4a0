import { z } from "zod";
import { doiForm, preprocessingForm, SUPERVISIONS } from "../lock/mod.ts";
import { ARCHITECTURES } from "../networks/mod.ts";
import { RECIPE_NAMES } from "./preprocessing_recipes.ts";

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** What a family may be called. */
export const FAMILY_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const name = z.string().regex(NAME, {
  error: "expected lower-case letters, digits, dots, hyphens and underscores, a letter or digit first",
});
/** Not lower-case alone: people call their families what they like. */
const family = z.string().regex(FAMILY_NAME, { error: "expected letters, digits, dots, hyphens and underscores" });
const text = z.string().min(1);
function quoted(names: readonly string[]): string {
  return names.map((each) => `"${each}"`).join(", ");
}

const layers = z.union([z.enum(["stages", "blocks"]), z.array(text).min(1)], {
  error: 'expected "stages", "blocks" or a list of layers\' names',
});

const preprocessing = z.union([z.enum(RECIPE_NAMES), preprocessingForm], {
  error: `expected ${quoted(RECIPE_NAMES)} or an object with resize, crop, interpolation, mean and std`,
});

const lockNetwork = z.strictObject({ lock: text, family: family.optional(), layers: layers.optional() });

const fileNetwork = z.strictObject({
  id: name,
  family: family.optional(),
  weights: text,
  architecture: z.enum(ARCHITECTURES, { error: `expected one of ${ARCHITECTURES.join(", ")}` }).optional(),
  preprocessing: preprocessing.optional(),
  layers: layers.optional(),
  supervision: z.enum([...SUPERVISIONS, "unstated"]).optional(),
  seed: z.int().nonnegative().optional(),
  training: text.optional(),
  title: text.optional(),
  trainingData: text.optional(),
  language: text.optional(),
  licence: text.optional(),
  doi: doiForm.optional(),
}).refine(({ weights, architecture }) => architecture === undefined || !/\.onnx$/i.test(weights), {
  path: ["architecture"],
  error: "given; expected none, since an .onnx file is its own",
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
  families: z.record(name, z.strictObject({ note: text })).optional(),
  compare: z.array(z.strictObject({
    a: text,
    b: text,
    contrast: text.optional(),
    claims: z.boolean().optional(),
  })).optional(),
  stimuli,
  layers: layers.optional(),
  criterion: text.optional(),
  fixedThreshold: z.number().gt(0).lt(0.5).optional(),
  limit: z.int().positive().optional(),
  scrambled: z.boolean().optional(),
  fast: z.boolean().optional(),
  smallestEffects: z.record(text, z.number().positive()).optional(),
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
