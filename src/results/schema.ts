import { z } from "zod";
import { interval, nullableNumber, sha256, sortedRecord, supervision } from "./_primitives.ts";
import { consistency, estimates, layerResult } from "./_layer_schema.ts";
import { lesionResult } from "./_lesion_schema.ts";
import { VERDICTS } from "./comparison.ts";
import type { Results } from "./results.ts";

/** The version of the layout of results.json; a reader converts version 1 and refuses any other. */
export const SCHEMA_VERSION = 2;

const criterion = z.strictObject({
  name: z.string(),
  definition: z.string(),
  status: z.enum(["established", "provisional", "user"]),
  source: z.string(),
  doi: z.string().nullable(),
  movesWithPrevalence: z.boolean(),
});

const bound = z.number().nullable();

const measure = z.strictObject({
  name: z.string(),
  kind: z.enum(["unit", "selection", "placement", "network"]),
  group: z.enum(["quantity", "specificity", "localization", "strength", "consistency"]),
  range: z.tuple([bound, bound]),
  direction: z.union([z.literal(1), z.literal(-1)]),
  label: z.string(),
  short: z.string(),
  unit: z.string(),
  format: z.enum(["number", "percent"]),
  definition: z.string(),
  doi: z.string().nullable(),
  primary: z.boolean(),
  primaryOver: z.enum(["selected units", "all units"]),
  atFixedThreshold: z.boolean(),
  excess: z.boolean(),
  smallest: z.strictObject({ scale: z.enum(["difference", "ratio"]), value: z.number() }).nullable(),
});

const network = z.strictObject({
  id: z.string(),
  /** Trainings of one kind share a family. */
  family: z.string(),
  title: z.string(),
  supervision,
  seed: z.int().nullable(),
  status: z.enum(["run", "not run"]),
  /** Why it was not run. */
  reason: z.string().nullable(),
  architecture: z.string(),
  weights: z.strictObject({
    sha256: sha256.nullable(),
    status: z.enum(["official", "corroborated", "single", "prefix", "none", "local", "seeded"]),
    source: z.string(),
    bytes: z.int().nullable(),
    licence: z.string().nullable(),
    trainingData: z.string().nullable(),
    language: z.string().nullable(),
    preprocessing: z.string(),
    accuracy: z.string().nullable(),
    doi: z.string().nullable(),
    bibtex: z.string().nullable(),
  }),
  layers: z.array(layerResult),
  /** Per target category, and `all` over every sampled unit; empty where the network was not run. */
  consistency: sortedRecord(consistency),
  /** Of kind network: measure to category to estimate. */
  measures: sortedRecord(estimates),
  /** Per lesioned layer; left out where none was asked for. */
  lesions: z.array(lesionResult).optional(),
  /** What every number above speaks of: this one network. */
  inference: z.literal("network"),
});

/** Of the layers and categories that a number averages, how many every network has. */
const entries = z.strictObject({ used: z.int(), of: z.int() });

/** What a number about several networks speaks of: these alone, or all that are trained like them. */
const inference = z.enum(["networks", "families"]);

const pair = z.strictObject({
  a: z.string(),
  b: z.string(),
  contrast: z.string().nullable(),
  claims: z.boolean(),
  inference,
  trainings: z.tuple([z.int(), z.int()]),
  paired: z.boolean(),
  layers: z.array(z.strictObject({ a: z.string(), b: z.string(), depths: z.tuple([z.number(), z.number()]) })),
  unmatched: z.strictObject({ a: z.array(z.string()), b: z.array(z.string()) }),
});

const comparison = z.strictObject({
  /** Families (or ids where a family has one network) compared: the difference is `b − a`. */
  a: z.string(),
  b: z.string(),
  measure: z.string(),
  criterion: z.string(),
  /** A target category, `all` for their average, or `all units` for consistency over every sampled unit. */
  category: z.string(),
  /** Normalized depth of the layers compared; null for the average over depth. */
  depth: z.number().nullable(),
  /** Whether both were measured at equal proportion. */
  matched: z.boolean(),
  valueA: nullableNumber,
  valueB: nullableNumber,
  difference: nullableNumber,
  interval: interval.nullable(),
  /** Two-sided p; corrected over layers (Holm) where `depth` is given. */
  pValue: nullableNumber,
  /** p of the two one-sided tests against the measure's smallest effect of interest. */
  equivalenceP: nullableNumber,
  inference,
  entries: entries.optional(),
  reason: z.string().optional(),
});

const verdict = z.enum(VERDICTS);

const claim = z.strictObject({
  id: z.enum(["presence", "more", "specificity", "localization", "strength", "consistency"]),
  text: z.string(),
  source: z.string(),
  /** That of its hypotheses where they agree. */
  verdict,
  reason: z.string().optional(),
  /** Its hypotheses, and the multiverse: one row a criterion × comparison × measure, matched or not. */
  rows: z.array(z.strictObject({
    criterion: z.string(),
    a: z.string(),
    b: z.string(),
    measure: z.string(),
    category: z.string().optional(),
    matched: z.boolean(),
    inference: z.enum(["network", "networks", "families"]),
    /** Whether it is one of the hypotheses, whose p values are corrected (Holm) over all of them. */
    hypothesis: z.boolean(),
    verdict,
    valueA: nullableNumber,
    valueB: nullableNumber,
    difference: nullableNumber,
    interval: interval.nullable(),
    pValue: nullableNumber,
    equivalenceP: nullableNumber,
    entries: entries.optional(),
    reason: z.string().optional(),
  })),
});

/** Who chose the targets or the controls. */
const roleOrigin = z.enum(["request", "conditions.json", "rule"]);

/** The layout itself, with its inferred type; a test holds that to {@linkcode Results}. */
export const layout = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  study: z.string(),
  id: z.string(),
  version: z.string(),
  provenance: z.strictObject({
    command: z.string(),
    gitCommit: z.string().nullable(),
    startedAt: z.string(),
    deno: z.string(),
    runtime: z.string(),
    device: z.string(),
    adapter: z.string(),
    cpu: z.string(),
    os: z.string(),
    lockHash: sha256,
    /** Worst relative error of streamed moments over all networks. */
    selfCheck: z.number(),
  }),
  timing: z.strictObject({
    wallSeconds: z.number(),
    images: z.int(),
    phases: z.strictObject({
      decode: z.number(),
      inference: z.number(),
      merge: z.number(),
      tests: z.number(),
      measures: z.number(),
      report: z.number(),
      lesions: z.number().optional(),
    }),
    groups: z.strictObject({ recorded: z.int(), reused: z.int() }).optional(),
    imagesPerSecond: z.number(),
    peakRssBytes: z.int(),
  }),
  settings: z.strictObject({
    layers: z.string(),
    limit: z.int().nullable(),
    sampledUnits: z.int(),
    seed: z.int(),
    level: z.number(),
    fixedThreshold: nullableNumber,
    blocks: z.int(),
    splits: z.int(),
    otherSplits: z.int(),
    largestLayer: z.int().nullable(),
    permutations: z.int(),
    placements: z.int(),
    matchedProportion: z.number(),
    sizes: z.array(z.array(z.int())),
    derived: z.array(z.string()),
    roles: z.strictObject({ targets: roleOrigin, controls: roleOrigin, leftOut: z.array(z.string()) }),
    intervals: z.string().optional(),
    lesions: z.array(z.string()).optional(),
  }),
  conditions: z.array(z.string()),
  /** The categories that units are selected for. */
  targets: z.array(z.string()),
  /** The conditions that only stand against them. */
  controls: z.array(z.string()),
  measures: z.array(measure),
  stimuli: z.strictObject({
    set: z.string(),
    title: z.string(),
    perCondition: sortedRecord(z.int()),
    categories: z.array(z.strictObject({ name: z.string(), condition: z.string(), images: z.int() })),
    examples: sortedRecord(z.array(z.string())).optional(),
    hash: sha256,
    duplicates: z.array(z.strictObject({ image: z.string(), copies: z.array(z.string()) })).optional(),
    source: z.string(),
    citation: z.string().nullable(),
    licence: z.string().nullable(),
    redistributable: z.boolean(),
    /** PNG or JPEG data URI; null where the images may not be shown. */
    contactSheet: z.string().nullable(),
  }),
  criterion,
  criteria: z.array(criterion),
  networks: z.array(network),
  families: sortedRecord(z.strictObject({ note: z.string() })),
  pairs: z.array(pair),
  comparisons: z.array(comparison),
  claims: z.array(claim),
  /** Image id to PNG or JPEG data URI, for the images that the report shows. */
  thumbnails: sortedRecord(z.string()),
  /** Known confounds and limits, a sentence each. */
  limits: z.array(z.string()),
  /** SHA-256 of everything but provenance and timing; absent in files of earlier versions. */
  checksum: sha256.optional(),
});

/** The schema of results.json, for checking a file or for making a JSON schema of it. */
export const resultsSchema: z.ZodType<Results> = layout;
