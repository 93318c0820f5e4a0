import {
  type ClaimResult,
  type ComparisonResult,
  entriesPhrase,
  type Supervision,
  type Verdict,
} from "../results/mod.ts";
import { DIFFERENCE_CLAIMS, type DifferenceClaim, MEASURE_WORDS } from "./_claim_texts.ts";
import type { AnalysedNetwork } from "./_family.ts";
import { judgePresence } from "./_presence.ts";
import { verdictOf } from "./_verdict.ts";
import { ALL_CATEGORIES } from "./analyse_network.ts";
import { ALL_UNITS } from "./compare_families.ts";
import { type AnalysisOptions, type ResolvedOptions, resolveOptions } from "./options.ts";

type Row = ClaimResult["rows"][number];

const LANGUAGE: readonly Supervision[] = ["language", "contrastive"];

function number(value: number): string {
  return (Math.abs(value) < 0.001 && value !== 0 ? value.toExponential(1) : String(Number(value.toPrecision(3))))
    .replace("-", "−");
}

interface Judged {
  readonly row: Row;
  readonly comparison: ComparisonResult;
}

/** What a comparison found, or why it could not be tested. */
function describe({ row, comparison }: Judged, level: number): string {
  const { a, b, measure, interval, entries, reason } = row;
  const { valueA, valueB, difference } = comparison;
  const over = entriesPhrase(measure, entries);
  const what = row.category === ALL_UNITS ? "every sampled unit, which no criterion changes" : MEASURE_WORDS[measure];
  const title = over === "" ? what : `${what} (${over})`;
  if (difference === null || valueA === null || valueB === null) {
    return `${title}: not tested in ${b} against ${a}: ${reason ?? "it has no value"}`;
  }
  const spread = interval === null
    ? `not tested: ${reason ?? "it has no interval"}`
    : `${Number((100 * level).toPrecision(6))} % interval ${number(interval[0])} to ${number(interval[1])}${
      reason === undefined ? "" : `; ${reason}`
    }`;
  return `${title}: ${number(valueB)} in ${b} against ${number(valueA)} in ${a}, ` +
    `a difference of ${number(difference)} (${spread})`;
}

function rowOf(comparison: ComparisonResult, sign: 1 | -1): Row {
  const { criterion, a, b, measure, category, matched, difference, interval, effect, effectReason, entries } =
    comparison;
  const reason = comparison.reason ?? (interval === null ? "it has no interval" : undefined);
  return {
    criterion,
    a,
    b,
    measure,
    ...(category === ALL_CATEGORIES ? {} : { category }),
    matched,
    verdict: verdictOf(interval, sign, [comparison.valueA, comparison.valueB]),
    difference,
    interval,
    effect,
    ...(effectReason === undefined ? {} : { effectReason }),
    ...(entries === undefined ? {} : { entries }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * The row that decides: of the first pair with the claimed kind of network, or with the other where that was not run, by the
 * measure fixed beforehand. Where it cannot be tested nothing else stands in for it.
 */
function decisive(
  rows: readonly Judged[],
  claim: DifferenceClaim,
  supervisionOf: ReadonlyMap<string, Supervision>,
): Judged | undefined {
  const first = claim.primary;
  const order: Supervision[] = [first, first === "language" ? "contrastive" : "language"];
  const [measure] = claim.measures[0];
  const candidates = rows.filter(({ row }) => row.measure === measure && !row.matched && row.category === undefined);
  return order.flatMap((supervision) => candidates.filter(({ row }) => supervisionOf.get(row.b) === supervision))[0];
}

function judge(
  claim: DifferenceClaim,
  comparisons: readonly ComparisonResult[],
  supervisionOf: ReadonlyMap<string, Supervision>,
  { criterion, level }: ResolvedOptions,
): ClaimResult {
  const { id, text, source } = claim;
  const relevant = comparisons.filter((comparison) =>
    comparison.depth === null && [ALL_CATEGORIES, ALL_UNITS].includes(comparison.category) &&
    supervisionOf.get(comparison.a) === "vision" && LANGUAGE.includes(supervisionOf.get(comparison.b)!)
  );
  const rows = claim.measures.flatMap(([measure, sign]) =>
    relevant.filter((comparison) => comparison.measure === measure && (claim.matched || !comparison.matched))
      .map((comparison) => ({ comparison, row: rowOf(comparison, sign) }))
  );
  const mains = rows.filter(({ row }) => row.criterion === criterion.name);
  const deciding = decisive(mains, claim, supervisionOf);
  const untrained = comparisons.filter(({ a }) => supervisionOf.get(a) === "untrained");
  return {
    id,
    text,
    source,
    verdict: deciding?.row.verdict ?? "not tested",
    evidence: deciding
      ? evidenceOf(deciding, mains, { claim, untrained, level })
      : "No image-only network and network that learned from language were both run.",
    rows: rows.map(({ row }) => row),
  };
}

function evidenceOf(
  deciding: Judged,
  mains: readonly Judged[],
  { claim, untrained, level }: {
    claim: DifferenceClaim;
    untrained: readonly ComparisonResult[];
    level: number;
  },
): string {
  const { row } = deciding;
  const beside = mains.filter((each) => each !== deciding && each.row.difference !== null);
  const samePair = beside.filter((each) => each.row.a === row.a && each.row.b === row.b);
  const parts = [describe(deciding, level)];
  const matched = samePair.find((each) => each.row.measure === row.measure && each.row.matched);
  if (matched) parts.push(`at equal counts ${number(matched.row.difference!)} (${matched.row.verdict})`);
  if (claim.id === "localization") {
    const across = samePair.find((each) => each.row.measure === "localization.across.gini" && !each.row.matched);
    if (across) parts.push(`${describe(across, level)}, by which it ${verb(across.row.verdict)}`);
  }
  const other = beside.find((each) =>
    each.row.measure === row.measure && !each.row.matched && each.row.category === undefined && each.row.b !== row.b
  );
  if (other) {
    parts.push(`${other.row.b} against ${other.row.a} ${number(other.row.difference!)} (${other.row.verdict})`);
  }
  if (claim.id !== "consistency") return `Averaged over depth and categories, ${parts.join("; ")}.`;
  parts.push(...standing(deciding, untrained));
  const every = samePair.find((each) => each.row.category === ALL_UNITS);
  const beyond = every
    ? ` Over ${
      [`${describe(every, level)}, by which it ${verb(every.row.verdict)}`, ...standing(every, untrained)].join("; ")
    }.`
    : "";
  return `Averaged over categories, ${parts.join("; ")}.${beyond}`;
}

/** Where the untrained stand by the same number. */
function standing({ comparison }: Judged, untrained: readonly ComparisonResult[]): string[] {
  return untrained.flatMap(({ a, b, measure, category, depth, matched, criterion, valueA, reason }) =>
    b === comparison.b && measure === comparison.measure && category === comparison.category && depth === null &&
      !matched && criterion === comparison.criterion
      ? [
        `untrained, ${a} ${
          valueA === null ? `is not compared (${reason ?? "it has no value"})` : `has ${number(valueA)}`
        }`,
      ]
      : []
  );
}

function verb(verdict: Verdict): string {
  return verdict === "holds" || verdict === "fails" ? verdict : `is ${verdict}`;
}

/**
 * Judges the paper's six claims: each by its own comparison under the main criterion, and under every criterion, measure
 * and pair in the rows beside.
 *
 * A verdict is `holds` when the interval of the difference excludes zero in the claimed direction, `fails` when it
 * excludes zero in the other, else `inconclusive`; `not tested` says why in the row's reason or the evidence. The verdict
 * of a claim on language is that of the language-supervised family (CLIP's where none was run, and for consistency), as
 * selected, by the measure that `PRIMARY_MEASURES` names and by no other; localization is judged within maps, and the
 * evidence gives the verdict across channels too. Consistency is judged over selected units, with every sampled unit beside.
 *
 * @param networks The networks compared.
 * @param comparisons What {@linkcode compareFamilies} gave of them.
 * @param options The options of the analyses.
 * @returns Six claims, always.
 */
export function judgeClaims(
  networks: readonly AnalysedNetwork[],
  comparisons: readonly ComparisonResult[],
  options: AnalysisOptions,
): ClaimResult[] {
  const resolved = resolveOptions(options);
  const supervisionOf = new Map(networks.map(({ family, supervision }) => [family, supervision] as const));
  return [
    judgePresence(networks, resolved),
    ...DIFFERENCE_CLAIMS.map((claim) => judge(claim, comparisons, supervisionOf, resolved)),
  ];
}
