import type { NetworkResult, Results } from "../results/mod.ts";
import { formatList } from "./_format.ts";
import { type Html, markup } from "./_html.ts";

/** The set that the project draws. */
const DRAWN = "procedural";
/** Families that a warning names. */
const MOST_NAMES = 4;

/**
 * A warning that stands before everything else where networks were shown images of a kind that they did not learn from. It knows
 * the project’s own drawn set and its small networks, which learned from drawings; of all others it takes photographs for granted.
 */
export function outOfDomain({ networks, stimuli }: Results): Html | null {
  const known = networks.filter(({ status, supervision, weights }) =>
    status === "run" && supervision !== "untrained" && weights.status !== "local"
  );
  const drawn = (network: NetworkResult): boolean => network.architecture === "mini";
  const far = known.filter((network) => drawn(network) !== (stimuli.set === DRAWN));
  if (far.length === 0) return null;
  const names = [...new Set(far.map(({ family }) => family))];
  const learned = stimuli.set === DRAWN ? "photographs" : "drawn pictures";
  const shown = stimuli.set === DRAWN ? "drawn pictures" : "other images";
  return markup`<p class="notice warning" id="domain"><strong>Out of domain.</strong> ${
    names.length > MOST_NAMES ? `${names.length} families` : formatList(names)
  } learned from ${learned} and were shown ${shown} here. Their units may respond to the style of the images instead of their
category. <a href="#networks">What each network learned from</a>.</p>`;
}
