import { LayerLayout } from "../measures/mod.ts";
import type { Layer } from "../networks/mod.ts";
import { type LayerRecording, memoryRecording, type RecordedImage, type Recording } from "../recording/mod.ts";
import { momentsOfResponses, Random, sampleUnits } from "../statistics/mod.ts";
import { assignBlocks } from "../stimuli/mod.ts";
import { type Noise, noiseSource, sharedByAll } from "./noise.ts";

/** A layer with selectivity planted in it. */
export interface SyntheticLayer {
  /** The layer's name. */
  readonly name: string;
  /** `[channels, rows, columns]`, `[tokens, dimensions]` or `[features]`. */
  readonly shape: readonly number[];
  /** Share of the units that prefer each target, in 0–1. */
  readonly selective: number;
  /** How far the preferred condition's mean lies above the others, in standard deviations of the noise. */
  readonly effect: number;
  /** Deviation of the effect over selective units, as a share of it; none is below 0. @default 0 */
  readonly effectSpread?: number;
  /** Share of the selective units that sit in preferred channels and one patch of the map, 0 (anywhere) to 1. @default 0 */
  readonly clustered?: number;
}

/** What {@linkcode synthesizeRecording} plants. */
export interface SyntheticOptions {
  /** Seed of the units: where selectivity lies and which units are sampled. */
  readonly seed: number;
  /** Seed of the images: the same units seen with other images where it alone differs. @default seed */
  readonly imageSeed?: number;
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Conditions that units prefer. @default the first four conditions */
  readonly targets?: readonly string[];
  /** Images per condition; a list where conditions differ, one entry each. */
  readonly imagesPerCondition: number | readonly number[];
  /** Blocks that each condition is divided into. @default 10 */
  readonly blocks?: number;
  /** Finer categories per condition. @default 2 */
  readonly categories?: number;
  /** Deviation over finer categories of a unit's response to its preferred condition, in noise deviations. @default 0 */
  readonly categorySpread?: number;
  /** How responses vary over images of one condition, with variance 1. @default "normal" */
  readonly noise?: Noise;
  /** Share of the noise variance that units of one channel have in common, 0–1. @default 0.3 */
  readonly shared?: number;
  /** Units sampled per layer. @default 4096 */
  readonly sampledUnits?: number;
  /** Multiplies every response. @default 1 */
  readonly gain?: number;
  /** Responses below zero become zero. @default false */
  readonly rectified?: boolean;
  /** The layers, shallowest first. */
  readonly layers: readonly SyntheticLayer[];
}

/** A recording with the truth that made it. */
export interface SyntheticRecording {
  /** The recording, in memory. */
  readonly recording: Recording;
  /** The layers as the recording reads them. */
  readonly layers: readonly LayerRecording[];
  /** Per layer, the index of the condition each unit prefers, −1 for none: `[units]`. */
  readonly preference: readonly Int8Array[];
}

function makeImages(
  { conditions, imagesPerCondition, blocks = 10, categories = 2 }: SyntheticOptions,
): RecordedImage[] {
  const counts = typeof imagesPerCondition === "number" ? conditions.map(() => imagesPerCondition) : imagesPerCondition;
  if (counts.length !== conditions.length || counts.some((count) => !Number.isInteger(count) || count < 1)) {
    throw new RangeError(
      `Cannot make up images: ${
        counts.join(", ")
      } for ${conditions.length} conditions; expected a whole number from 1 for each`,
    );
  }
  const drawn = conditions.flatMap((condition, c) =>
    Array.from(
      { length: counts[c] },
      (_, i) => ({ id: `${condition}/${i}`, condition, category: `${condition}-${i % categories}` }),
    )
  );
  const assigned = assignBlocks(drawn, blocks);
  return drawn.map(({ id, condition, category }, i) => ({
    id,
    condition: conditions.indexOf(condition),
    category,
    block: assigned[i],
  }));
}

/** Which condition each unit prefers, −1 for none: `[units]`. */
export function plant(
  planted: SyntheticLayer,
  layout: LayerLayout,
  targets: readonly number[],
  random: Random,
): Int8Array {
  const { units, channels } = layout;
  const [rows, columns] = layout.rows > 0 ? [layout.rows, layout.columns] : [1, 1];
  const preference = new Int8Array(units).fill(-1);
  const side = Math.max(1, Math.round(Math.sqrt(rows * columns) / 2));
  const spread = Math.max(1, Math.round(channels / 8));
  for (const target of targets) {
    const home = random.integer(channels);
    const top = random.integer(Math.max(1, rows - side + 1));
    const left = random.integer(Math.max(1, columns - side + 1));
    let wanted = Math.round(planted.selective * units);
    for (let attempt = 0; wanted > 0 && attempt < 50 * units; attempt++) {
      let unit = random.integer(units);
      if (random.uniform() < (planted.clustered ?? 0)) {
        const channel = (home + random.integer(spread)) % channels;
        const row = Math.min(rows - 1, top + random.integer(side));
        const column = Math.min(columns - 1, left + random.integer(side));
        unit = layout.unitAt(channel, row * columns + column);
      }
      if (preference[unit] !== -1) continue;
      preference[unit] = target;
      wanted--;
    }
  }
  return preference;
}

/** What each unit's effect is multiplied by: `[units]`. */
export function unitGains({ effectSpread = 0 }: SyntheticLayer, units: number, structure: Random): Float32Array {
  const gain = (): number => effectSpread > 0 ? Math.max(0, 1 + effectSpread * structure.normal()) : 1;
  return Float32Array.from({ length: units }, gain);
}

/** `[images, units]`. */
function respond(
  planted: SyntheticLayer,
  options: SyntheticOptions,
  { images, layout, preference, structure, random }: {
    readonly images: readonly RecordedImage[];
    readonly layout: LayerLayout;
    readonly preference: Int8Array;
    readonly structure: Random;
    readonly random: Random;
  },
): Float32Array {
  const { units, channels } = layout;
  const channelOf = Int32Array.from({ length: units }, (_, unit) => layout.channelOf(unit));
  const base = Float32Array.from({ length: units }, () => 1 + 0.3 * structure.normal());
  const gains = unitGains(planted, units, structure);
  const categories = new Map(
    [...new Set(images.map(({ category }) => category))].map((category) =>
      [category, (options.categorySpread ?? 0) * structure.normal()] as const
    ),
  );
  const { noise = "normal", gain = 1 } = options;
  const draw = noiseSource(noise, random);
  const wide = Math.sqrt(sharedByAll(noise));
  const left = Math.sqrt(1 - sharedByAll(noise));
  const share = options.shared ?? 0.3;
  const common = new Float64Array(channels);
  const own = left * Math.sqrt(1 - share);
  const values = new Float32Array(images.length * units);
  images.forEach(({ condition, category }, i) => {
    const preferred = planted.effect + categories.get(category)!;
    const all = wide > 0 ? wide * draw() : 0;
    for (let c = 0; c < channels; c++) common[c] = all + left * Math.sqrt(share) * draw();
    for (let u = 0; u < units; u++) {
      const value = base[u] + common[channelOf[u]] + own * draw() +
        (preference[u] === condition ? gains[u] * preferred : 0);
      values[i * units + u] = gain * (options.rectified ? Math.max(0, value) : value);
    }
  });
  return values;
}

function targetsOf({ conditions, targets = conditions.slice(0, 4) }: SyntheticOptions): number[] {
  return targets.map((name) => {
    const target = conditions.indexOf(name);
    if (target >= 0) return target;
    throw new RangeError(
      `Cannot plant selectivity for "${name}": no such condition; expected one of ${conditions.join(", ")}`,
    );
  });
}

/** The columns of some units: `[images, columns]`. */
function columnsOf(values: Float32Array, units: number, columns: Uint32Array): Float32Array {
  if (columns.length === units) return values;
  const images = values.length / units;
  const taken = new Float32Array(images * columns.length);
  for (let i = 0; i < images; i++) {
    columns.forEach((unit, c) => taken[i * columns.length + c] = values[i * units + unit]);
  }
  return taken;
}

/** Each channel's mean over its units: `[images, channels]`. */
function meansOf(values: Float32Array, layout: LayerLayout): Float32Array {
  const { units, channels, unitsPerChannel } = layout;
  const images = values.length / units;
  const sums = new Float64Array(images * channels);
  for (let u = 0; u < units; u++) {
    const channel = layout.channelOf(u);
    for (let i = 0; i < images; i++) sums[i * channels + channel] += values[i * units + u];
  }
  return Float32Array.from(sums, (sum) => sum / unitsPerChannel);
}

/**
 * Makes up a recording in which some units prefer a condition by a known amount, to test what finds them and how well its
 * intervals cover. A part of the noise is shared by the units of a channel, as features of an image are.
 *
 * @throws {RangeError} where a target is no condition, or a condition has no number of images.
 *
 * @example
 * ```ts
 * import { synthesizeRecording } from "./mod.ts";
 *
 * const { recording, preference } = synthesizeRecording({
 *   seed: 1,
 *   conditions: ["faces", "places"],
 *   imagesPerCondition: 40,
 *   layers: [{ name: "conv", shape: [8, 4, 4], selective: 0.1, effect: 1 }],
 * });
 * ```
 */
export function synthesizeRecording(options: SyntheticOptions): SyntheticRecording {
  const images = makeImages(options);
  const targets = targetsOf(options);
  const { conditions, blocks = 10 } = options;
  const group = Int32Array.from(images, ({ condition, block }) => condition * blocks + block);
  const preference: Int8Array[] = [];
  const layers = options.layers.map((planted, index): LayerRecording => {
    const layout = new LayerLayout(planted.shape);
    const { units } = layout;
    const structure = new Random(options.seed, `structure ${index}`);
    const random = new Random(options.imageSeed ?? options.seed, `noise ${index} ${options.seed}`);
    const prefers = plant(planted, layout, targets, structure);
    preference.push(prefers);
    const values = respond(planted, options, { images, layout, preference: prefers, structure, random });
    const moments = momentsOfResponses({ values, units, condition: group, conditions: conditions.length * blocks });
    const sampled = sampleUnits(units, options.sampledUnits ?? 4096, options.seed, planted.name);
    const layer: Layer = {
      name: planted.name,
      depth: options.layers.length > 1 ? index / (options.layers.length - 1) : 1,
      shape: planted.shape,
      units,
      value: planted.name,
    };
    return {
      layer,
      moments: conditions.map((_, c) => moments.slice(c * blocks, (c + 1) * blocks)),
      sample: { units: sampled, responses: columnsOf(values, units, sampled) },
      channelMeans: meansOf(values, layout),
    };
  });
  const header = { conditions, blocks, images, layers: layers.map(({ layer }) => layer), source: null };
  return { recording: memoryRecording(header, layers), layers, preference };
}
