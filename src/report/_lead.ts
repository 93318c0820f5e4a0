import type { MeasureGroup } from "../measures/mod.ts";
import {
  type ClaimRow,
  type ComparisonResult,
  entriesPhrase,
  isWidthless,
  type MeasureResult,
  type Results,
} from "../results/mod.ts";
import { type Family, runFamilies, SUPERVISION_LABELS } from "./_families.ts";
import {
  capitalized,
  formatInterval,
  formatLevel,
  formatList,
  formatNumber,
  formatPercent,
  formatSigned,
} from "./_format.ts";
import { formatValue, primaryOf } from "./_measures.ts";

/** The two families that the lead compares: vision against language where both ran, else against contrast. */
export function leadPair(results: Results): { a: Family; b: Family } | null {
  const families = runFamilies(results);
  const of = (id: string): Family | undefined => families.find((family) => family.id === id);
  const rank = (a: Family, b: Family): number =>
    a.supervision !== "vision" ? 9 : b.supervision === "language" ? 0 : b.supervision === "contrastive" ? 1 : 9;
  const pairs = results.comparisons.flatMap(({ a, b }) => {
    const [first, second] = [of(a), of(b)];
    return first && second ? [{ a: first, b: second }] : [];
  });
  pairs.sort((x, y) => rank(x.a, x.b) - rank(y.a, y.b));
  return pairs.length > 0 && rank(pairs[0].a, pairs[0].b) < 9 ? pairs[0] : null;
}

/** The depth-averaged comparison of a measure over all categories under the main criterion. */
function averageComparison(
  results: Results,
  pair: { a: Family; b: Family },
  measure: MeasureResult,
): ComparisonResult | null {
  return results.comparisons.find((row) =>
    row.a === pair.a.id && row.b === pair.b.id && row.measure === measure.name && row.category === "all" &&
    row.depth === null && !row.matched && row.criterion === results.criterion.name
  ) ?? null;
}

/** Two sentences that answer the question with numbers, from the comparisons themselves. */
export function leadSentences(results: Results): string[] {
  const pair = leadPair(results);
  if (!pair) return withoutPair(results);
  const sentences = [proportionSentence(results, pair), changesSentence(results, pair)];
  return sentences.filter((sentence) => sentence !== null);
}

function withoutPair(results: Results): string[] {
  const families = runFamilies(results);
  if (families.length === 0) {
    return ["No network was run, so this report says nothing about what language changes; below is why."];
  }
  const measure = primaryOf(results, "quantity");
  const deepest = measure === undefined ? [] : families.map((family) => {
    const shares = family.networks.flatMap((network) => {
      const categories = Object.values(network.layers[network.layers.length - 1]?.categories ?? {});
      return categories.flatMap(({ measures }) => measures[measure.name]?.value ?? []);
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
    return `${family.id} ${formatValue(measure, mean)}`;
  });
  const untested =
    "No vision network was run beside a language-trained one, so what language changes was not tested here.";
  if (deepest.length === 0) return [untested];
  return [
    `At its deepest layer, each network had this share of units selective for a category on average: ${
      formatList(deepest)
    }.`,
    untested,
  ];
}

type Direction = "more" | "fewer" | "unclear" | "untested";

/** The hypothesis that a row stands for, where it does. */
function hypothesisOf({ a, b, measure }: ComparisonResult, claims: Results["claims"]): ClaimRow | undefined {
  return claims.flatMap(({ rows }) => rows).find((each) =>
    each.hypothesis && each.a === a && each.b === b && each.measure === measure
  );
}

/** Which way a row points; of a hypothesis, after the correction over all of them. */
function directionOf(row: ComparisonResult, { claims }: Results): Direction {
  const { valueA, valueB, difference, interval } = row;
  if (difference === null || interval === null) return "untested";
  const own = hypothesisOf(row, claims);
  const open = isWidthless(interval, [valueA, valueB]) || (interval[0] <= 0 && interval[1] >= 0) ||
    (own !== undefined && own.verdict !== "holds" && own.verdict !== "fails");
  if (open) return "unclear";
  return difference > 0 ? "more" : "fewer";
}

/** Why a row was not tested. */
function reasonOf({ reason }: ComparisonResult): string {
  return reason ?? "it has no interval";
}

function proportionSentence(results: Results, pair: { a: Family; b: Family }): string | null {
  const measure = primaryOf(results, "quantity");
  const row = measure && averageComparison(results, pair, measure);
  if (!row) return null;
  const [b, a] = [SUPERVISION_LABELS[pair.b.supervision], SUPERVISION_LABELS[pair.a.supervision]];
  const whose = row.inference === "families" ? "networks" : "this network";
  const counterpart = row.inference === "families" ? "those" : "its counterpart";
  const whether = `Whether training with ${b} changes how many units are category-selective`;
  if (row.difference === null || row.valueA === null || row.valueB === null) {
    return `${whether} was not tested: ${reasonOf(row)}.`;
  }
  const low = row.interval ? formatNumber(100 * row.interval[0], 2) : null;
  const high = row.interval ? formatNumber(100 * row.interval[1], 2) : null;
  const range = low === null
    ? ""
    : `; ${formatLevel(results.settings.level)} interval of the difference ${low} to ${high} points`;
  const shares = `${pair.b.id}, ${formatPercent(row.valueB)} of units; ${pair.a.id}, ${
    formatPercent(row.valueA)
  }${range}`;
  const others = otherPairs(results, pair).map((other) => otherPhrase(results, other)).filter((phrase) =>
    phrase !== ""
  );
  const rest = others.length > 0 ? `; ${others.join("; ")}` : "";
  switch (directionOf(row, results)) {
    case "more":
      return `Trained with ${b}, ${whose} had more category-selective units than ${counterpart} trained with ${a} (${shares})${rest}.`;
    case "fewer":
      return `Trained with ${b}, ${whose} had fewer category-selective units than ${counterpart} trained with ${a} (${shares})${rest}.`;
    case "unclear":
      return `${whether} is not settled here (${shares})${rest}.`;
    case "untested":
      return `${whether} was not tested: ${reasonOf(row)} (${shares})${rest}.`;
  }
}

/** The same control against the other families that language trained. */
function otherPairs(results: Results, pair: { a: Family; b: Family }): { a: Family; b: Family }[] {
  return runFamilies(results)
    .filter((b) => b.id !== pair.b.id && (b.supervision === "language" || b.supervision === "contrastive"))
    .map((b) => ({ a: pair.a, b }));
}

function otherPhrase(results: Results, pair: { a: Family; b: Family }): string {
  const measure = primaryOf(results, "quantity");
  const row = measure && averageComparison(results, pair, measure);
  if (!row || row.difference === null || row.valueB === null) return "";
  const share = formatPercent(row.valueB);
  const direction = directionOf(row, results);
  const had = { more: `more, ${share}`, fewer: `fewer, ${share}`, unclear: `${share}, not clearly more or fewer` };
  return `${pair.b.id}, trained with ${SUPERVISION_LABELS[pair.b.supervision]}, had ${
    direction === "untested" ? `${share}, not tested` : had[direction]
  }`;
}

/** What a reader calls more and less of what a group measures. */
const CHANGES: readonly { group: MeasureGroup; more: string; less: string; name: string }[] = [
  { group: "specificity", more: "more specific", less: "less specific", name: "specificity" },
  { group: "localization", more: "more localized", less: "more spread out", name: "localization" },
  { group: "strength", more: "stronger in response", less: "weaker in response", name: "strength of response" },
];

function changesSentence(results: Results, pair: { a: Family; b: Family }): string | null {
  const clear: string[] = [];
  const unclear: string[] = [];
  const undecided: string[] = [];
  const untested: string[] = [];
  for (const { group, more, less, name } of CHANGES) {
    const measure = primaryOf(results, group);
    const row = measure && averageComparison(results, pair, measure);
    if (!row) continue;
    if (row.difference === null) {
      untested.push(`${name} (${reasonOf(row)})`);
      continue;
    }
    // Where layers drop out the number says so; the claims give it in full.
    const { entries } = row;
    const over = entries && entries.used < entries.of ? `, ${entriesPhrase(measure, entries)}` : "";
    const unit = measure.unit === "" || measure.format === "percent" ? "" : ` ${measure.unit}`;
    const interval = row.interval ? ` ${formatInterval(row.interval)}` : "";
    const numbers = `${measure.short}${measure.excess ? " beyond random placement" : ""} ${
      formatSigned(row.difference, 2)
    }${unit}${interval}${over}`;
    const direction = directionOf(row, results);
    const open = hypothesisOf(row, results.claims)?.reason;
    if (direction === "unclear" && open !== undefined) undecided.push(`${name} (${numbers}; ${open})`);
    else if (direction === "untested") untested.push(`${name} (${numbers}; ${reasonOf(row)})`);
    else if (direction === "unclear") unclear.push(`${name} (${numbers})`);
    else clear.push(`${(direction === "more") === (measure.direction === 1) ? more : less} (${numbers})`);
  }
  const parts = [
    clear.length > 0 ? `the selective units of ${pair.b.id} were ${formatList(clear)}` : "",
    unclear.length > 0 ? `there was no clear difference in ${formatList(unclear)}` : "",
    undecided.length > 0 ? `not decided: ${formatList(undecided)}` : "",
    untested.length > 0 ? `not tested: ${formatList(untested)}` : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return null;
  return `${capitalized(parts.join("; "))}, measured on images that did not select the units.`;
}
