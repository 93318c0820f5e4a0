import { z } from "zod";
import { estimate, interval, nullableNumber, sortedRecord } from "./_primitives.ts";

/** Measure to estimate; which measures there are stands in `measures` of the results. */
export const estimates = sortedRecord(estimate);

const numbers = sortedRecord(nullableNumber);

const curvePoint = z.strictObject({
  proportion: z.number(),
  values: numbers,
  z: numbers,
  reason: z.string().optional(),
});

const positionMap = z.strictObject({ rows: z.int(), columns: z.int(), counts: z.array(z.number()) }).nullable();

const layerCategory = z.strictObject({
  selected: z.number(),
  measuredUnits: z.number(),
  nearThreshold: z.number().optional(),
  null: z.strictObject({
    mean: z.number(),
    interval,
    pValue: z.number(),
    correctedP: z.number().optional(),
    permutations: z.int(),
  }).nullable(),
  halfDice: nullableNumber,
  halfDiceChance: nullableNumber,
  reason: z.string().optional(),
  measures: estimates,
  profile: estimates,
  spread: sortedRecord(z.array(z.number())).nullable(),
  circular: numbers,
  matched: estimates,
  curve: z.array(curvePoint),
  map: positionMap,
  lorenz: z.array(z.number()).nullable(),
  channels: z.array(z.strictObject({
    channel: z.int(),
    selected: z.number(),
    share: z.number(),
    most: z.array(z.string()),
    least: z.array(z.string()),
    map: positionMap.optional(),
    profile: sortedRecord(z.number()).optional(),
  })),
  generalization: z.array(z.strictObject({
    from: z.string(),
    to: z.string(),
    dprime: nullableNumber,
    dprimeSelecting: nullableNumber.optional(),
    ratio: nullableNumber.optional(),
    retained: nullableNumber,
    retainedSelecting: nullableNumber.optional(),
    reason: z.string().optional(),
  })),
});

const criterionSummary = z.strictObject({
  selected: z.number(),
  measuredUnits: z.number(),
  halfDice: nullableNumber,
  halfDiceChance: nullableNumber,
  measures: estimates,
  reason: z.string().optional(),
});

/** One layer of a network. */
export const layerResult = z.strictObject({
  name: z.string(),
  depth: z.number().min(0).max(1),
  shape: z.array(z.int()),
  units: z.int(),
  deadUnits: z.int(),
  dimensions: nullableNumber,
  sampledUnits: z.int(),
  deletedUnits: z.int(),
  selfCheck: z.number(),
  categories: sortedRecord(layerCategory),
  criteria: sortedRecord(sortedRecord(criterionSummary)),
  dissimilarity: z.array(z.array(nullableNumber)),
  reason: z.string().optional(),
});

/** How alike the layers of a network are. */
export const consistency = z.strictObject({
  layers: z.array(z.string()),
  matrix: z.array(z.array(nullableNumber)),
  reliability: nullableNumber,
  reason: z.string().optional(),
});
