import { z } from "zod";
import { RequestError } from "../errors.ts";
import type { Supervision } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";

/** How images become the input of a user's own network, and what a report may say of it. */
export interface ImageRecipe extends Preprocessing {
  readonly title?: string;
  /** What it learned from; comparisons need it. */
  readonly supervision?: Supervision;
  readonly trainingData?: string;
  readonly language?: string;
  readonly licence?: string;
  readonly doi?: string;
}

const side = z.int().positive().max(4096);
const triple = z.tuple([z.number(), z.number(), z.number()]);

const schema = z.strictObject({
  resize: side,
  crop: side,
  interpolation: z.enum(["bilinear", "bicubic", "nearest"]),
  mean: triple,
  std: triple.refine((values) => values.every((value) => value > 0), { error: "expected positive deviations" }),
  title: z.string().min(1).optional(),
  supervision: z.enum(["vision", "attributes", "language", "contrastive", "untrained", "unstated"]).optional(),
  trainingData: z.string().min(1).optional(),
  language: z.string().min(1).optional(),
  licence: z.string().min(1).optional(),
  doi: z.string().regex(/^10\.\d{4,9}\/\S+$/).optional(),
}).refine(({ resize, crop }) => crop <= resize, { path: ["crop"], error: "expected at most resize" });

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
    throw new RequestError(`Cannot read ${name}: it is not JSON (${(error as Error).message})`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const place = path.length > 0 ? `${path.join(".")}: ` : "";
  throw new RequestError(`Cannot read ${name}: ${place}${message.replace(/^Invalid input: /, "")}`);
}
