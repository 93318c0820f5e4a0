import type { LayerRecording } from "../recording/mod.ts";
import { Random } from "../statistics/mod.ts";

/** A subset of a layer's sampled units. */
export interface UnitSubset {
  /** Columns of the sample, ascending. */
  readonly columns: Uint32Array;
  /** Responses `[images, columns]`. */
  readonly responses: Float32Array;
}

/** Draws at most `count` of a layer's sampled units. */
export function subsetUnits({ layer, sample }: LayerRecording, count: number, seed: number): UnitSubset {
  const sampled = sample.units.length;
  const order = Uint32Array.from({ length: sampled }, (_, i) => i);
  new Random(seed, `units ${layer.name}`).shuffle(order, 0, sampled);
  const columns = order.slice(0, Math.min(count, sampled)).sort();
  const images = sampled > 0 ? sample.responses.length / sampled : 0;
  const responses = new Float32Array(images * columns.length);
  for (let i = 0; i < images; i++) {
    for (let u = 0; u < columns.length; u++) {
      responses[i * columns.length + u] = sample.responses[i * sampled + columns[u]];
    }
  }
  return { columns, responses };
}
