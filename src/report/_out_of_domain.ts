import type { NetworkResult, Results } from "../results/mod.ts";
import { formatList } from "./_format.ts";
import { type Html, markup } from "./_html.ts";

/** The set that the project draws. */
const DRAWN = "procedural";
/** Families that a warning names. */
const MOST_NAMES = 4;

/** A warning that stands before everything else where networks were shown images of a kind that they did not learn from. */
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
  } learned from ${learned} and were shown ${shown} here. Their units may answer to the style of the images rather than to their
category. <a href="#networks">What each network learned from</a>.</p>`;
}
