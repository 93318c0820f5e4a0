import type { Results } from "../results/mod.ts";
import { runFamilies } from "./_families.ts";
import { formatCount, formatLevel, formatList } from "./_format.ts";

/** A methods paragraph to paste, from the settings of this very run. */
export function methodsParagraph(results: Results): string {
  const { settings, stimuli, criterion, provenance } = results;
  const counts = results.conditions.map((name) => `${name} (${stimuli.perCondition[name] ?? 0})`);
  const networks = runFamilies(results).map((family) =>
    `${family.id} (${family.networks[0].title}${otherSeeds(family.networks.length - 1)})`
  );
  const layers = runFamilies(results).reduce((most, family) => Math.max(most, family.networks[0].layers.length), 0);
  const preprocessing = [...new Set(results.networks.map((network) => network.weights.preprocessing))];
  const others = results.criteria.map(({ name }) => name).filter((name) => name !== criterion.name);
  return [
    `Category-selective units were localized with Fusiform ${results.version} (study “${results.study}”, run ${results.id}).`,
    `Networks were ${
      formatList(networks)
    }, recorded at up to ${layers} layers (${settings.layers}); a unit is one element of a layer’s activation.`,
    `Stimuli were ${stimuli.title}: ${formatList(counts)} images${
      settings.limit === null ? "" : `, limited to ${settings.limit} of each category`
    }; preprocessing was ${formatList(preprocessing)}.`,
    `A unit counted as selective for a category under the criterion “${criterion.name}”: ${
      sentence(criterion.definition)
    }`,
    criterion.movesWithPrevalence && settings.fixedThreshold !== null
      ? "Specificity and strength were measured in the units whose largest one-sided Welch p against the other conditions " +
        `was below ${settings.fixedThreshold}, uncorrected, since a corrected threshold moves with the number of selective units.`
      : "",
    settings.derived.length > 0
      ? `Only criteria that ask for them counted ${formatList(settings.derived)} as other conditions.`
      : "",
    criterion.status === "provisional"
      ? "This criterion is provisional: the original study’s exact choice could not be verified."
      : "",
    ...splitting(results),
    `Controls were ${formatCount(settings.permutations)} permutations of condition labels, ${
      formatCount(settings.placements)
    } random placements of as many units, untrained networks where listed, and a comparison at a matched proportion of ${
      Number((100 * settings.matchedProportion).toPrecision(3))
    } % of units.`,
    lesions(results),
    ...comparing(results),
    others.length > 0 ? `All comparisons were made again under ${formatList(others)}, uncorrected.` : "",
    `Computed on ${provenance.device} (${provenance.adapter}) with seed ${settings.seed}.`,
  ].filter((part) => part !== "").join(" ");
}

/** How units were lesioned; nothing where none were. */
function lesions({ networks, settings }: Results): string {
  const [first] = networks.flatMap((network) => network.lesions ?? []);
  if (settings.lesions === undefined || first === undefined) return "";
  return `Units selective at ${
    formatList(settings.lesions)
  } were lesioned: set to their mean over the images of the half that ` +
    `selected them. Conditions were read out at the last layer by the nearest centroid (Euclidean), centroids from the same ` +
    `half, accuracy from the other, both ways on the first split; beside it ${first.sets} random sets of live units of the ` +
    `layer, matched in number and in mean activity (by twentieths). After Prince, Alvarez & Konkle 2024.`;
}

/** How images were divided, and how intervals were made of that. */
function splitting({ settings }: Results): string[] {
  const { blocks, splits, otherSplits, largestLayer, level } = settings;
  const ways =
    "units were selected on one half and measured on the other, in both directions, and the two were averaged";
  if (settings.intervals !== undefined) return [`Images were split into halves; ${ways}.`, settings.intervals];
  return [
    `Each condition’s images were divided into ${blocks} blocks by a hash of their identity, balanced within category. On ` +
    `each of ${splits} splits of the blocks into halves (${otherSplits} for other criteria), ${ways}; a number is the mean ` +
    "over the splits.",
    `${formatLevel(level)} intervals combine the variance over splits with that over deletions of one block at a time${
      largestLayer === null
        ? ""
        : `; in layers of more than ${formatCount(largestLayer)} units the deletions ran on a sample of whole channels`
    }.`,
  ];
}

/** How families and networks were compared. */
function comparing({ pairs, claims, measures }: Results): string[] {
  const families = pairs.filter(({ inference }) => inference === "families");
  const hypotheses = claims.flatMap(({ rows }) => rows).filter(({ hypothesis }) => hypothesis).length;
  const paired = families.some((pair) => pair.paired) ? ", paired by seed where both families have the same seeds" : "";
  const stated = measures.filter(({ smallest }) => smallest !== null).map(({ short, smallest }) =>
    `${smallest!.scale === "ratio" ? "a ratio" : "a difference"} of ${smallest!.value} (${short})`
  );
  return [
    families.length > 0
      ? `Families of at least three trainings were compared with the trainings as the sample${paired}: the variance of a ` +
        "difference is that over trainings and that over images, with Satterthwaite’s degrees of freedom."
      : "",
    families.length < pairs.length
      ? "Where a family has fewer than three trainings, a comparison speaks of these networks alone, with the images as the sample."
      : "",
    hypotheses > 0
      ? `The claims make ${hypotheses} hypotheses, each tested by one measure that was fixed beforehand, averaged over layers ` +
        "and categories; Holm’s method corrects their p values over one another, those of differences and those of " +
        `equivalence (two one-sided tests) apart. The smallest effects of interest are ${formatList(stated)}.`
      : "",
  ];
}

function otherSeeds(count: number): string {
  return count === 0 ? "" : `, and ${count} other ${count === 1 ? "seed" : "seeds"}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
