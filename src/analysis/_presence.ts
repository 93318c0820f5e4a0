import { permutationPValue } from "../resampling/mod.ts";
import { type ClaimResult, isWidthless, type Verdict, WIDTHLESS } from "../results/mod.ts";
import { PRESENCE } from "./_claim_texts.ts";
import { ownNumber } from "./_difference.ts";
import { type AnalysedNetwork, familiesOf, type Family, type Reader, slopeReader } from "./_family.ts";
import { fixedByCriterion, NOT_PERMUTED, notResampled } from "./_not_resampled.ts";
import { weightedSum } from "./_replicates.ts";
import { verdictOf } from "./_verdict.ts";
import type { ResolvedOptions } from "./options.ts";

type Row = ClaimResult["rows"][number];

/** What stands on the other side of a family's own number. */
const CHANCE = "chance";

/** The scale of what a slope is made of, also where it is next to nothing itself. */
const PROPORTIONS: readonly number[] = [1];

interface Chance {
  readonly mean: number;
  readonly pValue: number;
}

/** A network's proportion under permuted labels, averaged over taps and categories. */
function chanceOf({ analysis }: AnalysedNetwork, criterion: string, targets: readonly string[]): Chance | null {
  const parts = analysis.replicates.permuted.flatMap((tap) =>
    targets.flatMap((category) => tap.get(criterion)?.get(category) ?? [])
  );
  if (parts.length === 0) return null;
  const permutations = Math.min(...parts.map(({ permuted }) => permuted.length));
  const nulls = new Float64Array(permutations);
  for (const { permuted } of parts) for (let p = 0; p < permutations; p++) nulls[p] += permuted[p] / parts.length;
  const observed = parts.reduce((sum, part) => sum + part.observed / parts.length, 0);
  return {
    mean: nulls.reduce((sum, value) => sum + value, 0) / permutations,
    pValue: permutationPValue(observed, nulls),
  };
}

function proportionRow(
  family: Family,
  criterion: string,
  targets: readonly string[],
  settings: ResolvedOptions,
): Row & { readonly chance: number | null } {
  const place = { criterion, a: CHANCE, b: family.name, measure: "proportion" as const, matched: false };
  const chances = family.networks.map((network) => chanceOf(network, criterion, targets));
  const chance = chances.every((each) => each !== null)
    ? chances.reduce((sum, each) => sum + each.mean / chances.length, 0)
    : null;
  const proportion: Reader = ({ replicates }) => {
    const cells = replicates.taps.flatMap((tap) =>
      targets.map((category) => tap.get(criterion, category, "proportion"))
    );
    const missing = cells.find(({ value }) => value === null);
    if (missing || cells.length === 0) return missing ?? { value: null, draws: null, reason: "there is no tap" };
    return {
      value: cells.reduce((sum, { value }) => sum + value!, 0) / cells.length - (chance ?? 0),
      draws: weightedSum(cells.map(({ draws }) => ({ draws, weight: 1 / cells.length }))),
    };
  };
  const { difference, interval, effect, effectReason, reason } = ownNumber(family, proportion, settings);
  const sized = effectReason === undefined ? { effect } : { effect, effectReason };
  const fixed = fixedByCriterion(settings.criteria, place);
  if (fixed !== undefined && difference !== null) {
    return { ...place, verdict: "not tested", difference, interval: null, effect: null, reason: fixed, chance };
  }
  if (chance === null) {
    return {
      ...place,
      verdict: "not tested",
      difference,
      interval,
      ...sized,
      reason: settings.criteria.some(({ name, needsResponses }) => name === criterion && needsResponses)
        ? NOT_PERMUTED
        : "labels were not permuted",
      chance,
    };
  }
  const observed = [difference === null ? null : difference + chance];
  const byInterval = verdictOf(interval, 1, observed);
  const significant = chances.every((each) => each!.pValue <= 1 - settings.level);
  const verdict: Verdict = byInterval === "holds" && !significant ? "inconclusive" : byInterval;
  const why = interval !== null && isWidthless(interval, observed) ? WIDTHLESS : reason;
  return { ...place, verdict, difference, interval, ...sized, ...(why === undefined ? {} : { reason: why }), chance };
}

function slopeRow(family: Family, criterion: string, targets: readonly string[], settings: ResolvedOptions): Row {
  const found = ownNumber(family, slopeReader(criterion, targets), settings);
  const { difference, interval, effect, effectReason } = found;
  const place = { criterion, a: CHANCE, b: family.name, measure: "depthSlope" as const, matched: false };
  const fixed = fixedByCriterion(settings.criteria, place);
  if (fixed !== undefined && difference !== null) {
    return { ...place, verdict: "not tested", difference, interval: null, effect: null, reason: fixed };
  }
  const reason = interval !== null
    ? (isWidthless(interval, PROPORTIONS) ? WIDTHLESS : found.reason)
    : (difference === null ? undefined : notResampled(settings.criteria, place)) ?? found.reason;
  return {
    ...place,
    verdict: verdictOf(interval, 1, PROPORTIONS),
    difference,
    interval,
    effect,
    ...(effectReason === undefined ? {} : { effectReason }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function overall(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0 || verdicts.some((verdict) => verdict === "not tested")) return "not tested";
  if (verdicts.some((verdict) => verdict === "fails")) return "fails";
  return verdicts.every((verdict) => verdict === "holds") ? "holds" : "inconclusive";
}

const percent = (value: number): string => `${(100 * value).toPrecision(3)} %`;

/**
 * Judges whether every trained family selects more units than permuted labels do, and more of them deeper. It holds when
 * both hold for each family and fails when either fails for one.
 */
export function judgePresence(networks: readonly AnalysedNetwork[], options: ResolvedOptions): ClaimResult {
  const families = familiesOf(networks).filter(({ supervision }) => supervision !== "untrained");
  const found = options.criteria.flatMap(({ name }) =>
    families.map((family) => ({
      family,
      criterion: name,
      proportion: proportionRow(family, name, options.targets, options),
      slope: slopeRow(family, name, options.targets, options),
    }))
  );
  const main = found.filter(({ criterion }) => criterion === options.criterion.name);
  const untested = [
    ...new Set(
      main.flatMap(({ proportion, slope }) =>
        [proportion, slope].flatMap(({ verdict, reason }) => (verdict === "not tested" && reason ? [reason] : []))
      ),
    ),
  ];
  const why = untested.length === 0 ? "" : ` Not tested: ${untested.join("; ")}.`;
  const sentences = main.map(({ family, proportion: { difference, chance }, slope }) =>
    difference === null
      ? `${family.name} was not measured`
      : `${family.name} selects ${percent(difference + (chance ?? 0))} of units per category` +
        `${chance === null ? "" : ` (${percent(chance)} with labels permuted)`}` +
        `${slope.difference === null ? "" : `, rising by ${percent(slope.difference)} from first tap to last`}`
  );
  return {
    ...PRESENCE,
    verdict: overall(main.flatMap(({ proportion, slope }) => [proportion.verdict, slope.verdict])),
    evidence: families.length === 0
      ? "No trained network was run."
      : `Averaged over taps, ${sentences.join("; ")}.${why}`,
    rows: found.flatMap(({ proportion: { chance: _, ...row }, slope }) => [row, slope]),
  };
}
