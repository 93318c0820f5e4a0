import type { Criterion, SelectionInput } from "./criterion.ts";
import { dprime } from "../statistics/mod.ts";
import { contrastsOf } from "./_contrasts_of.ts";

/** Sensitivity above 1 against all other conditions pooled. */
export const DPRIME_THRESHOLD: Criterion = {
  name: "dprime",
  definition: "d′ > 1 against all other conditions pooled",
  status: "established",
  source: "Afraz, Boyden & DiCarlo 2015, PNAS",
  doi: "10.1073/pnas.1423328112",
  needsResponses: false,
  population: "units",
  variances: "rest",
  select,
};

function select(input: SelectionInput): Uint8Array {
  const contrasts = contrastsOf(input);
  const mask = new Uint8Array(contrasts.units);
  const rest = contrasts.rest(input.target);
  if (!rest) return mask;
  const d = dprime(contrasts.moments[input.target], rest);
  for (let i = 0; i < mask.length; i++) if (d[i] > 1) mask[i] = 1;
  return mask;
}
