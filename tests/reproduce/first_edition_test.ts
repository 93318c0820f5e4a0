import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { CRITERIA, type Criterion } from "../../src/criteria/mod.ts";
import { type Device, openDevice } from "../../src/devices/mod.ts";
import { analyseNetwork, analysisTools } from "../../src/inference/mod.ts";
import { designOf, LayerEvaluator, layerNoise, withinConditions } from "../../src/localize/mod.ts";
import {
  DPRIME,
  LayerLayout,
  MARGIN,
  PlacementMeter,
  PlacementNull,
  type UnitContext,
  type UnitMeasure,
} from "../../src/measures/mod.ts";
import { selectLayers } from "../../src/networks/mod.ts";
import { type LayerRecording, type MadeRecording, recordNetwork } from "../../src/recording/mod.ts";
import { readLocks } from "../../src/reproduce/read_locks.ts";
import { lockedNetwork } from "../../src/reproduce/planned_network.ts";
import { preprocess, proceduralSet, type StimulusSet, withScrambled } from "../../src/stimuli/mod.ts";
import { Store } from "../../src/store/mod.ts";

/**
 * What the first edition of the estimator found in four mini networks (at most 8 images of each category, device cpu), written
 * down by the commit before it was replaced, of the networks and pictures of today: which half each image was in, a hash of what every criterion selected on both
 * halves, and every number of the main criterion.
 */
const first: FirstEdition = JSON.parse(
  await readFile(new URL("../../fixtures/first_edition.json", import.meta.url), "utf8"),
);

interface FirstEdition {
  readonly limit: number;
  readonly conditions: readonly string[];
  readonly targets: readonly string[];
  /** The half of each image, in the order of the set. */
  readonly folds: string;
  readonly networks: Record<string, {
    /** By layer and criterion: sha256 over the masks of both halves and all targets. */
    readonly masks: Record<string, Record<string, string>>;
    /** By layer, category and measure. */
    readonly measures: Record<string, Record<string, Record<string, number | null>>>;
    readonly consistency: Record<string, number | null>;
  }>;
}

/** Two of the four networks: they differ in what they learned, and the others took no other path through the code. */
const NETWORKS = ["mini-vision-s0", "mini-lang-s0"];

/** The first edition's runner-up: the other condition with the largest mean on the half that measures. */
function measuredRunnerUp({ moments, others, units }: UnitContext): Int32Array {
  return Int32Array.from(
    units,
    (unit) => others.reduce((a, b) => moments[b].mean[unit] > moments[a].mean[unit] ? b : a),
  );
}

function asInFirst(measure: UnitMeasure): UnitMeasure {
  return {
    ...measure,
    name: `first ${measure.name}`,
    values: (context) => measure.values({ ...context, runnerUp: measuredRunnerUp(context) }),
  };
}

/** Numbers that are measured differently now, as they were: on the measuring half the runner-up made them too small. */
const AS_IN_FIRST: Record<string, UnitMeasure> = {
  [DPRIME.name]: asInFirst(DPRIME),
  [MARGIN.name]: asInFirst(MARGIN),
};

/** Its main criterion, which measured everything in what it selected. */
const MAIN: Criterion = { ...CRITERIA.find(({ name }) => name === "conjunction")!, movesWithPrevalence: undefined };

/**
 * What a strength of today is multiplied by to be one of the first edition: that was in standard deviations of all responses of
 * the layer, which the preferences of its units are part of, and not in units of the noise within conditions.
 */
function noiseOverDeviation({ moments }: LayerRecording): number {
  const groups = moments.flat();
  const count = groups.reduce((sum, { n, mean }) => sum + n * mean.length, 0);
  const sumOver = (term: (n: number, mean: number, m2: number) => number): number => {
    let sum = 0;
    for (const { n, mean, m2 } of groups) for (let u = 0; u < mean.length; u++) sum += term(n, mean[u], m2[u]);
    return sum;
  };
  const centre = sumOver((n, mean) => n * mean) / count;
  const squares = sumOver((n, mean, m2) => m2 + n * (mean - centre) ** 2);
  return layerNoise(withinConditions(groups)) / Math.sqrt(squares / count);
}

async function openSet(): Promise<StimulusSet> {
  return withScrambled(await proceduralSet({ limit: first.limit }), { seed: 0 });
}

/** Records a network in two blocks, each of them a half of the first edition. */
async function record(id: string, set: StimulusSet, device: Device): Promise<MadeRecording> {
  const locks = await readLocks();
  const entry = locks.models.models.find((each) => each.id === id)!;
  const planned = lockedNetwork(entry);
  const store = new Store("/nowhere");
  const { network } = await planned.open({ options: { offline: true }, store, device, onFetch() {} });
  return await recordNetwork({
    network,
    layers: selectLayers(network, "blocks"),
    device,
    images: set.stimuli.map(({ id, condition, category }, i) => ({
      id,
      condition: set.conditions.indexOf(condition),
      category,
      block: Number(first.folds[i]),
    })),
    conditions: set.conditions,
    blocks: 2,
    load: async (index) => preprocess(await set.stimuli[index].pixels(), planned.preprocessing),
  });
}

async function recordings(work: (id: string, recording: MadeRecording) => Promise<void>): Promise<void> {
  const set = await openSet();
  assert.deepEqual([set.conditions, set.stimuli.length], [first.conditions, first.folds.length]);
  const device = await openDevice("cpu");
  try {
    for (const id of NETWORKS) await work(id, await record(id, set, device));
  } finally {
    await device.close();
  }
}

/** The hash that the first edition was written down with. */
function hashMasks(halves: readonly (readonly { readonly mask: Uint8Array }[])[]): string {
  const hash = createHash("sha256");
  for (const half of halves) for (const { mask } of half) hash.update(mask);
  return hash.digest("hex").slice(0, 16);
}

async function checkSelections(id: string, recording: MadeRecording): Promise<void> {
  const design = designOf(recording.header, { targets: first.targets });
  const { masks } = first.networks[id];
  assert.deepEqual(recording.header.layers.map(({ name }) => name), Object.keys(masks));
  for (const index of recording.header.layers.keys()) {
    const layer = await recording.readLayer(index);
    const { name, shape } = layer.layer;
    const placement = {
      meter: new PlacementMeter(new LayerLayout(shape), []),
      nulls: new PlacementNull({ shape, measures: [], placements: 2, seed: 0 }),
    };
    const evaluator = new LayerEvaluator({ layer, design, measures: [], placement });
    const halves = [evaluator.half([0, 1], 0), evaluator.half([0, 1], 1)];
    // The fixed threshold is younger than the first edition.
    const known = CRITERIA.filter((each) => each.name in masks[name]);
    const found = known.map((each) => [each.name, hashMasks(halves.map((half) => half.select(each)))]);
    assert.deepEqual(Object.fromEntries(found), masks[name], `${id}, ${name}`);
  }
}

function checkNumber(value: number | null | undefined, was: number | null, place: string, most = 1e-6): void {
  if (was === null || value === null || value === undefined) assert.equal(value, was, place);
  else assert.ok(Math.abs(value - was) <= most, `${place}: ${value}, and it was ${was}`);
}

/** Consistency is of ranks: two dissimilarities that differ by float32's rounding may change places. */
const CONSISTENCY_TOLERANCE = 1e-5;

async function checkMeasures(id: string, recording: MadeRecording): Promise<void> {
  // Two blocks can be split in one way alone, into the halves of the first edition.
  const settings = {
    targets: first.targets,
    criterion: MAIN.name,
    criteria: [],
    permutations: 0,
    placements: 2,
  };
  const tools = analysisTools(settings, first.conditions, {
    criteria: [MAIN],
    measures: Object.values(AS_IN_FIRST),
  });
  const { layers, measures: whole } = await analyseNetwork(recording, settings, { tools });
  const { measures, consistency: means } = first.networks[id];
  let checked = 0;
  for (const [index, { name, categories }] of layers.entries()) {
    const factor = noiseOverDeviation(await recording.readLayer(index));
    for (const category of first.targets) {
      for (const [measure, was] of Object.entries(measures[name][category])) {
        const { value } = categories[category].measures[AS_IN_FIRST[measure]?.name ?? measure];
        checkNumber(
          value === null || !measure.startsWith("strength.") ? value : value * factor,
          was,
          `${id}, ${name}, ${category}, ${measure}`,
        );
        if (was !== null) checked++;
      }
    }
  }
  assert.ok(checked > 100, `${checked} numbers were compared`);
  // Over selected units it went over all of them, and so followed their number.
  checkNumber(whole.consistency.all.value, means.all, `${id}, consistency`, CONSISTENCY_TOLERANCE);
}

Deno.test("on the halves of the first edition every criterion selects what it did, and every measure is what it was", async () => {
  await recordings(async (id, recording) => {
    await checkSelections(id, recording);
    await checkMeasures(id, recording);
    await recording.close();
  });
});
