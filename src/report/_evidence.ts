import { ALL_CATEGORIES, ALL_UNITS, verdictOf } from "../inference/mod.ts";
import type { ClaimResult, ClaimRow, ComparedPair, MeasureResult, Results } from "../results/mod.ts";
import { leftOut } from "./_format.ts";
import { measureNamed } from "./_measures.ts";

/** One question that the page opens with, and its answer in each of the {@linkcode mainPairs}. */
export interface Question {
  /** The claim, or the measure where no claim is judged. */
  readonly text: string;
  /** The measure that was fixed beforehand. */
  readonly measure: MeasureResult;
  /** The claim that it is; undefined where no claim is judged. */
  readonly claim?: ClaimResult;
  /** In the order of the pairs; undefined where a pair was not compared by the measure. */
  readonly answers: readonly (ClaimRow | undefined)[];
}

/** The pairs that the page opens with: those that the claims are judged on, else those of trained families, else all. */
export function mainPairs({ pairs, networks }: Results): ComparedPair[] {
  const claimed = pairs.filter(({ claims }) => claims);
  if (claimed.length > 0) return claimed;
  const untrained = new Set(networks.filter(({ supervision }) => supervision === "untrained").map((n) => n.family));
  const trained = pairs.filter(({ a, b }) => !untrained.has(a) && !untrained.has(b));
  return trained.length > 0 ? trained : [...pairs];
}

/**
 * What the first screen, the title and the table of claims say, all from the same rows: averaged over layers and categories, under
 * the main criterion, by the measure that was fixed beforehand.
 */
export function questions(results: Results): Question[] {
  const pairs = mainPairs(results);
  const claims = results.claims.filter(({ id, rows }) => id !== "presence" && rows.length > 0);
  if (pairs.some(({ claims }) => claims) && claims.length > 0) {
    return claims.map((claim) => ({
      text: claim.text,
      measure: decidingMeasure(claim, results),
      claim,
      answers: decidingRows(claim, results),
    }));
  }
  return results.measures.filter(({ primary }) => primary).map((measure) => ({
    text: measure.label,
    measure,
    answers: pairs.map((pair) => comparedRow(measure, pair, results)),
  })).filter(({ answers }) => answers.some((answer) => answer !== undefined));
}

/** The row of a claim that speaks of each of the {@linkcode mainPairs}, by the measure that was fixed beforehand. */
export function decidingRows(claim: ClaimResult, results: Results): (ClaimRow | undefined)[] {
  if (claim.rows.length === 0) return [];
  const measure = decidingMeasure(claim, results);
  return mainPairs(results).map((pair) => decidingRow(claim, measure, pair, results));
}

function decidingMeasure({ rows }: ClaimResult, results: Results): MeasureResult {
  const row = rows.find(({ hypothesis }) => hypothesis) ??
    rows.find(({ measure }) => measureNamed(results, measure).primary) ?? rows[0];
  return measureNamed(results, row.measure);
}

/** The row of a claim that speaks of a pair: its hypothesis, or what would be one of families with more trainings. */
function decidingRow(
  { rows }: ClaimResult,
  measure: MeasureResult,
  { a, b }: ComparedPair,
  { criterion }: Results,
): ClaimRow | undefined {
  const own = rows.filter((row) =>
    row.a === a && row.b === b && row.measure === measure.name && row.criterion === criterion.name && !row.matched
  );
  const whole = measure.primaryOver === ALL_UNITS;
  return own.find(({ hypothesis }) => hypothesis) ?? own.find(({ category }) => (category !== undefined) === whole) ??
    own[0];
}

/** The same of a pair on which no claim is judged, in words for a few networks. */
function comparedRow(measure: MeasureResult, { a, b }: ComparedPair, results: Results): ClaimRow | undefined {
  const category = measure.primaryOver === ALL_UNITS ? ALL_UNITS : ALL_CATEGORIES;
  const found = results.comparisons.find((row) =>
    row.a === a && row.b === b && row.measure === measure.name && row.category === category && row.depth === null &&
    !row.matched && row.criterion === results.criterion.name
  );
  if (found === undefined) return undefined;
  const { depth: _, category: __, ...rest } = found;
  const verdict = verdictOf({ ...found, inference: "networks" }, { sign: 1, alpha: 1 - results.settings.level });
  return { ...rest, ...(category === ALL_CATEGORIES ? {} : { category }), hypothesis: false, verdict };
}

/** Why a row decides nothing, in a few words; empty where it decides. */
export function openReason(row: ClaimRow, { measures, settings }: Pick<Results, "measures" | "settings">): string {
  if (row.verdict !== "inconclusive" && row.verdict !== "not tested") return "";
  const { entries } = row;
  if (entries !== undefined && entries.used < entries.of / 2) {
    return `too few selective units in ${entries.of - entries.used} of ${entries.of} layers and categories`;
  }
  if (row.reason !== undefined) return row.reason;
  if (row.interval === null) return "it has no interval";
  if (row.interval[0] > 0 || row.interval[1] < 0) {
    return row.hypothesis ? "not clear after correction over all claims" : `p is above ${leftOut(settings.level)}`;
  }
  const { smallest } = measureNamed({ measures }, row.measure);
  return row.inference === "families" && smallest !== null
    ? "the interval includes zero and differences that matter"
    : "the interval includes zero";
}
