import assert from "node:assert/strict";
import {
  type AnalysedNetwork,
  analyseNetwork,
  type AnalysisOptions,
  compareFamilies,
  judgeClaims,
  type NetworkAnalysis,
  synthesizeRecording,
  type SyntheticOptions,
  type SyntheticRecording,
} from "../../src/analysis/mod.ts";
import type { RecordedImage, Recording, TapRecording } from "../../src/localizer/mod.ts";
import { momentsOfResponses } from "../../src/measures/mod.ts";
import { type ClaimResult, type ComparisonResult, resultsSchema, type Supervision } from "../../src/results/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

export const CONDITIONS = ["faces", "bodies", "places", "words", "objects", "scrambled"];
export const TARGETS = CONDITIONS.slice(0, 4);

/** As little resampling as still shows what happens. */
export const FEW: AnalysisOptions = {
  targets: TARGETS,
  replicates: 100,
  selectionReplicates: 20,
  otherReplicates: 10,
  mapReplicates: 10,
  permutations: 20,
  placements: 20,
};

/** A small network that prefers each target in some units of every tap, more of them deeper. */
export function made(options: Partial<SyntheticOptions> & { seed: number }): SyntheticRecording {
  return synthesizeRecording({
    conditions: CONDITIONS,
    imagesPerFold: 14,
    taps: [
      { name: "stem", shape: [6, 4, 4], selective: 0.05, effect: 2 },
      { name: "stage", shape: [6, 4, 4], selective: 0.1, effect: 2, clustered: 0.8 },
      { name: "pool", shape: [32], selective: 0.15, effect: 2 },
    ],
    ...options,
  });
}

/** Images of every condition in both folds, of one finer category a condition unless told otherwise. */
export function imagesOf(perFold: number, categories = 1): RecordedImage[] {
  return CONDITIONS.flatMap((name, condition) =>
    Array.from({ length: 2 * perFold }, (_, i): RecordedImage => ({
      id: `${name}/${i}`,
      condition,
      category: `${name}-${(i >> 1) % categories}`,
      fold: (i % 2) as 0 | 1,
    }))
  );
}

/** What a tap responds to an image with, unit by unit. */
export interface Responding {
  readonly name: string;
  readonly shape: readonly number[];
  readonly respond: (image: RecordedImage, unit: number, index: number) => number;
}

/** A recording in which every unit is sampled. */
export function recordingOf(images: readonly RecordedImage[], taps: readonly Responding[]): Recording {
  return {
    conditions: CONDITIONS,
    images,
    selfCheck: 0,
    taps: taps.map(({ name, shape, respond }, at): TapRecording => {
      const units = shape.reduce((product, size) => product * size, 1);
      const responses = new Float32Array(images.length * units);
      images.forEach((image, i) => {
        for (let u = 0; u < units; u++) responses[i * units + u] = respond(image, u, i);
      });
      const depth = taps.length > 1 ? at / (taps.length - 1) : 1;
      return {
        tap: { name, depth, shape, units, value: name },
        moments: momentsBy(images, responses, units),
        sample: { units: Uint32Array.from({ length: units }, (_, u) => u), responses },
      };
    }),
  };
}

function momentsBy(images: readonly RecordedImage[], values: Float32Array, units: number): TapRecording["moments"] {
  const moments = momentsOfResponses({
    values,
    units,
    condition: Int32Array.from(images, ({ condition, fold }) => 2 * condition + fold),
    conditions: 2 * CONDITIONS.length,
  });
  return CONDITIONS.map((_, c) => [moments[2 * c], moments[2 * c + 1]] as const);
}

/** The recording with its images in another order; nothing else about it differs. */
export function reordered(recording: Recording, order: readonly number[]): Recording {
  return {
    ...recording,
    images: order.map((i) => recording.images[i]),
    taps: recording.taps.map((tap) => {
      const columns = tap.sample.units.length;
      const responses = new Float32Array(order.length * columns);
      order.forEach((from, to) =>
        responses.set(tap.sample.responses.subarray(from * columns, (from + 1) * columns), to * columns)
      );
      return { ...tap, sample: { ...tap.sample, responses } };
    }),
  };
}

/** An analysis as a network of a family. */
export function asNetwork(
  family: string,
  supervision: Supervision,
  analysis: NetworkAnalysis,
  seed: number | null = null,
): AnalysedNetwork {
  return { family, supervision, seed, analysis };
}

/** Analyses a recording and checks that what comes out is sound. */
export async function analyseSoundly(recording: Recording, options: Partial<AnalysisOptions> = {}): Promise<
  NetworkAnalysis
> {
  const analysis = await analyseNetwork(recording, { ...FEW, ...options });
  assertSound([asNetwork("own", "vision", analysis)]);
  return analysis;
}

/** What compares and judges networks gives results that fit the schema, every number finite, every absence explained. */
export function assertSound(
  networks: readonly AnalysedNetwork[],
  comparisons: readonly ComparisonResult[] = [],
  claims: readonly ClaimResult[] = judgeClaims(networks, comparisons, FEW),
): void {
  const template = syntheticResults();
  const results = {
    ...template,
    comparisons,
    claims,
    networks: networks.map(({ family, supervision, seed, analysis: { taps, consistency } }, i) => ({
      ...template.networks[0],
      id: `${family}-${i}`,
      family,
      supervision,
      seed,
      taps,
      consistency,
    })),
  };
  resultsSchema.parse(results);
  checkNumbers(results.networks, "networks");
  for (const { id, taps, consistency } of results.networks) {
    checkReasons(taps, `${id}.taps`, false);
    checkReasons(consistency, `${id}.consistency`, false);
  }
  checkNumbers(comparisons, "comparisons");
  checkNumbers(claims, "claims");
}

/** Compares and judges, and checks that what comes out is sound. */
export function compareSoundly(networks: readonly AnalysedNetwork[], options: Partial<AnalysisOptions> = {}): {
  comparisons: ComparisonResult[];
  claims: ClaimResult[];
} {
  const comparisons = compareFamilies(networks, { ...FEW, ...options });
  const claims = judgeClaims(networks, comparisons, { ...FEW, ...options });
  assertSound(networks, comparisons, claims);
  return { comparisons, claims };
}

/** Every null of a tap has a reason beside it or in what holds it; a map is absent with the tap's positions. */
export function checkReasons(value: unknown, path: string, above: boolean): void {
  if (value === null) assert.ok(above, `${path} is null without a reason`);
  if (typeof value !== "object" || value === null) return;
  const beside = "reason" in value && typeof value.reason === "string";
  for (const [key, each] of Object.entries(value)) {
    if (key === "map" && each === null) continue;
    // A list belongs to the object that holds it, a nested object answers for itself and then for its parent.
    checkReasons(
      each,
      `${path}.${key}`,
      Array.isArray(value) ? above : beside || (each !== null && Array.isArray(each) && above),
    );
  }
}

function checkNumbers(value: unknown, path: string): void {
  if (typeof value === "number") assert.ok(Number.isFinite(value), `${path} is ${value}`);
  if (typeof value === "string") assert.doesNotMatch(value, /NaN|undefined|Infinity/, path);
  if (typeof value !== "object" || value === null) return;
  const own = value as Record<string, unknown>;
  if ("value" in own && "interval" in own) {
    if (own.value === null) assert.ok(own.reason, `${path} has no value and no reason`);
    if (own.interval !== null) {
      const [low, high] = own.interval as [number, number];
      assert.ok(low <= (own.value as number) && (own.value as number) <= high, `${path} is outside its interval`);
    }
  }
  if ("difference" in own && (own.difference === null || own.interval === null)) {
    assert.ok(own.reason, `${path} has no difference or interval and no reason`);
  }
  for (const [key, each] of Object.entries(own)) checkNumbers(each, `${path}.${key}`);
}
