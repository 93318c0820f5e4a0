import type { NetworkResult, Results } from "../results/mod.ts";
import { type Html, markup } from "./_html.ts";

/** The mean over networks of the effective dimensions of their last layer; null where none has a number. */
function lastDimensions(networks: readonly NetworkResult[]): number | null {
  const found = networks.flatMap(({ layers }) => layers[layers.length - 1]?.dimensions ?? []);
  return found.length === 0 ? null : found.reduce((sum, value) => sum + value, 0) / found.length;
}

/** Why the share of selective units varies so much between untrained networks, where their channels vary in few directions. */
export function untrainedNote(results: Results): Html {
  const run = results.networks.filter(({ status }) => status === "run");
  const untrained = lastDimensions(run.filter(({ supervision }) => supervision === "untrained"));
  const trained = lastDimensions(run.filter(({ supervision }) => supervision !== "untrained"));
  if (untrained === null || trained === null || untrained > trained / 2) return markup``;
  return markup`<p>In the last layer of the untrained networks the channels rise and fall together: they vary in ${
    untrained.toFixed(1)
  } directions, those of the trained networks in ${
    trained.toFixed(1)
  } (participation ratio). A category’s share there is close to a single random draw: almost none of the units, or many at once. An untrained network with many selective units has one lucky direction, not many detectors.</p>`;
}
