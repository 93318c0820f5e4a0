import { z } from "zod";
import { SUPERVISIONS } from "../lock/mod.ts";

/** A finite number, or null with a reason beside it; never NaN. */
export const nullableNumber = z.number().nullable();

/** Lower and upper bound of an interval at the level of the settings. */
export const interval = z.tuple([z.number(), z.number()]);

/** A value with its interval, and the same number of units placed at random where a measure has that null. */
export const estimate = z.strictObject({
  value: nullableNumber,
  interval: interval.nullable(),
  random: nullableNumber.optional(),
  z: nullableNumber.optional(),
  reason: z.string().optional(),
});

export const supervision = z.enum([...SUPERVISIONS, "unstated"]);

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A record whose keys come out sorted, so that the order of assembly never shows in the file. */
export function sortedRecord<T extends z.ZodType>(value: T): z.ZodRecord<z.ZodString, T> {
  return z.record(z.string(), value).overwrite((record) =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) as typeof record
  );
}
