import type { Results } from "../results/mod.ts";
import { runFamilies } from "./_families.ts";
import { formatCount, formatLevel, formatList } from "./_format.ts";

/** A methods paragraph to paste, from the settings of this very run. */
export function methodsParagraph(results: Results): string {
  const { settings, stimuli, criterion, provenance } = results;
  const counts = results.conditions.map((name) => `${name} (${stimuli.perCondition[name] ?? 0})`);
  const networks = runFamilies(results).map((family) =>
    `${family.id} (${family.networks[0].title}${family.networks.length > 1 ? `, ${family.networks.length} seeds` : ""})`
  );
  const taps = runFamilies(results).reduce((most, family) => Math.max(most, family.networks[0].taps.length), 0);
  const preprocessing = [...new Set(results.networks.map((network) => network.weights.preprocessing))];
  const others = results.criteria.map(({ name }) => name).filter((name) => name !== criterion.name);
  const { bootstrap } = settings;
  return [
    `Category-selective units were localized with Fusiform ${results.version} (suite “${results.suite}”, run ${results.id}).`,
    `Networks were ${
      formatList(networks)
    }, tapped at up to ${taps} depths (${settings.taps}); a unit is one element of a ` +
    "tap’s activation.",
    `Stimuli were ${stimuli.title}: ${formatList(counts)} images${
      settings.limit === null ? "" : `, limited to ${settings.limit} of each category`
    }; preprocessing was ${formatList(preprocessing)}.`,
    `A unit counted as selective for a category under the criterion “${criterion.name}”: ${
      sentence(criterion.definition)
    }`,
    criterion.status === "provisional"
      ? "This criterion is provisional: the original study’s exact choice could not be verified."
      : "",
    `Images were split into two folds (${settings.folds.rule}); units were selected on one fold and measured on the other, ` +
    "in both directions, and the two were averaged.",
    bootstrap.description ??
      `Intervals are ${formatLevel(bootstrap.level)} ${bootstrap.method} bootstrap intervals from ${
        formatCount(bootstrap.replicates)
      } resamples of images, stratified by condition, on ${formatCount(settings.sampledUnits)} units sampled per tap.`,
    `Controls were ${formatCount(settings.permutations)} permutations of condition labels, ${
      formatCount(settings.placements)
    } random placements of as many units, untrained networks where listed, and a comparison at a matched proportion of ${
      Number((100 * settings.matchedProportion).toPrecision(3))
    } % of units.`,
    "Localization within maps was measured in channels with at least 4 selected units: Moran’s I over positions; entropy, Gini " +
    "and peak over 4 × 4 cells of each map, left out where a map has at most 4 × 4 positions, because there they follow from " +
    "the count of selected units alone.",
    others.length > 0 ? `Every claim was tested again under ${formatList(others)}.` : "",
    `Computed on ${provenance.device} (${provenance.adapter}) with seed ${provenance.seed}.`,
  ].filter((part) => part !== "").join(" ");
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
