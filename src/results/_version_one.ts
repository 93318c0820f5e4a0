import { z } from "zod";
import { estimate, interval, nullableNumber, supervision } from "./_primitives.ts";

const reason = z.string().optional();
const estimates = z.record(z.string(), estimate);
const numbers = z.record(z.string(), z.union([z.number(), z.null(), z.string()]));

/** Measures by group; those of localization by what they go over, too. */
const measures = {
  specificity: estimates,
  localization: z.strictObject({ within: estimates, across: estimates }),
  strength: estimates,
};

const category = z.looseObject({
  selected: z.number(),
  proportion: nullableNumber,
  interval: interval.nullable(),
  null: z.looseObject({ mean: z.number() }).nullable(),
  foldDice: nullableNumber,
  foldDiceChance: nullableNumber.optional(),
  reason,
  ...measures,
  spread: z.record(z.string(), z.array(z.number())).nullable().optional(),
  circular: numbers,
  matched: z.looseObject(measures),
  curve: z.array(numbers),
});

const summary = z.looseObject({
  selected: z.number(),
  foldDice: nullableNumber,
  foldDiceChance: nullableNumber.optional(),
  reason,
}).catchall(nullableNumber);

const network = z.looseObject({
  family: z.string(),
  supervision,
  status: z.string(),
  taps: z.array(z.looseObject({
    categories: z.record(z.string(), category),
    criteria: z.record(z.string(), z.record(z.string(), summary)),
  })),
  consistency: z.record(
    z.string(),
    z.looseObject({ taps: z.array(z.string()), mean: estimate, ceiling: nullableNumber }),
  ),
});

const row = z.looseObject({
  criterion: z.string(),
  a: z.string(),
  b: z.string(),
  measure: z.string(),
  category: z.string().optional(),
  matched: z.boolean(),
  difference: nullableNumber,
});

/** As much of the layout of version 1 as its conversion touches; what it becomes is checked as version 2. */
export const versionOne = z.looseObject({
  suite: z.string(),
  provenance: z.looseObject({ seed: z.int() }),
  settings: z.looseObject({
    taps: z.string(),
    bootstrap: z.looseObject({ level: z.number(), method: z.string(), description: z.string().optional() }),
    folds: z.looseObject({ sizes: z.array(z.array(z.int())) }),
  }),
  conditions: z.array(z.string()),
  targets: z.array(z.string()),
  criterion: z.looseObject({ name: z.string() }),
  criteria: z.array(z.looseObject({ name: z.string() })),
  networks: z.array(network),
  comparisons: z.array(row.extend({
    category: z.string(),
    depth: nullableNumber,
    valueA: nullableNumber,
    valueB: nullableNumber,
  })),
  claims: z.array(z.looseObject({ id: z.string(), rows: z.array(row) })),
});

/** Results in the layout of version 1. */
export type VersionOne = z.infer<typeof versionOne>;
/** What it says of a category at a layer. */
export type CategoryOne = z.infer<typeof category>;
/** What it says of a category under another criterion. */
export type SummaryOne = z.infer<typeof summary>;
/** What it says of a network. */
export type NetworkOne = z.infer<typeof network>;
