import {
  ALL_CATEGORIES,
  type AnalysedNetwork,
  type AnalysisTools,
  type Cell,
  type CellTable,
  emptyCells,
  setCell,
} from "../inference/mod.ts";
import type { Measure, MeasureGroup } from "../measures/mod.ts";
import type { LayerResult, Supervision } from "../results/mod.ts";
import { meanOf, type Random } from "../statistics/mod.ts";
import { primaryTools } from "./primary_tools.ts";

const CONDITIONS = ["faces", "bodies", "places", "words", "objects"];
const TARGETS = CONDITIONS.slice(0, 4);
const DEPTHS = [0.25, 0.5, 0.75, 1];
const BLOCKS = 10;
const SPLITS = 10;
/** Of the variance over images, the share that all networks have in common, as they see the same images. */
const COMMON = 0.5;
/** Deviation of a number over splits, and over deletions beside what the deleted block does, in its standard error over images. */
const SPLIT_NOISE = 0.5;
const DELETION_NOISE = 0.05;

/** A number by the property that it is about. */
export type ByGroup = Readonly<Record<MeasureGroup, number>>;

/** What a usual network's numbers are. */
export const DRAWN_VALUES: ByGroup = {
  quantity: 0.05,
  specificity: 1.2,
  localization: -0.08,
  strength: 0.8,
  consistency: 0.4,
};

/** The standard error over images of one network's numbers. */
const IMAGE_ERRORS: ByGroup = {
  quantity: 0.004,
  specificity: 0.06,
  localization: 0.01,
  strength: 0.05,
  consistency: 0.03,
};

/** What the blocks of images do to every network's numbers, by measure: `[blocks]`. */
export type BlockEffects = ReadonlyMap<string, Float64Array>;

/** With what networks whose numbers are drawn are compared. */
export const DRAWN_TOOLS = primaryTools({ targets: TARGETS }, CONDITIONS);

function normals(count: number, deviation: number, random: Random): Float64Array {
  return Float64Array.from({ length: count }, () => deviation * random.normal());
}

/** What the images do to all networks of a simulation. */
export function drawImages({ measures }: AnalysisTools, random: Random): BlockEffects {
  return new Map(measures.map(({ name, group }) => [
    name,
    normals(BLOCKS, IMAGE_ERRORS[group] * Math.sqrt(COMMON * BLOCKS), random),
  ]));
}

/**
 * A number with its replicates. The blocks' effects add to it on average; a deletion leaves one of them out; splits and
 * deletions have noise of their own.
 */
function drawCell(truth: number, effects: Float64Array, error: number, random: Random): Cell {
  const mean = meanOf(effects)!;
  const splits = normals(SPLITS, SPLIT_NOISE * error, random).map((own) => truth + mean + own);
  const deletions = new Float64Array(SPLITS * BLOCKS);
  for (let s = 0; s < SPLITS; s++) {
    for (let g = 0; g < BLOCKS; g++) {
      deletions[s * BLOCKS + g] = splits[s] - (effects[g] - mean) / (BLOCKS - 1) +
        DELETION_NOISE * error * random.normal();
    }
  }
  return { value: meanOf(splits), replicates: { splits, deletions, blocks: BLOCKS }, units: 100 };
}

function emptyLayer(depth: number, place: number): LayerResult {
  return {
    name: `layer ${place}`,
    depth,
    shape: [1000],
    units: 1000,
    deadUnits: 0,
    dimensions: null,
    sampledUnits: 0,
    deletedUnits: 0,
    selfCheck: 0,
    categories: {},
    criteria: {},
    dissimilarity: [],
  };
}

/**
 * A network whose numbers are drawn instead of measured: four layers and four targets, every number the network's own truth plus
 * what the images do.
 *
 * @param truth The network's own numbers, the same in all layers and targets.
 * @param images What the images do to all networks; as much again is the network's own.
 */
export function drawNetwork(
  { family, supervision, seed, truth }: {
    readonly family: string;
    readonly supervision: Supervision;
    readonly seed: number | null;
    readonly truth: ByGroup;
  },
  images: BlockEffects,
  random: Random,
): AnalysedNetwork {
  const { tools } = DRAWN_TOOLS;
  const { criteria: [{ name: criterion }], measures } = tools;
  const layers = DEPTHS.map(emptyCells);
  const network = emptyCells();
  const add = ({ name, group }: Measure, tables: readonly CellTable[], categories: readonly string[]): void => {
    const error = IMAGE_ERRORS[group];
    const own = normals(BLOCKS, error * Math.sqrt((1 - COMMON) * BLOCKS), random);
    const effects = own.map((each, g) => each + images.get(name)![g]);
    for (const table of tables) {
      for (const category of categories) {
        setCell(table, [criterion, category, name], drawCell(truth[group], effects, error, random));
      }
    }
  };
  for (const measure of measures) {
    if (measure.kind === "network") add(measure, [network], [ALL_CATEGORIES]);
    else add(measure, layers, TARGETS);
  }
  const analysis: AnalysedNetwork["analysis"] = {
    layers: DEPTHS.map(emptyLayer),
    consistency: {},
    measures: {},
    selected: [],
    numbers: { layers, depths: DEPTHS, network, permuted: DEPTHS.map(() => null) },
  };
  return { family, supervision, seed, analysis };
}
