import { type Measure, PROPORTION } from "../measures/mod.ts";
import { type ClaimResult, isWidthless, type Verdict, WIDTHLESS } from "../results/mod.ts";
import { meanOf, permutationPValue } from "../statistics/mod.ts";
import { ownNumber } from "./_difference.ts";
import { NOT_RESAMPLED } from "./analyse_layer.ts";
import { PRESENCE } from "./claims.ts";
import { type AnalysedNetwork, familiesOf, type Family, meanReader, networkReader, type Reader } from "./family.ts";
import { getCell } from "./cell_table.ts";
import type { AnalysisTools, ResolvedSettings } from "./settings.ts";
import { verdictOf } from "./_verdict.ts";

type Row = ClaimResult["rows"][number];

/** What stands on the other side of a family's own number. */
const CHANCE = "chance";
/** A slope is made of proportions: rounding is judged on their scale, also where the slope is next to 0. */
const PROPORTIONS: readonly number[] = [1];

interface Chance {
  readonly mean: number;
  readonly pValue: number;
}

/** A network's proportion with labels permuted, averaged over layers and targets. */
function chanceOf({ analysis }: AnalysedNetwork): Chance | null {
  const parts = analysis.numbers.permuted.flatMap((layer) => layer ?? []);
  if (parts.length === 0) return null;
  const nulls = new Float64Array(Math.min(...parts.map(({ permuted }) => permuted.length)));
  for (const { permuted } of parts) for (let p = 0; p < nulls.length; p++) nulls[p] += permuted[p] / parts.length;
  const observed = parts.reduce((sum, part) => sum + part.observed / parts.length, 0);
  return {
    mean: meanOf(nulls)!,
    pValue: permutationPValue(observed, nulls),
  };
}

interface Judging {
  readonly settings: ResolvedSettings;
  readonly tools: AnalysisTools;
}

function proportionRow(family: Family, criterion: string, { settings, tools }: Judging): Row {
  const place = { criterion, a: CHANCE, b: family.name, measure: PROPORTION.name, matched: false };
  const isMain = criterion === tools.criteria[0].name;
  const chances = family.networks.map((network) => isMain ? chanceOf(network) : null);
  const chance = chances.every((each) => each !== null)
    ? chances.reduce((sum, each) => sum + each.mean / chances.length, 0)
    : null;
  const read: Reader = (network) => {
    const cells = network.numbers.layers.flatMap((layer) =>
      settings.targets.map((category): Reader => () => getCell(layer, [criterion, category, PROPORTION.name]))
    );
    const cell = meanReader(cells)(network);
    return cell.value === null ? cell : { ...cell, value: cell.value - (chance ?? 0) };
  };
  const { difference, interval, effect, effectReason, reason } = ownNumber(family, read, settings.level);
  const value = difference === null ? null : difference + (chance ?? 0);
  const sized = {
    valueA: chance,
    valueB: value,
    ...(effectReason === undefined ? { effect } : { effect, effectReason }),
  };
  const rule = tools.criteria.find(({ name }) => name === criterion);
  const fixed = rule && PROPORTION.fixedBy?.(rule);
  if (fixed !== undefined && difference !== null) {
    return { ...place, verdict: "not tested", difference, interval: null, ...sized, effect: null, reason: fixed };
  }
  if (chance === null) {
    const why = rule?.needsResponses ? NOT_RESAMPLED : "labels were not permuted under this criterion";
    return { ...place, verdict: "not tested", difference, interval, ...sized, reason: why };
  }
  const observed = [difference === null ? null : difference + chance];
  const byInterval = verdictOf(interval, 1, observed);
  const significant = chances.every((each) => each!.pValue <= 1 - settings.level);
  const verdict: Verdict = byInterval === "holds" && !significant ? "inconclusive" : byInterval;
  const why = interval !== null && isWidthless(interval, observed) ? WIDTHLESS : reason;
  return { ...place, verdict, difference, interval, ...sized, ...(why === undefined ? {} : { reason: why }) };
}

function slopeRow(family: Family, criterion: string, measure: Measure, { settings, tools }: Judging): Row {
  const read = meanReader(settings.targets.map((category) => networkReader(criterion, category, measure.name)));
  const found = ownNumber(family, read, settings.level);
  const { difference, interval, effect, effectReason } = found;
  const values = { valueA: null, valueB: difference, difference };
  const place = { criterion, a: CHANCE, b: family.name, measure: measure.name, matched: false };
  const rule = tools.criteria.find(({ name }) => name === criterion);
  const fixed = rule && measure.fixedBy?.(rule);
  if (fixed !== undefined && difference !== null) {
    return { ...place, verdict: "not tested", ...values, interval: null, effect: null, reason: fixed };
  }
  const reason = interval !== null
    ? (isWidthless(interval, PROPORTIONS) ? WIDTHLESS : found.reason)
    : rule?.needsResponses
    ? NOT_RESAMPLED
    : found.reason;
  return {
    ...place,
    verdict: verdictOf(interval, 1, PROPORTIONS),
    ...values,
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

/**
 * Judges whether every trained family selects more units than permuted labels do, and more of them deeper. It holds when
 * both hold for each family and fails when either fails for one.
 */
export function judgePresence(networks: readonly AnalysedNetwork[], judging: Judging): ClaimResult {
  const families = familiesOf(networks).filter(({ supervision }) => supervision !== "untrained");
  const slopes = judging.tools.measures.filter(({ kind, group }) => kind === "network" && group === PROPORTION.group);
  const rows = judging.tools.criteria.flatMap(({ name }) =>
    families.flatMap((family) => [
      proportionRow(family, name, judging),
      ...slopes.map((measure) => slopeRow(family, name, measure, judging)),
    ])
  );
  const main = rows.filter(({ criterion }) => criterion === judging.tools.criteria[0].name);
  return { ...PRESENCE, verdict: overall(main.map(({ verdict }) => verdict)), decisive: null, rows };
}
