import type { AnalysisSettings } from "../inference/mod.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import type { PlannedStimuli } from "./planned_stimuli.ts";

/** How the recordings of a run are analysed, as plain data. */
export function analysisSettings(
  plan: Pick<Plan, "seed" | "study">,
  { roles, derived }: Pick<PlannedStimuli, "roles" | "derived">,
  options: Pick<ReproduceOptions, "analysis">,
): AnalysisSettings {
  return {
    seed: plan.seed,
    criterion: plan.study.criterion,
    targets: roles.targets,
    // Named on the command line, scrambled conditions are like any other.
    derived: plan.study.scrambled === true ? {} : derived,
    fixedThreshold: plan.study.fixedThreshold,
    pairs: plan.study.compare,
    smallestEffects: plan.study.smallestEffects,
    fast: plan.study.fast,
    ...options.analysis,
  };
}
