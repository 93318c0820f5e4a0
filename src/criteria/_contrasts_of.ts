import { Contrasts } from "./contrasts.ts";
import type { SelectionInput } from "./criterion.ts";

/** Contrasts given with the input, or made for this call. */
export function contrastsOf({ contrasts, moments }: SelectionInput): Contrasts {
  return contrasts ?? new Contrasts(moments);
}
