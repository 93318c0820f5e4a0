import type { AnalysisOptions } from "../analysis/mod.ts";
import type { Device } from "../devices/mod.ts";
import type { Criterion, RecordedImage } from "../localizer/mod.ts";
import {
  type ClaimResult,
  type ComparisonResult,
  type CriterionResult,
  type NetworkResult,
  type Results,
  SCHEMA_VERSION,
} from "../results/mod.ts";
import type { StimulusSet } from "../stimuli/mod.ts";
import { limitsOf, NOT_STATED } from "../suites/mod.ts";
import { describeBootstrap } from "./describe_bootstrap.ts";
import { describeStimuli, foldSizes } from "./describe_stimuli.ts";
import { drawContactSheet, drawThumbnails, shownImages } from "./gather_pictures.ts";
import { gitCommit } from "./git_commit.ts";
import type { Locks } from "./locks.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { PhaseClock } from "./progress.ts";
import { describeMachine, peakRssBytes } from "./provenance.ts";
import { runId, sourceHash } from "./run_id.ts";
import { VERSION } from "./version.ts";

/** Options of the analysis with the criteria chosen. */
export type RunAnalysis = AnalysisOptions & Required<Pick<AnalysisOptions, "criterion" | "criteria">>;

/** Everything that a run has gathered when its numbers are done. */
export interface RunParts {
  readonly options: ReproduceOptions;
  readonly plan: Plan;
  readonly locks: Locks;
  readonly set: StimulusSet;
  /** Whether its images are there to be drawn. */
  readonly pictures: boolean;
  readonly images: readonly RecordedImage[];
  readonly device: Device;
  readonly analysis: RunAnalysis;
  readonly clock: PhaseClock;
  readonly startedAt: Date;
  readonly networks: NetworkResult[];
  readonly comparisons: ComparisonResult[];
  readonly claims: ClaimResult[];
  /** Worst relative error of streamed moments over all networks. */
  readonly selfCheck: number;
}

function describeCriterion({ name, definition, status, source, doi }: Criterion): CriterionResult {
  return { name, definition, status, source, doi };
}

/** Every input that decides a number, for the run's id. */
async function inputsOf(parts: RunParts): Promise<Record<string, unknown>> {
  const { options, plan, locks, set, device, networks } = parts;
  return {
    suite: plan.name,
    networks: networks.map(({ id, weights, status, taps }) => ({
      id,
      sha256: weights.sha256,
      preprocessing: weights.preprocessing,
      taps: taps.map((tap) => tap.name),
      status,
    })),
    stimuli: set.hash,
    taps: plan.taps,
    criterion: plan.criterionText,
    seed: plan.seed,
    limit: options.limit ?? null,
    sampledUnits: plan.sampledUnits,
    replicates: plan.replicates,
    device: device.name,
    // A run with tables never takes the place of one without them, nor the other way about.
    writes: { units: options.units ?? "none", moments: options.moments ?? false },
    source: await sourceHash(),
    locks: locks.hash,
  };
}

function timing({ clock, networks, images, startedAt }: RunParts): Results["timing"] {
  const recorded = networks.filter((network) => network.status === "run").length * images.length;
  const inference = clock.seconds("inference");
  return {
    wallSeconds: (Date.now() - startedAt.getTime()) / 1000,
    images: recorded,
    phases: {
      decode: clock.seconds("decode"),
      inference,
      merge: clock.seconds("merge"),
      tests: clock.seconds("tests"),
      measures: clock.seconds("measures"),
      report: clock.seconds("report"),
    },
    imagesPerSecond: inference > 0 ? recorded / inference : 0,
    peakRssBytes: peakRssBytes(),
  };
}

/** Puts the parts of a run together as they stand in results.json. */
export async function assembleResults(parts: RunParts): Promise<Results> {
  const { options, plan, locks, set, pictures, images, analysis, clock, networks } = parts;
  const contactSheet = pictures ? await clock.time("report", () => drawContactSheet(set)) : null;
  const thumbnails = pictures ? await clock.time("report", () => drawThumbnails(set, shownImages(networks))) : {};
  return {
    schemaVersion: SCHEMA_VERSION,
    suite: plan.name,
    id: runId(VERSION, await inputsOf(parts)),
    version: VERSION,
    provenance: {
      command: options.command ?? "reproduce()",
      gitCommit: await gitCommit(),
      startedAt: parts.startedAt.toISOString(),
      ...describeMachine(parts.device),
      lockHash: locks.hash,
      seed: plan.seed,
      selfCheck: parts.selfCheck,
    },
    timing: timing(parts),
    settings: {
      taps: plan.taps,
      limit: options.limit ?? null,
      sampledUnits: plan.sampledUnits,
      bootstrap: describeBootstrap(analysis),
      permutations: plan.permutations,
      placements: plan.placements,
      matchedProportion: plan.matchedProportion,
      folds: { rule: "sha256 of the image's identity, balanced within category", sizes: foldSizes(set, images) },
    },
    conditions: [...set.conditions],
    targets: [...analysis.targets],
    stimuli: { ...describeStimuli(set), contactSheet },
    criterion: describeCriterion(analysis.criterion),
    criteria: analysis.criteria.map(describeCriterion),
    networks,
    comparisons: parts.comparisons,
    claims: parts.claims,
    thumbnails,
    limits: limitsOf({
      suite: plan.name,
      criterion: analysis.criterion.name,
      networks: networks.filter(({ status }) => status === "run").map(({ weights, ...network }) => ({
        ...network,
        local: weights.status === "local",
        trainingStated: weights.status === "seeded" || (weights.trainingData ?? NOT_STATED) !== NOT_STATED,
      })),
    }),
  };
}
