import { MOST_UNITS } from "./_bootstrap_measures.ts";
import { OTHER_PLACED } from "./_resample_tap.ts";
import { ENOUGH_FOR_QUANTILES } from "./_spread.ts";
import { CONSISTENCY_SPLITS } from "./analyse_network.ts";
import { type AnalysisOptions, resolveOptions } from "./options.ts";

const count = (value: number): string => value.toLocaleString("en-US");

/**
 * Says in words how the intervals of an analysis are made, for a methods paragraph.
 *
 * @param options The options of the analysis.
 * @returns Whole sentences.
 */
export function describeIntervals(options: AnalysisOptions): string {
  const { level, replicates, selectionReplicates, mapReplicates, otherReplicates, resampledUnits } = resolveOptions(
    options,
  );
  return [
    `Intervals of specificity and strength are ${
      Number((100 * level).toPrecision(6))
    } % percentile intervals, centred on the ` +
    `estimate, from ${
      count(replicates)
    } bootstrap samples of the images, stratified by condition and fold, given the ` +
    `units selected, on at most ${
      count(MOST_UNITS)
    } units of each selection; the part of the variance that units have ` +
    "each for themselves is brought to their full number.",
    `Proportion and exclusivity are selected anew in ${count(selectionReplicates)} samples, on ${
      count(resampledUnits)
    } units per tap, and localization in ${
      count(mapReplicates)
    }, where every unit follows the nearest resampled one of its ` +
    "channel that was selected on as many folds. Each of these samples is drawn from both folds together and tested at the " +
    "size of one, so that it errs about the truth as a fold does, and not twice as much; the units’ own part of the variance " +
    "is read off the units on which the folds disagree.",
    "All quantiles are moved out as Student’s are from normal ones, with the degrees of freedom of the smallest group of images " +
    "(Hesterberg 2015).",
    `Consistency is resampled by ${
      count(CONSISTENCY_SPLITS)
    } random splits of the images into halves, their spread corrected ` +
    "for what pairs of images add, by quarters.",
    `Other criteria have ${count(otherReplicates)} samples, ${OTHER_PLACED} of localization; from fewer than ${
      count(ENOUGH_FOR_QUANTILES)
    } samples an interval takes Student’s form.`,
    "Differences are paired over resampled images; where a family has several networks, the spread over seeds enters with " +
    "Welch’s degrees of freedom, else an interval is over images alone. A p value is one minus the " +
    "level at which the interval just touches zero; where fewer than 10 draws lie beyond zero, Student’s tail goes on from the " +
    "tenth, with the least of the images’, the seeds’ and the samples’ degrees of freedom. p values over depths are corrected by Holm’s " +
    "method, and localization is compared by its excess over as many units placed at random.",
  ].join(" ");
}
