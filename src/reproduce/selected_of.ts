import type { NetworkAnalysis } from "../inference/mod.ts";
import type { SelectedOfLayer, SelectedUnits } from "../results/mod.ts";

/** The units that a run selects, of the networks that ran. */
export function selectedOf(
  ran: readonly { readonly id: string; readonly analysis: Pick<NetworkAnalysis, "layers" | "selected"> }[],
): SelectedUnits {
  return new Map(ran.map(({ id, analysis: { layers, selected } }) => [
    id,
    new Map(layers.map(({ name }, index): [string, SelectedOfLayer] => [name, selected[index]])),
  ]));
}
