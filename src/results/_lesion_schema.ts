import { z } from "zod";
import { interval, nullableNumber, sortedRecord } from "./_primitives.ts";

/** What the lesion of one layer's selective units does. */
export const lesionResult = z.strictObject({
  layer: z.string(),
  readout: z.string(),
  sets: z.int(),
  accuracy: sortedRecord(nullableNumber),
  targets: sortedRecord(z.strictObject({
    units: z.number(),
    activity: nullableNumber,
    randomActivity: nullableNumber,
    conditions: sortedRecord(z.strictObject({
      drop: nullableNumber,
      random: nullableNumber,
      randomRange: interval.nullable(),
      beyondRandom: nullableNumber,
    })),
    reason: z.string().optional(),
  })),
});
