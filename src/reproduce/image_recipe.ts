import { z } from "zod";
import { oneLine, RequestError } from "../errors.ts";
import { cropInside, doiForm, preprocessingFields, SUPERVISIONS } from "../lock/mod.ts";
import type { Supervision } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";

/** How images become the input of a user's own network, and what a report may say of it. */
export interface ImageRecipe extends Preprocessing {
  /** What a report calls the network. */
  readonly title?: string;
  /** What it learned from; comparisons need it. */
  readonly supervision?: Supervision;
  /** What it was trained on, in words. */
  readonly trainingData?: string;
  /** How language entered its training, in words. */
  readonly language?: string;
  /** Licence of the weights. */
  readonly licence?: string;
  /** Of the paper. */
  readonly doi?: string;
}

const schema = cropInside(preprocessingFields.extend({
  title: z.string().min(1).optional(),
  supervision: z.enum([...SUPERVISIONS, "unstated"]).optional(),
  trainingData: z.string().min(1).optional(),
  language: z.string().min(1).optional(),
  licence: z.string().min(1).optional(),
  doi: doiForm.optional(),
}));

/**
 * Parses what is given as `--preprocessing` or stands beside an ONNX file: `resize`, `crop`, `interpolation`, `mean` and `std`
 * as in models.lock.json and, if wanted, `title`, `supervision`, `trainingData`, `language`, `licence` and `doi`.
 *
 * @param name What to call it in errors.
 * @throws {RequestError} with one sentence on the first thing that is wrong.
 */
export function parseImageRecipe(text: string, name: string): ImageRecipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RequestError(`Cannot read ${name}: it is not JSON (${oneLine((error as Error).message)})`, {
      cause: error,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const place = path.length > 0 ? `${path.join(".")}: ` : "";
  throw new RequestError(`Cannot read ${name}: ${oneLine(`${place}${message.replace(/^Invalid input: /, "")}`)}`);
}
