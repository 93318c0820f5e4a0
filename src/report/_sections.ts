import type { Results } from "../results/mod.ts";
import { bibliography, citeAs } from "./_citation.ts";
import { multiverseTables } from "./_claims.ts";
import { claimsMatrix } from "./_claims_matrix.ts";
import { type Content, type Html, markup } from "./_html.ts";
import { lesionsSection } from "./_lesions.ts";
import { methodsParagraph } from "./_methods.ts";
import { networksSection, notRunSection } from "./_networks.ts";
import { criteriaTable, measuresTable, provenanceSection } from "./_provenance.ts";
import { stimuliSection } from "./_stimuli.ts";
import { untrainedNote } from "./_untrained.ts";
import { channelAtlas } from "./figures/channel_atlas.ts";
import { circularBias } from "./figures/circular_bias.ts";
import { claimEffects } from "./figures/claim_effects.ts";
import { conditionDissimilarity } from "./figures/condition_dissimilarity.ts";
import { consistencyMatrices } from "./figures/consistency_matrices.ts";
import { differenceByDepth } from "./figures/difference_by_depth.ts";
import type { Figure, FigureInput } from "./figures/figure.ts";
import { generalization } from "./figures/generalization.ts";
import { halfReliability } from "./figures/half_reliability.ts";
import { lesionMatrix } from "./figures/lesion_matrix.ts";
import { localizationByDepth } from "./figures/localization_by_depth.ts";
import { matchedCurves } from "./figures/matched_curves.ts";
import { measuresByDepth } from "./figures/measures_by_depth.ts";
import { networkMeans } from "./figures/network_means.ts";
import { positionMapsByDepth } from "./figures/position_maps_by_depth.ts";
import { responseProfile } from "./figures/response_profile.ts";
import { selectivityDistribution } from "./figures/selectivity_distribution.ts";

/** A part of the report. */
export interface Section {
  /** Names it in the page's address. */
  readonly id: string;
  readonly title: string;
  /** Its figures in reading order; one without rows is left out. */
  readonly figures: readonly ((input: FigureInput) => Figure)[];
  /** What it shows; a section that shows nothing is left out. */
  render(results: Results, figures: readonly Html[]): Content;
}

const figuresAlone: Section["render"] = (_results, figures) => figures;

/** Every section of the report, in reading order. */
export const SECTIONS: readonly Section[] = [
  {
    id: "claims",
    title: "Claims and comparisons",
    figures: [],
    render: claimsMatrix,
  },
  {
    id: "robustness",
    title: "Other criteria and measures",
    figures: [claimEffects("primary"), claimEffects("other")],
    render: (results, figures) => [figures, multiverseTables(results)],
  },
  {
    id: "differences",
    title: "What changes with depth",
    figures: [differenceByDepth("primary"), differenceByDepth("other")],
    render: figuresAlone,
  },
  {
    id: "proportion",
    title: "How many",
    figures: [measuresByDepth("quantity"), networkMeans("quantity")],
    render: (results, figures) => [figures, untrainedNote(results)],
  },
  {
    id: "specificity",
    title: "How sharply",
    figures: [measuresByDepth("specificity"), selectivityDistribution, networkMeans("specificity")],
    render: figuresAlone,
  },
  {
    id: "localization",
    title: "Where",
    figures: [
      positionMapsByDepth,
      localizationByDepth,
      measuresByDepth("localization"),
      networkMeans("localization"),
    ],
    render: figuresAlone,
  },
  {
    id: "strength",
    title: "How strongly",
    figures: [responseProfile, measuresByDepth("strength"), networkMeans("strength")],
    render: figuresAlone,
  },
  {
    id: "consistency",
    title: "How consistently",
    figures: [
      networkMeans("consistency"),
      measuresByDepth("consistency"),
      consistencyMatrices,
      conditionDissimilarity,
    ],
    render: figuresAlone,
  },
  { id: "atlas", title: "Atlas of channels", figures: [channelAtlas], render: figuresAlone },
  { id: "lesions", title: "What the units are needed for", figures: [lesionMatrix], render: lesionsSection },
  { id: "matched", title: "At equal counts", figures: [matchedCurves], render: figuresAlone },
  {
    id: "checks",
    title: "How far to trust it",
    figures: [halfReliability, circularBias, generalization],
    render: figuresAlone,
  },
  { id: "networks", title: "Networks", figures: [], render: networksSection },
  { id: "not-run", title: "What was not run", figures: [], render: notRunSection },
  { id: "stimuli", title: "Stimuli", figures: [], render: stimuliSection },
  {
    id: "limits",
    title: "Limits and confounds",
    figures: [],
    render: ({ limits }) =>
      markup`<ul>${limits.map((limit) => markup`<li>${limit}</li>`)}</ul>
<p>This report holds many tests, and few are corrected for one another. Each claim is tested by one measure that was fixed
beforehand, on the families that it is about; these tests are corrected over one another by Holm’s method. The p values of
differences at several depths are corrected by Holm’s method within one pair of networks, measure and category. So are those of
permuted labels within one network and category, over its layers. Nothing else is corrected over measures, categories, criteria or
pairs. Some of the many numbers here therefore pass their bound by chance alone.</p>`,
  },
  {
    id: "methods",
    title: "Methods",
    figures: [],
    render: (results) =>
      markup`<p class="paste">${methodsParagraph(results)}</p>${measuresTable(results)}${criteriaTable(results)}`,
  },
  { id: "provenance", title: "Provenance", figures: [], render: provenanceSection },
  {
    id: "cite",
    title: "Cite as",
    figures: [],
    render: (results) =>
      markup`<p class="paste">${citeAs(results)}</p><pre tabindex="0" aria-label="BibTeX">${
        bibliography(results)
      }</pre>`,
  },
];
