import { momentError, type TapRecording } from "../localizer/mod.ts";
import { momentsOfResponses } from "../measures/mod.ts";
import type { ImageLayout } from "./_layout.ts";

/**
 * The worst disagreement between a tap's streamed moments and those of its sampled responses, as `momentError` defines it for
 * recordings too.
 */
export function selfCheck({ moments, sample }: TapRecording, { strata, conditions }: ImageLayout): number {
  const units = sample.units.length;
  if (units === 0) return 0;
  const exact = momentsOfResponses({
    values: sample.responses,
    units,
    condition: strata,
    conditions: 2 * conditions.length,
  });
  return momentError({ streamed: moments.flat(), exact, units: sample.units }).error;
}
