import type { Results } from "./results.ts";

/**
 * Results without what may differ between two runs of the same inputs (the clock and the machine), for equality; without their
 * checksum too, which is of the rest.
 *
 * @param results The results of a run.
 * @returns Everything but `provenance`, `timing` and `checksum`.
 */
export function stripVolatile(results: Results): Omit<Results, "provenance" | "timing" | "checksum"> {
  const { provenance: _provenance, timing: _timing, checksum: _checksum, ...stable } = results;
  return stable;
}
