import type { AnalysisSettings } from "../inference/mod.ts";
import type { StimulusSet } from "../stimuli/mod.ts";
import type { ReproduceOptions } from "./options.ts";
import type { Plan } from "./plan.ts";
import { targetsOf } from "./targets.ts";

/** Conditions whose every image was made from another one of the set. */
function derivedConditions({ conditions, stimuli }: StimulusSet): string[] {
  return conditions.filter((name) =>
    stimuli.filter(({ condition }) => condition === name).every(({ source }) => source !== undefined)
  );
}

/** How the recordings of a run are analysed, as plain data. */
export function analysisSettings(plan: Plan, set: StimulusSet, options: ReproduceOptions): AnalysisSettings {
  return {
    seed: plan.seed,
    criterion: plan.study.criterion,
    targets: targetsOf(set.conditions),
    // Named on the command line, scrambled conditions are like any other.
    derived: plan.study.scrambled === true ? [] : derivedConditions(set),
    pairs: plan.study.compare?.map(({ a, b, claims }) => ({ a, b, ...(claims === undefined ? {} : { claims }) })),
    fast: plan.study.fast,
    ...options.analysis,
  };
}
