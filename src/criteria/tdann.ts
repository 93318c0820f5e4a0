import type { Criterion, SelectionInput } from "./criterion.ts";
import { contrastsOf } from "./_contrasts_of.ts";

/** t above a threshold against all other conditions pooled; thresholds of 2, 5, 10 and 12 are in use. */
export const TDANN: Criterion = tdann("tdann", 10);
export const TDANN_2: Criterion = tdann("tdann-2", 2);
export const TDANN_5: Criterion = tdann("tdann-5", 5);
export const TDANN_12: Criterion = tdann("tdann-12", 12);

function tdann(name: string, limit: number): Criterion {
  return {
    name,
    definition: `t > ${limit} against all other conditions pooled, variances over n`,
    status: "established",
    source: "Margalit et al. 2024, Neuron",
    doi: "10.1016/j.neuron.2024.04.018",
    needsResponses: false,
    population: "units",
    variances: "rest",
    select: (input) => select(input, limit),
  };
}

function select(input: SelectionInput, limit: number): Uint8Array {
  const contrasts = contrastsOf(input);
  const mask = new Uint8Array(contrasts.units);
  const target = contrasts.moments[input.target];
  const rest = contrasts.rest(input.target);
  if (!rest || target.n < 2 || rest.n < 2) return mask;
  const squared = limit * limit;
  const scale = 1 / (target.n * target.n);
  const scaleRest = 1 / (rest.n * rest.n);
  for (let i = 0; i < mask.length; i++) {
    const difference = target.mean[i] - rest.mean[i];
    const variance = Math.max(0, target.m2[i]) * scale + Math.max(0, rest.m2[i]) * scaleRest;
    if (difference > 0 && variance > 0 && difference * difference > squared * variance) mask[i] = 1;
  }
  return mask;
}
