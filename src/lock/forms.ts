import { z } from "zod";

/** What a network can have learned from. */
export const SUPERVISIONS = ["vision", "attributes", "language", "contrastive", "untrained"] as const;

const side = z.int().positive().max(4096);
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** The fields of a recipe that turns images into a network's input. */
export const preprocessingFields = z.strictObject({
  resize: side,
  crop: side,
  interpolation: z.enum(["bilinear", "bicubic", "nearest"]),
  mean: triple,
  std: triple.refine((std) => std.every((value) => value > 0), { error: "expected positive deviations" }),
});

/** A form with a recipe's fields that refuses a crop larger than the resized image. */
export function cropInside<T extends z.ZodType<{ resize: number; crop: number }>>(form: T): T {
  return form.refine(({ resize, crop }) => crop <= resize, {
    path: ["crop"],
    error: ({ input }) => {
      const { resize, crop } = input as { resize: number; crop: number };
      return `expected a crop of at most ${resize} pixels, got ${crop}`;
    },
  });
}

/** The form of a recipe. */
export const preprocessingForm = cropInside(preprocessingFields);

/** The form of a DOI. */
export const doiForm = z.string().refine((text) => /^10\.\d{4,9}\/\S+$/.test(text), {
  error: "expected a DOI such as 10.1109/CVPR.2016.90",
});
