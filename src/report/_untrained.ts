import type { NetworkResult, Results } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { type Html, markup } from "./_html.ts";

/** The mean over networks of the effective dimensionality of their last layer; null where none has a number. */
function lastDimensions(networks: readonly NetworkResult[]): number | null {
  return meanOf(networks.map(({ layers }) => layers[layers.length - 1]?.dimensions));
}

/** Why the share of selective units differs so much between untrained networks, where trained ones stand beside them. */
export function untrainedNote(results: Results): Html {
  const run = results.networks.filter(({ status }) => status === "run");
  const untrained = lastDimensions(run.filter(({ supervision }) => supervision === "untrained"));
  const trained = lastDimensions(run.filter(({ supervision }) => supervision !== "untrained"));
  if (untrained === null || trained === null) return markup``;
  return markup`<p>The channels of the last layer have ${
    untrained.toFixed(1)
  } effective dimensions in the untrained networks and ${
    trained.toFixed(1)
  } in the trained ones (participation ratio). With few dimensions the units rise and fall together. Then either almost no unit is selective for a category or many are at once, and seeds differ strongly. Many selective units in one untrained network are no evidence of many separate detectors.</p>`;
}
