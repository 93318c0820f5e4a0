import { z } from "zod";

const index = z.int().nonnegative();

/** What the beginning of a recording has to say for its numbers to be found; whatever else it says is for its key alone. */
const statedSchema = z.looseObject({
  key: z.string(),
  label: z.string().nullable(),
  header: z.looseObject({
    conditions: z.array(z.string()),
    blocks: z.int().positive(),
    images: z.array(z.looseObject({ id: z.string(), condition: index, category: z.string(), block: index })),
    layers: z.array(z.looseObject({ name: z.string(), shape: z.array(z.int().positive()), units: index })),
  }),
  sampledUnits: z.array(index),
  groups: z.array(z.looseObject({ condition: index, block: index })),
});

/** Whether a value is what the beginning of a recording says, and does not contradict itself. */
export function isStated(value: unknown): boolean {
  const parsed = statedSchema.safeParse(value);
  if (!parsed.success) return false;
  const { header: { conditions, blocks, images, layers }, sampledUnits, groups } = parsed.data;
  const inRange = (group: { readonly condition: number; readonly block: number }): boolean =>
    group.condition < conditions.length && group.block < blocks;
  return blocks <= Math.max(1, images.length) && images.every(inRange) && groups.every(inRange) &&
    sampledUnits.length === layers.length &&
    layers.every(({ units, shape }, at) =>
      sampledUnits[at] <= units && shape.reduce((product, size) => product * size, 1) === units
    );
}
