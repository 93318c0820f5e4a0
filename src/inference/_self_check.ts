import type { Design } from "../localize/mod.ts";
import type { LayerRecording } from "../recording/mod.ts";
import { momentError, momentsOfResponses } from "../statistics/mod.ts";

/** The worst disagreement between a layer's streamed moments and those of its sampled responses. */
export function selfCheck({ moments, sample }: LayerRecording, { images, conditions, blocks }: Design): number {
  const units = sample.units.length;
  if (units === 0) return 0;
  const exact = momentsOfResponses({
    values: sample.responses,
    units,
    condition: Int32Array.from(images, ({ condition, block }) => condition * blocks + block),
    conditions: conditions.length * blocks,
  });
  return momentError({ streamed: moments.flat(), exact, units: sample.units }).error;
}
