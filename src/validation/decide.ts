import {
  ALL_CATEGORIES,
  ALL_UNITS,
  type AnalysedNetwork,
  type AnalysisSettings,
  type AnalysisTools,
  compareFamilies,
  judgeClaims,
} from "../inference/mod.ts";
import type { ComparisonResult } from "../results/mod.ts";

/** What comparing two families says by one primary measure. */
export interface Decision {
  /** `valueB − valueA`. */
  readonly difference: number | null;
  /** Whether the two differ by their own p, uncorrected, at 5 %; null where it cannot be tested. */
  readonly differs: boolean | null;
  /** Whether they are equivalent by that row alone: not different, and its own p of equivalence at most 5 %. */
  readonly equivalent: boolean | null;
}

/** What comparing two families says by every primary measure, and of the claims together. */
export interface Decisions {
  /** By the property that the measure is about: `quantity`, `specificity`, … */
  readonly own: Readonly<Record<string, Decision>>;
  /** Whether any claim holds or fails, after correction over all of them. */
  readonly anyDecided: boolean;
  /** Whether any claim is called equivalent, after correction. */
  readonly anyEquivalent: boolean;
}

const ALPHA = 0.05;

function decisionOf({ difference, interval, pValue, equivalenceP, entries }: ComparisonResult): Decision {
  const enough = entries === undefined || entries.used >= entries.of / 2;
  if (interval === null || !enough) return { difference, differs: null, equivalent: null };
  const differs = pValue !== null && pValue <= ALPHA;
  return { difference, differs, equivalent: !differs && equivalenceP !== null && equivalenceP <= ALPHA };
}

/** Compares two families and judges the claims on them: the one place where calibration meets the comparison of families. */
export function decide(
  networks: readonly AnalysedNetwork[],
  [a, b]: readonly [string, string],
  { settings, tools }: { readonly settings: AnalysisSettings; readonly tools: AnalysisTools },
): Decisions {
  const own = { ...settings, pairs: [{ a, b, claims: true }] };
  const found = compareFamilies(networks, own, tools);
  const claims = judgeClaims(networks, found, { settings: own, tools });
  const said = claims.flatMap(({ rows }) => rows.filter(({ hypothesis }) => hypothesis).map(({ verdict }) => verdict));
  return {
    own: Object.fromEntries(tools.measures.map(({ name, kind, group }) => {
      const category = kind === "network" ? ALL_UNITS : ALL_CATEGORIES;
      const row = found.comparisons.find((each) =>
        each.measure === name && each.category === category && each.depth === null && !each.matched &&
        each.criterion === tools.criteria[0].name
      );
      return [group, row === undefined ? { difference: null, differs: null, equivalent: null } : decisionOf(row)];
    })),
    anyDecided: said.includes("holds") || said.includes("fails"),
    anyEquivalent: said.includes("equivalent"),
  };
}
