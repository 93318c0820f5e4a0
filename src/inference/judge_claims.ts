import type { Measure } from "../measures/mod.ts";
import type { ClaimResult, ClaimRow, ComparisonResult, Verdict } from "../results/mod.ts";
import { holm } from "../statistics/mod.ts";
import { ALL_CATEGORIES } from "./_compare_images.ts";
import { describePresence } from "./_presence.ts";
import { hasTooFewEntries, TOO_FEW_ENTRIES, verdictOf } from "./_verdict.ts";
import { DIFFERENCE_CLAIMS, type DifferenceClaim } from "./claims.ts";
import { ALL_UNITS, type Comparisons } from "./compare_families.ts";
import type { AnalysedNetwork } from "./family.ts";
import { type AnalysisSettings, type AnalysisTools, resolveSettings } from "./settings.ts";

/** A comparison of a claim, before the hypotheses are corrected over each other. */
interface Candidate {
  readonly claim: DifferenceClaim;
  readonly comparison: ComparisonResult;
  readonly hypothesis: boolean;
  /** In which direction the measure itself is claimed to differ. */
  readonly sign: 1 | -1;
}

const NO_PAIR = "no two families that the claims are about were both run";
const TOO_FEW_TRAININGS = "no comparison has three trainings in both families";

/** The measures of a claim, the one fixed beforehand first. */
function measuresOf({ group }: DifferenceClaim, { measures }: AnalysisTools): Measure[] {
  const own = measures.filter((measure) =>
    measure.group === group && (measure.kind !== "network" || measure.needsDissimilarities)
  );
  const primary = own.find((measure) => measure.primary) ?? own[0];
  return [primary, ...own.filter((measure) => measure !== primary)];
}

function candidatesOf(
  claim: DifferenceClaim,
  { pairs, comparisons }: Comparisons,
  tools: AnalysisTools,
): Candidate[] {
  const judged = pairs.filter(({ claims }) => claims);
  const relevant = comparisons.filter(({ a, b, depth, category }) =>
    depth === null && [ALL_CATEGORIES, ALL_UNITS].includes(category) &&
    judged.some((pair) => pair.a === a && pair.b === b)
  );
  return measuresOf(claim, tools).flatMap((measure, place) => {
    const deciding = measure.primaryOver === ALL_UNITS ? ALL_UNITS : ALL_CATEGORIES;
    return relevant.filter((row) => row.measure === measure.name).map((comparison): Candidate => ({
      claim,
      comparison,
      sign: claim.sign === measure.direction ? 1 : -1,
      hypothesis: place === 0 && comparison.criterion === tools.criteria[0].name && !comparison.matched &&
        comparison.category === deciding && comparison.inference === "families",
    }));
  });
}

/** Corrects both kinds of p values over all hypotheses (Holm 1979), each kind by itself. */
function correctHypotheses(candidates: readonly Candidate[]): Candidate[] {
  const own = candidates.filter(({ hypothesis }) => hypothesis);
  const differences = holm(own.map(({ comparison }) => comparison.pValue));
  const equivalences = holm(own.map(({ comparison }) => comparison.equivalenceP));
  return candidates.map((candidate) => {
    const at = own.indexOf(candidate);
    if (at < 0) return candidate;
    const comparison = { ...candidate.comparison, pValue: differences[at], equivalenceP: equivalences[at] };
    return { ...candidate, comparison };
  });
}

function rowOf({ comparison, hypothesis, sign }: Candidate, alpha: number): ClaimRow {
  const { criterion, a, b, measure, category, matched, inference, valueA, valueB, difference, interval } = comparison;
  const { pValue, equivalenceP, entries } = comparison;
  const reason = comparison.reason ??
    (interval === null ? "it has no interval" : hasTooFewEntries(comparison) ? TOO_FEW_ENTRIES : undefined);
  return {
    criterion,
    a,
    b,
    measure,
    ...(category === ALL_CATEGORIES ? {} : { category }),
    matched,
    inference,
    hypothesis,
    verdict: verdictOf(comparison, { sign, alpha }),
    valueA,
    valueB,
    difference,
    interval,
    pValue,
    equivalenceP,
    ...(entries === undefined ? {} : { entries }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What the hypotheses of a claim say together. */
function overall(rows: readonly ClaimRow[]): { readonly verdict: Verdict; readonly reason?: string } {
  const hypotheses = rows.filter(({ hypothesis }) => hypothesis);
  if (hypotheses.length === 0) {
    return { verdict: "not tested", reason: rows.length === 0 ? NO_PAIR : TOO_FEW_TRAININGS };
  }
  const tested = new Set(hypotheses.map(({ verdict }) => verdict).filter((verdict) => verdict !== "not tested"));
  if (tested.size === 0) return { verdict: "not tested", reason: hypotheses[0].reason };
  return { verdict: tested.size === 1 ? [...tested][0] : "mixed" };
}

/**
 * Judges the paper's claims on the pairs of families that they are about.
 *
 * A hypothesis is a claim on one pair of families of at least three trainings each, by the one measure fixed beforehand, under the
 * main criterion, averaged over layers and categories. The p values of all hypotheses are corrected over each other, those of
 * differences and those of equivalence apart. All other rows are a multiverse: uncorrected, beside. Pairs of fewer trainings have
 * rows in words for these networks alone, and decide no claim. Presence is described and not tested.
 *
 * @param networks The networks compared.
 * @param found What {@linkcode compareFamilies} gave of them.
 * @returns Six claims, always.
 */
export function judgeClaims(
  networks: readonly AnalysedNetwork[],
  found: Comparisons,
  { settings, tools }: { readonly settings: AnalysisSettings; readonly tools: AnalysisTools },
): ClaimResult[] {
  const resolved = resolveSettings(settings);
  const alpha = 1 - resolved.level;
  const candidates = correctHypotheses(DIFFERENCE_CLAIMS.flatMap((claim) => candidatesOf(claim, found, tools)));
  return [
    describePresence(networks, { settings: resolved, tools }),
    ...DIFFERENCE_CLAIMS.map((claim): ClaimResult => {
      const { id, text, source } = claim;
      const rows = candidates.filter((candidate) => candidate.claim === claim).map((each) => rowOf(each, alpha));
      return { id, text, source, ...overall(rows), rows };
    }),
  ];
}
