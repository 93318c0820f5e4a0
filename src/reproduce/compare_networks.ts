import {
  type AnalysedNetwork,
  type AnalysisSettings,
  type AnalysisTools,
  compareFamilies,
  judgeClaims,
} from "../inference/mod.ts";
import type { ClaimResult, ComparedPair, ComparisonResult } from "../results/mod.ts";
import type { OnProgress, PhaseClock } from "./progress.ts";

/** What a run finds between its networks. */
export interface ComparedNetworks {
  readonly pairs: ComparedPair[];
  readonly comparisons: ComparisonResult[];
  readonly claims: ClaimResult[];
}

/** Compares the networks of a run that ran, and judges the claims. */
export async function compareNetworks(
  analysed: readonly AnalysedNetwork[],
  { study, settings, tools, clock, onProgress }: {
    /** Its name, for whoever watches. */
    readonly study: string;
    readonly settings: AnalysisSettings;
    readonly tools: AnalysisTools;
    readonly clock: PhaseClock;
    readonly onProgress: OnProgress;
  },
): Promise<ComparedNetworks> {
  const step = { phase: "compare", label: study, total: 1, unit: "steps" } as const;
  onProgress({ ...step, done: 0 });
  const compared = await clock.time("measures", () => compareFamilies(analysed, settings, tools));
  const claims = await clock.time("measures", () => judgeClaims(analysed, compared, { settings, tools }));
  onProgress({ ...step, done: 1 });
  return { ...compared, claims };
}
