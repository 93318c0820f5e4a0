import type { Criterion } from "../criteria/mod.ts";
import type { Device } from "../devices/mod.ts";
import { type AnalysisSettings, type AnalysisTools, resolveSettings, smallestEffect } from "../inference/mod.ts";
import { drawSplits } from "../localize/mod.ts";
import type { Measure } from "../measures/mod.ts";
import type { RecordedImage } from "../recording/mod.ts";
import {
  type ClaimResult,
  type ComparedPair,
  type ComparisonResult,
  type CriterionResult,
  type LayerResult,
  type MeasureResult,
  type NetworkResult,
  type Results,
  SCHEMA_VERSION,
} from "../results/browser.ts";
import type { ConditionRoles, NetworkImages, StimulusSet } from "../stimuli/mod.ts";
import { type LayerChoice, limitsOf, NOT_STATED } from "../study/browser.ts";
import { blockSizes, describeStimuli } from "./describe_stimuli.ts";
import { drawContactSheet, drawThumbnails, exampleImages, shownImages } from "./gather_pictures.ts";
import type { Locks } from "./locks.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { PhaseClock } from "./progress.ts";
import { runId } from "./run_id.ts";
import type { RunPlace } from "./run_place.ts";
import { VERSION } from "./version.ts";

/** Everything that a run has gathered when its numbers are done. */
export interface RunParts {
  readonly options: Pick<ReproduceOptions, "command" | "units">;
  readonly plan: Pick<Plan, "study" | "seed" | "sampledUnits">;
  readonly locks: Pick<Locks, "hash">;
  readonly set: StimulusSet;
  /** Its images, for the page's pictures. */
  readonly prepared: NetworkImages;
  readonly roles: ConditionRoles;
  /** Whether its images are there to be drawn. */
  readonly pictures: boolean;
  readonly images: readonly RecordedImage[];
  readonly blocks: number;
  readonly device: Device;
  readonly settings: AnalysisSettings;
  readonly tools: AnalysisTools;
  readonly clock: PhaseClock;
  readonly startedAt: Date;
  /** Tells where the run happened, when all is done. */
  readonly place: () => Promise<RunPlace>;
  readonly networks: NetworkResult[];
  readonly pairs: ComparedPair[];
  readonly comparisons: ComparisonResult[];
  readonly claims: ClaimResult[];
  /** Worst relative error of streamed moments over all networks. */
  readonly selfCheck: number;
  /** Groups of images recorded in this run, and found in recordings of earlier ones. */
  readonly groups: { readonly recorded: number; readonly found: number };
  /** Images shown in this run, over all networks. */
  readonly shown: number;
}

/** Which layers were asked for, in words. */
function describeLayers(layers: LayerChoice): string {
  return typeof layers === "string" ? layers : layers.join(", ");
}

function describeCriterion(criterion: Criterion): CriterionResult {
  const { name, definition, status, source, doi, movesWithPrevalence = false } = criterion;
  return { name, definition, status, source, doi, movesWithPrevalence };
}

function describeMeasure(measure: Measure, stated: AnalysisSettings["smallestEffects"]): MeasureResult {
  const { name, kind, group, range, direction, label, short, unit, format, definition, doi } = measure;
  const smallest = smallestEffect(measure, stated);
  return {
    name,
    kind,
    group,
    range: [...range],
    direction,
    label,
    short,
    unit,
    format,
    definition,
    doi,
    primary: measure.primary ?? false,
    primaryOver: measure.primaryOver ?? "selected units",
    atFixedThreshold: kind === "unit" && measure.atFixedThreshold === true,
    excess: kind === "placement",
    smallest: smallest === undefined ? null : { ...smallest },
  };
}

/** Every input that decides a number, for the run's id. */
function inputsOf(parts: RunParts, source: string): Record<string, unknown> {
  const { options, plan, locks, set, device, networks } = parts;
  return {
    study: plan.study.name,
    networks: networks.map(({ id, weights, status, layers }) => ({
      id,
      sha256: weights.sha256,
      preprocessing: weights.preprocessing,
      layers: layers.map(({ name }) => name),
      status,
    })),
    stimuli: set.hash,
    categories: describeStimuli(set).categories,
    layers: describeLayers(plan.study.layers),
    analysis: resolveSettings(parts.settings),
    measures: parts.tools.measures.map(({ name }) => name),
    criteria: parts.tools.criteria.map(({ name, definition }) => ({ name, definition })),
    lesions: plan.study.lesions,
    limit: plan.study.limit ?? null,
    sampledUnits: plan.sampledUnits,
    device: device.name,
    // A run with tables never takes the place of one without them, nor the other way about.
    writes: { units: options.units ?? "none" },
    source,
    locks: locks.hash,
  };
}

function timing(
  { plan, clock, networks, images, groups, shown }: RunParts,
  { wallSeconds, peakRssBytes }: RunPlace,
): Results["timing"] {
  // Threads decode and infer beside each other: each phase is how long it was waited for, and only their sum took time.
  const [decode, inference, merge] = ["decode", "inference", "merge"].map((phase) => clock.seconds(phase));
  const recording = decode + inference + merge;
  return {
    wallSeconds,
    images: networks.filter(({ status }) => status === "run").length * images.length,
    phases: {
      decode,
      inference,
      merge,
      tests: clock.seconds("tests"),
      measures: clock.seconds("measures"),
      report: clock.seconds("report"),
      ...(plan.study.lesions === undefined ? {} : { lesions: clock.seconds("lesions") }),
    },
    groups: { recorded: groups.recorded, reused: groups.found },
    imagesPerSecond: recording > 0 ? shown / recording : 0,
    peakRssBytes,
  };
}

/** Puts the parts of a run together as they stand in results.json. */
export async function assembleResults(parts: RunParts): Promise<Results> {
  const { options, plan, locks, set, prepared, roles, pictures, images, tools, clock, networks } = parts;
  const analysis = resolveSettings(parts.settings);
  // Few blocks can be cut in fewer ways than are wanted.
  const splits = analysis.fast ? 1 : drawSplits(parts.blocks, analysis.splits, analysis.seed).length;
  const families = Object.fromEntries(
    Object.entries(plan.study.families ?? {}).filter(([name]) => networks.some(({ family }) => family === name)),
  );
  const contactSheet = pictures ? await clock.time("report", () => drawContactSheet(set, prepared)) : null;
  const examples = exampleImages(set);
  const thumbnails = pictures
    ? await clock.time("report", () => drawThumbnails(set, prepared, shownImages(networks, examples)))
    : {};
  const place = await parts.place();
  const largestLayer = analysis.fast || parts.blocks < 4 ? null : analysis.largestLayer;
  return {
    schemaVersion: SCHEMA_VERSION,
    study: plan.study.name,
    id: runId(VERSION, inputsOf(parts, place.source)),
    version: VERSION,
    provenance: {
      command: options.command ?? "reproduce()",
      gitCommit: place.gitCommit,
      startedAt: parts.startedAt.toISOString(),
      ...place.machine,
      lockHash: locks.hash,
      selfCheck: parts.selfCheck,
    },
    timing: timing(parts, place),
    settings: {
      layers: describeLayers(plan.study.layers),
      limit: plan.study.limit ?? null,
      sampledUnits: plan.sampledUnits,
      seed: plan.seed,
      level: analysis.level,
      fixedThreshold: analysis.fixedThreshold,
      blocks: parts.blocks,
      sizes: blockSizes(set, images, parts.blocks),
      derived: Object.keys(analysis.derived),
      roles: { ...roles.from, leftOut: [...roles.leftOut] },
      splits,
      otherSplits: analysis.fast ? 0 : Math.min(analysis.otherSplits, splits),
      largestLayer,
      permutations: analysis.fast ? 0 : analysis.permutations,
      placements: analysis.placements,
      matchedProportion: analysis.matchedProportion,
      ...(plan.study.lesions === undefined ? {} : { lesions: [...plan.study.lesions] }),
    },
    conditions: [...set.conditions],
    targets: [...analysis.targets],
    controls: set.conditions.filter((name) => !analysis.targets.includes(name) && !(name in analysis.derived)),
    stimuli: { ...describeStimuli(set), examples, contactSheet },
    criterion: describeCriterion(tools.criteria[0]),
    criteria: tools.criteria.map(describeCriterion),
    measures: tools.measures.map((measure) => describeMeasure(measure, parts.settings.smallestEffects)),
    networks,
    families,
    pairs: parts.pairs,
    comparisons: parts.comparisons,
    claims: parts.claims,
    thumbnails,
    limits: limitsOf({
      study: plan.study.name,
      criterion: tools.criteria[0].name,
      images: set.conditions
        .filter((name) => tools.criteria[0].usesDerived === true || !(name in analysis.derived))
        .map((name) => set.stimuli.filter(({ condition }) => condition === name).length),
      intervals: largestLayer === null ? null : { onSample: networks.some(({ layers }) => layers.some(onSample)) },
      families,
      networks: networks.filter(({ status }) => status === "run").map(({ weights, ...network }) => ({
        ...network,
        local: weights.status === "local",
        trainingStated: weights.status === "seeded" || (weights.trainingData ?? NOT_STATED) !== NOT_STATED,
      })),
    }),
  };
}

/** Whether blocks were deleted on a sample of a layer's channels. */
function onSample({ units, deletedUnits }: LayerResult): boolean {
  return deletedUnits > 0 && deletedUnits < units;
}
