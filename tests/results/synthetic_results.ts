import type { MeasureGroup } from "../../src/measures/mod.ts";
import type {
  ClaimResult,
  ComparisonResult,
  Estimate,
  LayerCategory,
  LayerResult,
  MeasureKind,
  MeasureResult,
  NetworkResult,
  Results,
  Supervision,
} from "../../src/results/mod.ts";

/** How large a made-up results file is. */
export interface SyntheticOptions {
  readonly seeds?: number;
  readonly layers?: readonly string[];
  readonly targets?: readonly string[];
  readonly seed?: number;
}

const LAYERS = ["stem", "layer1", "layer2", "layer3", "layer4", "pool"];
const TARGETS = ["faces", "bodies", "places", "words"];
const CRITERIA = ["conjunction", "lu-wang", "tdann", "dprime"];
const HASH = "0123456789abcdef".repeat(4);
/** One pixel of blue, and one of brown. */
const PIXELS = [
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGOYlmIDAALKATcUr/CEAAAAAElFTkSuQmCC",
];

type Draw = () => number;

/** Numbers in 0–1 that are the same on every run. */
function draws(seed: number): Draw {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function measure(
  name: string,
  kind: MeasureKind,
  group: MeasureGroup,
  label: string,
  rest: Partial<MeasureResult> = {},
): MeasureResult {
  return {
    name,
    kind,
    group,
    range: [null, null],
    direction: 1,
    label,
    short: label.split(" ")[0],
    unit: "",
    format: "number",
    definition: `made-up definition of ${name}`,
    doi: null,
    primary: false,
    primaryOver: "selected units",
    atFixedThreshold: kind === "unit",
    excess: false,
    smallest: null,
    ...rest,
  };
}

const PERCENT = { unit: "%", format: "percent", range: [0, 1] } as const;
const PLACED = { excess: true } as const;

/** At least one measure of each kind and group. */
const MEASURES: readonly MeasureResult[] = [
  measure("proportion", "selection", "quantity", "Proportion of units selective", {
    ...PERCENT,
    range: [0, 1],
    primary: true,
  }),
  measure("specificity.dprime", "unit", "specificity", "d′ against the runner-up", {
    primary: true,
    doi: "10.1000/made-up",
  }),
  measure("specificity.t", "unit", "specificity", "t against the other conditions"),
  measure("specificity.index", "unit", "specificity", "Selectivity index", { range: [-1, 1] }),
  measure("specificity.exclusivity", "selection", "specificity", "Share selective for one category only", {
    ...PERCENT,
    range: [0, 1],
  }),
  measure("localization.within.entropy", "placement", "localization", "Entropy within maps", {
    ...PLACED,
    direction: -1,
    primary: true,
  }),
  measure("localization.within.moran", "placement", "localization", "Moran’s I within maps", PLACED),
  measure("localization.across.gini", "placement", "localization", "Gini across channels", PLACED),
  measure("strength.margin", "unit", "strength", "Margin over the runner-up", { unit: "× layer noise", primary: true }),
  measure("strength.response", "unit", "strength", "Response to the category", { unit: "× layer noise" }),
  measure("consistency", "network", "consistency", "Consistency across layers (ρ)", {
    range: [-1, 1],
    primary: true,
    primaryOver: "all units",
  }),
  measure("depthSlope", "network", "quantity", "Rise of the proportion with depth"),
];

function conditionsOf(targets: readonly string[]): string[] {
  return [...targets, "objects", "scrambled places", "scrambled words"];
}

function estimate(value: number, width: number): Estimate {
  return { value, interval: [value - width, value + width] };
}

function placed(value: number, random: number): Estimate {
  return { value, interval: [value - 0.03, value + 0.03], random, z: (value - random) / 0.02 };
}

function estimates(proportion: number, lift: number, draw: Draw): Record<string, Estimate> {
  return {
    "proportion": { value: proportion, interval: [proportion * 0.85, proportion * 1.15] },
    "specificity.t": estimate(3 + 4 * lift + draw(), 0.4),
    "specificity.dprime": estimate(0.4 + lift + 0.2 * draw(), 0.08),
    "specificity.index": estimate(0.15 + 0.4 * lift + 0.05 * draw(), 0.03),
    "specificity.exclusivity": estimate(0.5 + 0.4 * lift * draw(), 0.05),
    "localization.within.entropy": placed(0.9 - 0.2 * lift, 0.95),
    "localization.within.moran": placed(0.1 + 0.3 * lift, 0),
    "localization.across.gini": placed(0.4 + 0.4 * lift, 0.1),
    "strength.margin": estimate(0.2 + 0.6 * lift, 0.05),
    "strength.response": estimate(0.8 + lift, 0.06),
  };
}

function category(
  name: string,
  { lift, side, conditions, draw }: {
    readonly lift: number;
    readonly side: number;
    readonly conditions: readonly string[];
    readonly draw: Draw;
  },
): LayerCategory {
  const proportion = 0.01 + 0.2 * lift + 0.01 * draw();
  return {
    selected: Math.round(proportion * 4096),
    measuredUnits: Math.round(proportion * 3000),
    null: { mean: 0.002, interval: [0, 0.008], pValue: 0.005, permutations: 200 },
    halfDice: 0.5 + 0.4 * lift,
    halfDiceChance: 0.02,
    measures: estimates(proportion, lift, draw),
    profile: Object.fromEntries(
      conditions.map((condition, at) => [
        condition,
        estimate(condition === name ? 0.8 + lift : 0.1 + 0.5 * lift / (1 + at), 0.06),
      ]),
    ),
    spread: {
      "specificity.dprime": Array.from({ length: 21 }, (_, step) => -0.3 + (step / 20) ** 1.5 * (1 + 2 * lift)),
      "specificity.index": Array.from({ length: 21 }, (_, step) => -0.1 + (step / 20) * (0.3 + 0.5 * lift)),
    },
    circular: {
      "specificity.dprime": 0.55 + lift,
      "specificity.t": 4 + 4 * lift,
      "specificity.index": 0.2 + 0.4 * lift,
      "strength.response": 0.9 + lift,
    },
    matched: estimates(0.01, lift * 0.9, draw),
    curve: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2].map((at) => ({
      proportion: at,
      values: {
        "specificity.t": 8 * lift + 3 - 20 * at,
        "specificity.dprime": 0.6 + lift - 2 * at,
        "specificity.index": 0.3 + 0.3 * lift - at,
        "specificity.exclusivity": 0.9 - 2 * at,
        "strength.response": 1.4 + lift - 2 * at,
        "strength.margin": 0.5 + 0.5 * lift - at,
      },
      z: { "localization.within.entropy": -2 - 6 * lift, "localization.across.gini": 3 + 8 * lift },
    })),
    map: side === 1 ? null : {
      rows: side,
      columns: side,
      counts: Array.from({ length: side * side }, (_, at) => {
        const [y, x] = [Math.floor(at / side) / side - 0.5, (at % side) / side - 0.5];
        return Math.round(20 * lift * Math.exp(-6 * (x * x + y * y)) * (0.7 + 0.6 * draw()));
      }),
    },
    lorenz: Array.from({ length: 21 }, (_, step) => (step / 20) ** (1.5 + 3 * lift)),
    channels: [3, 11, 27].map((channel, rank) => ({
      channel,
      selected: 40 - 10 * rank,
      share: 0.2 - 0.05 * rank,
      most: [`${name}/${rank % 2}`, `${name}/${(rank + 1) % 2}`],
      least: ["objects/0", "objects/1"],
    })),
    generalization: name === "faces"
      ? [{ from: "adult", to: "child", dprime: 0.6 + lift, retained: 0.7 }, {
        from: "child",
        to: "adult",
        dprime: 0.5 + lift,
        retained: 0.65,
      }]
      : [],
  };
}

function layer(
  name: string,
  index: number,
  count: number,
  gain: number,
  targets: readonly string[],
  draw: Draw,
): LayerResult {
  const depth = count === 1 ? 0 : index / (count - 1);
  const side = name === "pool" ? 1 : Math.max(3, 12 >> Math.floor(index / 2));
  const lift = gain * (0.1 + 0.9 * depth);
  const categories = Object.fromEntries(
    targets.map((target, at) => [
      target,
      category(target, {
        lift: lift * (1 - 0.12 * at),
        side,
        conditions: conditionsOf(targets),
        draw,
      }),
    ]),
  );
  return {
    name,
    depth,
    shape: side === 1 ? [128] : [16 << Math.floor(index / 2), side, side],
    units: side === 1 ? 128 : (16 << Math.floor(index / 2)) * side * side,
    deadUnits: index,
    dimensions: 1.5 + index,
    sampledUnits: 128,
    deletedUnits: 128,
    selfCheck: 2e-6,
    categories,
    criteria: Object.fromEntries(CRITERIA.map((criterion, at) => [
      criterion,
      Object.fromEntries(targets.map((target) => {
        const { selected, measuredUnits, halfDice, halfDiceChance, measures } = categories[target];
        const scaled = Object.entries(measures).map(([name, found]): [string, Estimate] => {
          const factor = at === 0 ? 1 : name === "proportion" ? 0.5 + 0.4 * at : 1.1 - 0.1 * at;
          return [name, {
            ...found,
            value: found.value! * factor,
            interval: null,
            ...(found.z != null && { random: found.random, z: found.z * factor }),
          }];
        });
        return [target, {
          selected,
          measuredUnits,
          halfDice,
          halfDiceChance,
          measures: Object.fromEntries(scaled),
        }];
      })),
    ])),
    dissimilarity: Array.from(
      { length: 7 },
      (_, i) =>
        Array.from(
          { length: 7 },
          (_, j) => i === j ? 0.2 : 0.4 + 0.5 * lift * Math.abs(Math.sin(i + 2 * j + 1) * Math.sin(j + 2 * i + 1)),
        ),
    ),
  };
}

const KINDS: { family: string; supervision: Supervision; gain: number; title: string }[] = [
  { family: "made-vision", supervision: "vision", gain: 0.6, title: "Made-up vision network" },
  { family: "made-lang", supervision: "language", gain: 0.9, title: "Made-up language network" },
  { family: "made-clip", supervision: "contrastive", gain: 0.8, title: "Made-up contrastive network" },
  { family: "made-untrained", supervision: "untrained", gain: 0.12, title: "Made-up untrained network" },
];

function network(
  kind: typeof KINDS[number],
  seed: number,
  options: Required<SyntheticOptions>,
  draw: Draw,
): NetworkResult {
  const { layers, targets } = options;
  const gain = kind.gain * (0.95 + 0.1 * draw());
  return {
    id: `${kind.family}-s${seed}`,
    family: kind.family,
    title: kind.title,
    supervision: kind.supervision,
    seed,
    status: "run",
    reason: null,
    architecture: "a made-up residual network",
    weights: {
      sha256: HASH,
      status: kind.supervision === "untrained" ? "seeded" : "official",
      source: "made up for tests",
      bytes: 1_234_567,
      licence: "MIT",
      trainingData: "made-up images",
      language: kind.supervision === "language" ? "captions" : null,
      preprocessing: "48 × 48, nothing else",
      accuracy: "61.2 % (chance 4.2 %)",
      doi: "10.48550/arXiv.2502.16456",
      bibtex: "@misc{made-up,\n  title = {Made up}\n}",
    },
    layers: layers.map((name, index) => layer(name, index, layers.length, gain, targets, draw)),
    consistency: Object.fromEntries(["all", ...targets].map((name, at) => [name, {
      layers: [...layers],
      matrix: layers.map((_, i) =>
        layers.map((_, j) => i === j ? 1 : Math.max(0, gain - (0.1 + 0.01 * at) * Math.abs(i - j)))
      ),
      reliability: 0.85,
    }])),
    measures: {
      consistency: Object.fromEntries(
        ["all", ...targets].map((name, at) => [name, estimate(0.3 + 0.4 * gain - 0.02 * at, 0.04)]),
      ),
      depthSlope: Object.fromEntries(["all", ...targets].map((name) => [name, estimate(0.2 * gain, 0.03)])),
    },
    inference: "network",
  };
}

const CLAIMS: { id: ClaimResult["id"]; text: string; measures: string[]; sign: number }[] = [
  {
    id: "presence",
    text: "Category-selective units are present and rise with depth.",
    measures: ["proportion", "depthSlope"],
    sign: 1,
  },
  { id: "more", text: "The language-trained network has more of them.", measures: ["proportion"], sign: 1 },
  {
    id: "specificity",
    text: "They are less specific.",
    measures: ["specificity.dprime", "specificity.index"],
    sign: -1,
  },
  {
    id: "localization",
    text: "They are less localized.",
    measures: ["localization.within.entropy", "localization.across.gini"],
    sign: -1,
  },
  { id: "strength", text: "Their activation is weaker.", measures: ["strength.margin"], sign: -1 },
  { id: "consistency", text: "CLIP is more consistent across layers.", measures: ["consistency"], sign: 1 },
];

function comparisons(targets: readonly string[], depths: readonly number[], draw: Draw): ComparisonResult[] {
  const rows: ComparisonResult[] = [];
  for (const b of ["made-lang", "made-clip"]) {
    for (
      const measure of ["proportion", "specificity.dprime", "strength.margin", "localization.across.gini"] as const
    ) {
      for (const name of ["all", ...targets]) {
        for (const depth of [null, ...depths]) {
          const difference = 0.02 + 0.1 * draw() * (depth ?? 0.5);
          rows.push({
            a: "made-vision",
            b,
            measure,
            criterion: "conjunction",
            category: name,
            depth,
            matched: false,
            valueA: 0.1,
            valueB: 0.1 + difference,
            difference,
            interval: [difference - 0.03, difference + 0.03],
            pValue: 0.02,
            equivalenceP: 0.4,
            inference: "families",
          });
        }
      }
    }
  }
  return rows;
}

function claims(draw: Draw): ClaimResult[] {
  return CLAIMS.map(({ id, text, measures, sign }, at) => ({
    id,
    text,
    source: "made up",
    verdict: (["described", "holds", "fails", "inconclusive", "equivalent", "mixed"] as const)[at],
    rows: CRITERIA.flatMap((criterion, c) =>
      ["made-lang", "made-clip"].flatMap((b) =>
        measures.flatMap((measure, m) =>
          (id === "presence" ? [false] : [false, true]).map((matched) => {
            const difference = sign * (0.15 * draw() - 0.03);
            return {
              criterion,
              a: id === "presence" ? "chance" : "made-vision",
              b,
              measure,
              matched,
              inference: "families" as const,
              hypothesis: id !== "presence" && c + m === 0 && !matched,
              verdict: difference * sign > 0.04 ? "holds" as const : "inconclusive" as const,
              valueA: 0.1,
              valueB: 0.1 + difference,
              difference,
              interval: [difference - 0.04, difference + 0.04] as [number, number],
              pValue: 0.03,
              equivalenceP: null,
            };
          })
        )
      )
    ),
  }));
}

/** A results file that fits the schema, with numbers that nobody measured: for tests alone. */
export function syntheticResults(options: SyntheticOptions = {}): Results {
  const { seeds = 2, layers = LAYERS, targets = TARGETS, seed = 1 } = options;
  const draw = draws(seed);
  const full = { seeds, layers, targets, seed };
  const networks = KINDS.flatMap((kind) => Array.from({ length: seeds }, (_, at) => network(kind, at, full, draw)));
  const absent = network(KINDS[0], 9, { ...full, layers: [] }, draw);
  const conditions = conditionsOf(targets);
  const criteria = CRITERIA.map((name) => ({
    name,
    definition: `made-up definition of ${name}`,
    status: name === "lu-wang" ? "provisional" as const : "established" as const,
    source: "made up",
    doi: name === "dprime" ? "10.1073/pnas.1423328112" : null,
    movesWithPrevalence: name === "conjunction",
  }));
  const categories = conditions.map((name) => ({ name, condition: name, images: 80 }));
  return {
    schemaVersion: 2,
    study: "synthetic",
    id: "0.0.0-5e1f7e57",
    version: "0.0.0",
    provenance: {
      command: "deno task reproduce synthetic",
      gitCommit: null,
      startedAt: "2026-01-01T00:00:00.000Z",
      deno: "2.9.6",
      runtime: "none",
      device: "cpu",
      adapter: "none",
      cpu: "none",
      os: "none",
      lockHash: HASH,
      selfCheck: 3e-6,
    },
    timing: {
      wallSeconds: 12,
      images: 560,
      phases: { decode: 1, inference: 6, merge: 1, tests: 1, measures: 2, report: 1 },
      imagesPerSecond: 93,
      peakRssBytes: 500_000_000,
    },
    settings: {
      layers: "stages",
      limit: null,
      sampledUnits: 4096,
      seed,
      level: 0.95,
      fixedThreshold: 1e-4,
      blocks: 10,
      splits: 10,
      otherSplits: 3,
      largestLayer: 100_000,
      permutations: 200,
      placements: 200,
      matchedProportion: 0.01,
      sizes: conditions.map(() => Array(10).fill(8)),
      derived: [],
      roles: { targets: "rule", controls: "rule", leftOut: [] },
    },
    conditions,
    targets: [...targets],
    controls: conditions.filter((name) => !targets.includes(name)),
    measures: structuredClone([...MEASURES]),
    stimuli: {
      set: "synthetic",
      title: "Made-up images",
      perCondition: Object.fromEntries(conditions.map((name) => [name, 80])),
      categories,
      examples: Object.fromEntries(targets.map((name) => [name, [`${name}/0`, `${name}/1`, `${name}/0`, `${name}/1`]])),
      hash: HASH,
      source: "made up for tests",
      citation: null,
      licence: "MIT",
      redistributable: true,
      contactSheet: PIXELS[0],
    },
    criterion: criteria[0],
    criteria,
    families: { lang: { note: "Two made-up recipes; <b>epochs</b> differ." } },
    networks: [...networks, {
      ...absent,
      id: "made-absent",
      family: "made-absent",
      title: "Made-up network that was not run",
      status: "not run",
      reason: "its file could not be had",
      consistency: {},
      measures: {},
    }],
    pairs: ["made-lang", "made-clip"].map((b) => ({
      a: "made-vision",
      b,
      contrast: "a made-up contrast",
      claims: true,
      inference: "families",
      trainings: [seeds, seeds],
      paired: true,
      layers: layers.map((name, at) => ({
        a: name,
        b: name,
        depths: [at, at].map((each) => each / layers.length) as [number, number],
      })),
      unmatched: { a: [], b: [] },
    })),
    comparisons: comparisons(
      targets,
      layers.map((_, index) => layers.length === 1 ? 0 : index / (layers.length - 1)),
      draw,
    ),
    claims: claims(draw),
    thumbnails: Object.fromEntries(
      [...targets, "objects"].flatMap((name) => [[`${name}/0`, PIXELS[0]], [`${name}/1`, PIXELS[1]]]),
    ),
    limits: ["These numbers are made up.", "Nothing was measured."],
  };
}
