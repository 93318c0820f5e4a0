import type { ClaimResult, ComparisonResult, Supervision } from "../results/mod.ts";
import { ALL_CATEGORIES } from "./_compare_images.ts";
import { judgePresence } from "./_presence.ts";
import { verdictOf } from "./_verdict.ts";
import { DIFFERENCE_CLAIMS, type DifferenceClaim } from "./claims.ts";
import { ALL_UNITS } from "./compare_families.ts";
import type { AnalysedNetwork } from "./family.ts";
import { type AnalysisSettings, type AnalysisTools, resolveSettings } from "./settings.ts";

type Row = ClaimResult["rows"][number];

const LANGUAGE: readonly Supervision[] = ["language", "contrastive"];

function rowOf(comparison: ComparisonResult, sign: 1 | -1): Row {
  const { criterion, a, b, measure, category, matched, difference, interval, effect, effectReason, entries } =
    comparison;
  const { valueA, valueB } = comparison;
  const reason = comparison.reason ?? (interval === null ? "it has no interval" : undefined);
  return {
    criterion,
    a,
    b,
    measure,
    ...(category === ALL_CATEGORIES ? {} : { category }),
    matched,
    verdict: verdictOf(interval, sign, [valueA, valueB]),
    valueA,
    valueB,
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
 * measure fixed beforehand; where a study names the pairs that the claims are about, of the first of them. Where it cannot be tested nothing else stands in for it.
 */
function decisive(
  rows: readonly Row[],
  { about }: DifferenceClaim,
  { measure, criterion, supervisionOf }: {
    readonly measure: string;
    readonly criterion: string;
    readonly supervisionOf: ReadonlyMap<string, Supervision>;
  },
): number | null {
  for (const supervision of [about, ...LANGUAGE.filter((each) => each !== about)]) {
    const index = rows.findIndex((row) =>
      row.criterion === criterion && row.measure === measure && !row.matched && row.category === undefined &&
      supervisionOf.get(row.b) === supervision
    );
    if (index >= 0) return index;
  }
  const named = rows.findIndex((row) =>
    row.criterion === criterion && row.measure === measure && !row.matched && row.category === undefined
  );
  return named >= 0 ? named : null;
}

function judge(
  claim: DifferenceClaim,
  comparisons: readonly ComparisonResult[],
  { tools, supervisionOf, concerns }: {
    readonly tools: AnalysisTools;
    readonly supervisionOf: ReadonlyMap<string, Supervision>;
    /** Whether a pair of families is one that the claims are about. */
    readonly concerns: (a: string, b: string) => boolean;
  },
): ClaimResult {
  const { id, text, source, group, sign } = claim;
  const kinds = tools.measures.filter((measure) =>
    measure.group === group && (measure.kind !== "network" || measure.needsDissimilarities)
  );
  const primary = kinds.find((measure) => measure.primary) ?? kinds[0];
  const ordered = [primary, ...kinds.filter((measure) => measure !== primary)];
  const relevant = comparisons.filter((comparison) =>
    comparison.depth === null && [ALL_CATEGORIES, ALL_UNITS].includes(comparison.category) &&
    concerns(comparison.a, comparison.b)
  );
  const rows = ordered.flatMap(({ name, direction }) =>
    relevant.filter(({ measure }) => measure === name).map((comparison) =>
      rowOf(comparison, sign === direction ? 1 : -1)
    )
  );
  const deciding = decisive(rows, claim, { measure: primary.name, criterion: tools.criteria[0].name, supervisionOf });
  return {
    id,
    text,
    source,
    verdict: deciding === null ? "not tested" : rows[deciding].verdict,
    decisive: deciding,
    rows,
  };
}

/**
 * Judges the paper's six claims: each by its own comparison under the main criterion, and under every criterion, measure
 * and pair in the rows beside.
 *
 * A verdict is `holds` when the interval of the difference excludes zero in the claimed direction, `fails` when it
 * excludes zero in the other, else `inconclusive`; `not tested` says why in the row's reason. The verdict of a claim on
 * language is that of the language-supervised family (CLIP's where none was run, and for consistency), as selected, by the
 * primary measure of its property and by no other.
 *
 * @param networks The networks compared.
 * @param comparisons What {@linkcode compareFamilies} gave of them.
 * @returns Six claims, always.
 */
export function judgeClaims(
  networks: readonly AnalysedNetwork[],
  comparisons: readonly ComparisonResult[],
  { settings, tools }: { readonly settings: AnalysisSettings; readonly tools: AnalysisTools },
): ClaimResult[] {
  const supervisionOf = new Map(networks.map(({ family, supervision }) => [family, supervision] as const));
  const named = (settings.pairs ?? []).filter(({ claims }) => claims === true);
  const concerns = (a: string, b: string): boolean =>
    named.length > 0
      ? named.some((pair) => pair.a === a && pair.b === b)
      : supervisionOf.get(a) === "vision" && LANGUAGE.includes(supervisionOf.get(b)!);
  return [
    judgePresence(networks, { settings: resolveSettings(settings), tools }),
    ...DIFFERENCE_CLAIMS.map((claim) => judge(claim, comparisons, { tools, supervisionOf, concerns })),
  ];
}
