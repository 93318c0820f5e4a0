import type { Moments, RecordedImage, Recording, TapRecording } from "../localizer/mod.ts";
import { Random } from "../resampling/mod.ts";

/** A tap with selectivity planted in it. */
export interface SyntheticTap {
  /** The tap's name. */
  readonly name: string;
  /** `[channels, rows, columns]` or `[features]`. */
  readonly shape: readonly number[];
  /** Share of the units that prefer each target, in 0–1; targets share the tap evenly. */
  readonly selective: number;
  /** How far the preferred condition's mean lies above the others, in standard deviations of the noise. */
  readonly effect: number;
  /** Share of the selective units that sit in preferred channels and one patch of the map, 0 (anywhere) to 1. */
  readonly clustered?: number;
}

/** What {@linkcode synthesizeRecording} plants. */
export interface SyntheticOptions {
  /** Seed of the units: where selectivity lies and how strong it is in each. */
  readonly seed: number;
  /** Seed of the images: the same units seen with other images where it alone differs. @default seed */
  readonly imageSeed?: number;
  /** Names of the conditions. */
  readonly conditions: readonly string[];
  /** Conditions that units prefer. @default the first four conditions */
  readonly targets?: readonly string[];
  /** Images per condition and fold. */
  readonly imagesPerFold: number;
  /** Finer categories per condition. @default 2 */
  readonly categories?: number;
  /** Deviation over finer categories of a unit's response to its preferred condition, in noise deviations. @default 0 */
  readonly categorySpread?: number;
  /** Share of the noise variance that units of one channel have in common, 0–1. @default 0.3 */
  readonly shared?: number;
  /** Units sampled per tap. @default 4096 */
  readonly sampledUnits?: number;
  /** Responses below zero become zero. @default false */
  readonly rectified?: boolean;
  /** The taps, shallowest first. */
  readonly taps: readonly SyntheticTap[];
}

/** A recording with the truth that made it. */
export interface SyntheticRecording {
  /** The recording. */
  readonly recording: Recording;
  /** Per tap, the index of the condition each unit prefers, −1 for none: `[units]`. */
  readonly preference: readonly Int8Array[];
}

function makeImages(options: SyntheticOptions): RecordedImage[] {
  const categories = options.categories ?? 2;
  return options.conditions.flatMap((condition, c) =>
    Array.from({ length: 2 * options.imagesPerFold }, (_, i): RecordedImage => ({
      id: `${condition}/${i}`,
      condition: c,
      category: `${condition}-${(i >> 1) % categories}`,
      fold: (i % 2) as 0 | 1,
    }))
  );
}

function plant(tap: SyntheticTap, units: number, targets: readonly number[], random: Random): Int8Array {
  const preference = new Int8Array(units).fill(-1);
  const [channels, rows, columns] = tap.shape.length === 3 ? tap.shape : [tap.shape[0], 1, 1];
  const positions = rows * columns;
  const side = Math.max(1, Math.round(Math.sqrt(positions) / 2));
  for (const target of targets) {
    const home = random.integer(channels);
    const top = random.integer(Math.max(1, rows - side + 1));
    const left = random.integer(Math.max(1, columns - side + 1));
    const spread = Math.max(1, Math.round(channels / 8));
    let wanted = Math.round(tap.selective * units);
    for (let attempt = 0; wanted > 0 && attempt < 50 * units; attempt++) {
      let unit = random.integer(units);
      if (random.uniform() < (tap.clustered ?? 0)) {
        const channel = (home + random.integer(spread)) % channels;
        const row = Math.min(rows - 1, top + random.integer(side));
        unit = channel * positions + row * columns + Math.min(columns - 1, left + random.integer(side));
      }
      if (preference[unit] !== -1) continue;
      preference[unit] = target;
      wanted--;
    }
  }
  return preference;
}

function momentsOf(values: Float32Array, units: number, images: readonly number[]): Moments {
  const mean = new Float64Array(units);
  const m2 = new Float64Array(units);
  for (const i of images) for (let u = 0; u < units; u++) mean[u] += values[i * units + u] / images.length;
  for (const i of images) for (let u = 0; u < units; u++) m2[u] += (values[i * units + u] - mean[u]) ** 2;
  return { n: images.length, mean, m2 };
}

function sampleOf(units: number, count: number, random: Random): Uint32Array {
  const all = Uint32Array.from({ length: units }, (_, u) => u);
  if (count < units) random.shuffle(all, 0, units);
  return all.slice(0, Math.min(count, units)).sort();
}

/**
 * Makes up a recording in which some units prefer a condition by a known amount, to test what finds them and how well
 * its intervals cover. Noise is normal, with a part that the units of a channel share, as features of an image are.
 *
 * @returns The recording and which unit prefers what.
 * @throws {RangeError} If a target is not a condition.
 */
export function synthesizeRecording(options: SyntheticOptions): SyntheticRecording {
  const images = makeImages(options);
  const targets = (options.targets ?? options.conditions.slice(0, 4)).map((name) => {
    const target = options.conditions.indexOf(name);
    if (target < 0) {
      throw new RangeError(
        `Cannot plant selectivity for "${name}": no such condition; expected one of ${options.conditions.join(", ")}`,
      );
    }
    return target;
  });
  const categoryIds = [...new Set(images.map((image) => image.category))];
  const shared = Math.sqrt(options.shared ?? 0.3);
  const own = Math.sqrt(1 - shared * shared);
  const preference: Int8Array[] = [];
  const taps = options.taps.map((tap, index): TapRecording => {
    const units = tap.shape.reduce((product, size) => product * size, 1);
    const channels = tap.shape[0];
    const perChannel = units / channels;
    const structure = new Random(options.seed, `structure ${index}`);
    const noise = new Random(options.imageSeed ?? options.seed, `noise ${index} ${options.seed}`);
    const prefers = plant(tap, units, targets, structure);
    preference.push(prefers);
    const base = Float32Array.from({ length: units }, () => 1 + 0.3 * structure.normal());
    const deviation = categoryIds.map(() => (options.categorySpread ?? 0) * structure.normal());
    const values = new Float32Array(images.length * units);
    images.forEach((image, i) => {
      const gain = tap.effect + deviation[categoryIds.indexOf(image.category)];
      let common = 0;
      for (let u = 0; u < units; u++) {
        if (u % perChannel === 0) common = shared * noise.normal();
        const value = base[u] + common + own * noise.normal() + (prefers[u] === image.condition ? gain : 0);
        values[i * units + u] = options.rectified ? Math.max(0, value) : value;
      }
    });
    const sample = sampleOf(units, options.sampledUnits ?? 4096, structure);
    const responses = new Float32Array(images.length * sample.length);
    for (let i = 0; i < images.length; i++) {
      sample.forEach((unit, s) => responses[i * sample.length + s] = values[i * units + unit]);
    }
    const group = (condition: number, fold: number) =>
      images.flatMap((image, i) => (image.condition === condition && image.fold === fold ? [i] : []));
    return {
      tap: {
        name: tap.name,
        depth: options.taps.length > 1 ? index / (options.taps.length - 1) : 1,
        shape: tap.shape,
        units,
        value: tap.name,
      },
      moments: options.conditions.map((_, c) =>
        [momentsOf(values, units, group(c, 0)), momentsOf(values, units, group(c, 1))] as const
      ),
      sample: { units: sample, responses },
    };
  });
  return { recording: { conditions: options.conditions, images, taps, selfCheck: 0 }, preference };
}
