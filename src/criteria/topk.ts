import type { Criterion, SelectionInput } from "./criterion.ts";
import { contrastsOf } from "./_contrasts_of.ts";

/** A fixed share of the units, those with the largest t. */
export const TOPK: Criterion = {
  name: "topk",
  definition: "the 1 % of the layer's units with the largest Welch t against all other conditions pooled, t > 0 " +
    "(the authors' code takes absolute activations before the test, ranks the units of all layers together, and selects " +
    "the 1 % whatever the sign of t)",
  status: "established",
  source: "AlKhamissi et al. 2025, NAACL",
  doi: "10.18653/v1/2025.naacl-long.544",
  needsResponses: false,
  population: "units",
  fixesProportion: true,
  variances: "rest",
  select,
};

function select(input: SelectionInput): Uint8Array {
  return contrastsOf(input).topAgainstRest(input.target, 0.01);
}
