import { LayerLayout } from "../measures/mod.ts";
import { memoryRecording, type RecordedImage, type Recording } from "../recording/mod.ts";
import { type Moments, Random } from "../statistics/mod.ts";
import { sharedByAll } from "./noise.ts";
import { plant, type SyntheticLayer } from "./synthetic_recording.ts";

/** A large layer whose responses are never made. */
export interface SyntheticMomentsOptions {
  /** Seed of the units. */
  readonly seed: number;
  /** Seed of the images. */
  readonly imageSeed: number;
  readonly conditions: readonly string[];
  /** Indices of the conditions that units prefer. */
  readonly targets: readonly number[];
  /** Images of every condition in every block, at least 2. */
  readonly imagesPerBlock: number;
  readonly blocks: number;
  /** Whether half of the noise's variance is common to all units. */
  readonly noise: "normal" | "shared";
  readonly layer: SyntheticLayer;
}

/** Of the noise's variance that is not common to all units, the share that units of a channel have in common. */
const SHARED = 0.3;

/** χ² with a whole number of degrees of freedom: pairs of them are exponential. */
function chiSquare(df: number, random: Random): number {
  let sum = df % 2 === 1 ? random.normal() ** 2 : 0;
  for (let pair = 0; pair < df >> 1; pair++) sum -= 2 * Math.log(random.uniform());
  return sum;
}

/**
 * Mean and squared deviations of what units of a channel have in common, over the images of one group.
 *
 * @param all What all units have in common, `[images]`.
 * @param deviation Of what the channel adds.
 */
function commonOf(
  all: Float64Array,
  deviation: number,
  random: Random,
): { readonly mean: number; readonly m2: number } {
  const images = all.length;
  const draws = all.map((each) => each + deviation * random.normal());
  const mean = draws.reduce((sum, each) => sum + each, 0) / images;
  return { mean, m2: draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) };
}

/**
 * Draws the moments of normal responses without the responses, for layers of which these would be too many.
 *
 * Given what the n images of a group do to a channel (squared deviations C), a unit's own noise of variance σ² adds a normal mean,
 * and its squared deviations are (√C + σz)² + σ² χ²(n − 2), which is exact. No unit is sampled.
 */
export function synthesizeMoments(options: SyntheticMomentsOptions): Recording {
  const { seed, imageSeed, conditions, targets, imagesPerBlock: n, blocks, noise, layer: planted } = options;
  const layout = new LayerLayout(planted.shape);
  const { units, channels } = layout;
  const structure = new Random(seed, "structure");
  const random = new Random(imageSeed, "noise");
  const preference = plant(planted, layout, targets, structure);
  const base = Float32Array.from({ length: units }, () => 1 + 0.3 * structure.normal());
  const channelOf = Int32Array.from({ length: units }, (_, unit) => layout.channelOf(unit));
  const common = sharedByAll(noise);
  const own = Math.sqrt((1 - common) * (1 - SHARED));
  const group = (condition: number): Moments => {
    const all = Float64Array.from({ length: n }, () => Math.sqrt(common) * random.normal());
    const inChannel = Array.from({ length: channels }, () => commonOf(all, Math.sqrt((1 - common) * SHARED), random));
    const mean = new Float32Array(units), m2 = new Float32Array(units);
    for (let u = 0; u < units; u++) {
      const shared = inChannel[channelOf[u]];
      mean[u] = base[u] + (preference[u] === condition ? planted.effect : 0) + shared.mean +
        own * random.normal() / Math.sqrt(n);
      m2[u] = (Math.sqrt(shared.m2) + own * random.normal()) ** 2 + own * own * chiSquare(n - 2, random);
    }
    return { n, mean, m2 };
  };
  const moments = conditions.map((_, condition) => Array.from({ length: blocks }, () => group(condition)));
  const images = conditions.flatMap((name, condition) =>
    Array.from({ length: n * blocks }, (_, i): RecordedImage => ({
      id: `${name}/${i}`,
      condition,
      category: name,
      block: i % blocks,
    }))
  );
  const layer = { name: planted.name, depth: 1, shape: planted.shape, units, value: planted.name };
  return memoryRecording({ conditions, blocks, images, layers: [layer], source: null }, [{
    layer,
    moments,
    sample: { units: new Uint32Array(0), responses: new Float32Array(0) },
    channelMeans: new Float32Array(images.length * channels),
  }]);
}
