import assert from "node:assert/strict";
import type { Criterion } from "../../src/criteria/mod.ts";
import {
  type AnalysedNetwork,
  analyseNetwork,
  type AnalysisSettings,
  type AnalysisTools,
  analysisTools,
  compareFamilies,
  type Comparisons,
  judgeClaims,
  type NetworkAnalysis,
} from "../../src/inference/mod.ts";
import { LayerLayout } from "../../src/measures/mod.ts";
import { memoryRecording, type RecordedImage, type Recording } from "../../src/recording/mod.ts";
import { type ClaimResult, resultsSchema, type Supervision } from "../../src/results/mod.ts";
import { momentsOfResponses, Random } from "../../src/statistics/mod.ts";
import { synthesizeRecording, type SyntheticOptions, type SyntheticRecording } from "../../src/validation/mod.ts";
import { syntheticResults } from "../results/synthetic_results.ts";

export const CONDITIONS = ["faces", "bodies", "places", "words", "objects", "scrambled"];
export const TARGETS = CONDITIONS.slice(0, 4);

/** As little resampling as still shows what happens. */
export const FEW: AnalysisSettings = {
  targets: TARGETS,
  criteria: [],
  splits: 4,
  otherSplits: 2,
  comparedSplits: 1,
  permutations: 19,
  placements: 20,
};

/** A small network that prefers each target in some units of every layer, more of them deeper. */
export function made(options: Partial<SyntheticOptions> & { seed: number }): SyntheticRecording {
  return synthesizeRecording({
    conditions: CONDITIONS,
    imagesPerCondition: 30,
    blocks: 6,
    layers: [
      { name: "stem", shape: [8, 5, 5], selective: 0.05, effect: 2.5 },
      { name: "stage", shape: [8, 5, 5], selective: 0.1, effect: 2.5, clustered: 0.8 },
      { name: "pool", shape: [60], selective: 0.15, effect: 2.5 },
    ],
    ...options,
  });
}

/** Images of every condition in every block, of one finer category a condition unless told otherwise. */
export function imagesOf(perBlock: number, { blocks = 4, categories = 1 } = {}): RecordedImage[] {
  return CONDITIONS.flatMap((name, condition) =>
    Array.from({ length: blocks * perBlock }, (_, i): RecordedImage => ({
      id: `${name}/${i}`,
      condition,
      category: `${name}-${Math.floor(i / blocks) % categories}`,
      block: i % blocks,
    }))
  );
}

/** What a layer responds to an image with, unit by unit. */
export interface Responding {
  readonly name: string;
  readonly shape: readonly number[];
  readonly respond: (image: RecordedImage, unit: number, index: number) => number;
}

/** A recording in which every unit is sampled. */
export function recordingOf(
  images: readonly RecordedImage[],
  responding: readonly Responding[],
  blocks = 4,
): Recording {
  const layers = responding.map(({ name, shape, respond }, at) => {
    const layout = new LayerLayout(shape);
    const { units, channels, unitsPerChannel } = layout;
    const responses = new Float32Array(images.length * units);
    const channelMeans = new Float32Array(images.length * channels);
    images.forEach((image, i) => {
      for (let u = 0; u < units; u++) {
        const value = responses[i * units + u] = respond(image, u, i);
        channelMeans[i * channels + layout.channelOf(u)] += value / unitsPerChannel;
      }
    });
    const moments = momentsOfResponses({
      values: responses,
      units,
      condition: Int32Array.from(images, ({ condition, block }) => condition * blocks + block),
      conditions: CONDITIONS.length * blocks,
    });
    const depth = responding.length > 1 ? at / (responding.length - 1) : 1;
    return {
      layer: { name, depth, shape, units, value: name },
      moments: CONDITIONS.map((_, c) => moments.slice(c * blocks, (c + 1) * blocks)),
      sample: { units: Uint32Array.from({ length: units }, (_, u) => u), responses },
      channelMeans,
    };
  });
  const header = { conditions: CONDITIONS, blocks, images, layers: layers.map(({ layer }) => layer), source: null };
  return memoryRecording(header, layers);
}

export function noise(seed: number): () => number {
  const random = new Random(seed, "test");
  return () => random.normal();
}

/** Every third unit of a layer prefers faces, the next bodies. */
export function prefers(name: string, shape: readonly number[], effect = 3): Responding {
  const draw = noise(shape.length);
  return { name, shape, respond: ({ condition }, unit) => draw() + (unit % 3 === condition ? effect : 0) };
}

/** A criterion that decides alike about every unit. */
export function deciding(name: string, decide: 0 | 1): Criterion {
  return {
    name,
    definition: name,
    status: "user",
    source: "a test",
    doi: null,
    needsResponses: false,
    population: "units",
    select: ({ moments }) => new Uint8Array(moments[0].mean.length).fill(decide),
  };
}

/** The tools of settings, with criteria of the test's own. */
export function toolsOf(settings: AnalysisSettings, criteria: readonly Criterion[] = []): AnalysisTools {
  return analysisTools(settings, CONDITIONS, { criteria });
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
export async function analyseSoundly(
  recording: Recording,
  settings: Partial<AnalysisSettings> = {},
  criteria: readonly Criterion[] = [],
): Promise<NetworkAnalysis> {
  const all = { ...FEW, ...settings };
  const analysis = await analyseNetwork(recording, all, { tools: toolsOf(all, criteria) });
  assertSound([asNetwork("own", "vision", analysis)]);
  return analysis;
}

/** Compares and judges, and checks that what comes out is sound. */
export function compareSoundly(
  networks: readonly AnalysedNetwork[],
  settings: Partial<AnalysisSettings> = {},
  criteria: readonly Criterion[] = [],
): Comparisons & { claims: ClaimResult[] } {
  const all = { ...FEW, ...settings };
  const tools = toolsOf(all, criteria);
  const found = compareFamilies(networks, all, tools);
  const claims = judgeClaims(networks, found, { settings: all, tools });
  assertSound(networks, found, claims);
  return { ...found, claims };
}

/** Results fit the schema, every number is finite, and every absence has its reason. */
export function assertSound(
  networks: readonly AnalysedNetwork[],
  { pairs, comparisons }: Comparisons = { pairs: [], comparisons: [] },
  claims?: readonly ClaimResult[],
): void {
  const template = syntheticResults();
  const results = {
    ...template,
    pairs,
    comparisons,
    claims: claims ?? template.claims,
    networks: networks.map(({ family, supervision, seed, analysis: { layers, consistency, measures } }, i) => ({
      ...template.networks[0],
      id: `${family}-${i}`,
      family,
      supervision,
      seed,
      layers,
      consistency,
      measures,
      inference: "network",
    })),
  };
  resultsSchema.parse(results);
  checkNumbers(results.networks, "networks");
  for (const { id, layers, consistency, measures } of results.networks) {
    checkReasons(layers, `${id}.layers`, false);
    checkReasons(consistency, `${id}.consistency`, false);
    checkReasons(measures, `${id}.measures`, false);
  }
  checkNumbers(comparisons, "comparisons");
  if (claims !== undefined) checkNumbers(claims, "claims");
}

/** Every null has a reason beside it or in what holds it; a map is absent with the layer's positions. */
function checkReasons(value: unknown, path: string, above: boolean): void {
  if (value === null) assert.ok(above, `${path} is null without a reason`);
  if (typeof value !== "object" || value === null) return;
  const beside = "reason" in value && typeof value.reason === "string";
  for (const [key, each] of Object.entries(value)) {
    // An interval, z or curve may be missing by itself; circular values have the reason of the held-out ones.
    if (key === "circular" || (each === null && ["map", "interval", "spread", "lorenz", "z"].includes(key))) continue;
    // Lists and records of numbers belong to the object that holds them; any other object answers for itself.
    checkReasons(each, `${path}.${key}`, (beside || (above && belongs(value))) && belongs(each));
  }
}

function belongs(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
  return Object.values(value).every((each) => each === null || typeof each === "number");
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
