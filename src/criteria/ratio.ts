import type { Criterion, SelectionInput } from "./criterion.ts";
import { contrastsOf } from "./_contrasts_of.ts";

/** At least twice the response to any other condition. */
export const RATIO: Criterion = {
  name: "ratio",
  definition: "mean response above 0 and at least twice the mean response to each other condition (an index of 1/3)",
  status: "established",
  source: "Freiwald, Tsao & Livingstone 2009, Nature Neuroscience; Prince et al. 2024",
  doi: "10.1038/nn.2363",
  needsResponses: false,
  population: "units",
  exclusive: true,
  select,
};

function select(input: SelectionInput): Uint8Array {
  const contrasts = contrastsOf(input);
  const target = contrasts.moments[input.target];
  const others = contrasts.others(input.target);
  const mask = new Uint8Array(contrasts.units);
  if (others.length === 0 || target.n === 0) return mask;
  for (let i = 0; i < mask.length; i++) if (target.mean[i] > 0) mask[i] = 1;
  for (const k of others) {
    const { mean, m2 } = contrasts.moments[k];
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 1 && (target.mean[i] < 2 * mean[i] || !(target.m2[i] > 0 || m2[i] > 0))) mask[i] = 0;
    }
  }
  return mask;
}
