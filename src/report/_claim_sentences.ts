import {
  type ClaimResult,
  type ClaimRow,
  entriesPhrase,
  type Results,
  type Verdict,
  VERDICTS,
} from "../results/browser.ts";
import { decidingRows } from "./_evidence.ts";
import { capitalized, formatLevel, formatNumber, formatPercent } from "./_format.ts";
import { comparedTitle, formatDifference, formatValue, inNaturalUnit, measureNamed } from "./_measures.ts";

/** The numbers behind a claim's verdict, in a sentence. */
export function claimSentence(claim: ClaimResult, results: Results): string {
  const rows = claim.rows.filter(({ criterion }) => criterion === results.criterion.name);
  if (claim.id === "presence") return presenceSentence(rows, results);
  // Of those that the table of claims shows, the first hypothesis, else the first.
  const shown = decidingRows(claim, results).filter((row) => row !== undefined);
  const telling = shown.find(({ hypothesis }) => hypothesis) ?? shown[0] ?? rows.find(({ matched }) => !matched);
  const untested = claim.reason === undefined ? [] : [`Not tested: ${claim.reason}.`];
  return [...untested, ...(telling ? [differenceSentence(telling, rows, results)] : [])].join(" ");
}

function presenceSentence(rows: readonly ClaimRow[], results: Results): string {
  const families = [...new Set(rows.map(({ b }) => b))];
  if (families.length === 0) return "No network was run.";
  const ofWhole = ({ measure }: ClaimRow): boolean => measureNamed(results, measure).kind === "network";
  const phrases = families.map((family) => {
    const own = rows.filter(({ b }) => b === family);
    const share = own.find((row) => !ofWhole(row));
    const slope = own.find(ofWhole);
    if (!share || share.valueB === null) return `${family} was not measured`;
    const chance = share.valueA === null ? "" : ` (${formatPercent(share.valueA)} with labels permuted)`;
    const change = slope?.difference ?? null;
    const rise = change === null
      ? ""
      : `, ${change < 0 ? "falling" : "rising"} by ${
        formatNumber(100 * Math.abs(change))
      } points from the first layer to the last`;
    return `${family} selects ${formatPercent(share.valueB)} of units per category${chance}${rise}`;
  });
  const reasons = rows.flatMap(({ verdict, reason }) => (verdict === "not tested" && reason ? [reason] : []));
  const untested = reasons.length === 0 ? "" : ` Not tested: ${[...new Set(reasons)].join("; ")}.`;
  return `Averaged over layers, ${phrases.join("; ")}.${untested}`;
}

function differenceSentence(deciding: ClaimRow, rows: readonly ClaimRow[], results: Results): string {
  const beside = rows.filter((row) => row !== deciding && row.difference !== null);
  const samePair = beside.filter((row) => row.a === deciding.a && row.b === deciding.b);
  const ofNetwork = measureNamed(results, deciding.measure).kind === "network";
  const parts = [describe(deciding, results)];
  // Of hypotheses that disagree, each has its own word.
  if (deciding.hypothesis && rows.some((row) => row.hypothesis && row.verdict !== deciding.verdict)) {
    parts.push(`so it ${verb(deciding.verdict)}`);
  }
  const matched = samePair.find((row) => row.measure === deciding.measure && row.matched);
  if (matched) {
    parts.push(
      `at equal counts ${
        formatDifference(measureNamed(results, matched.measure), matched.difference)
      } (${matched.verdict})`,
    );
  }
  parts.push(...tally(samePair.filter((row) => row.measure !== deciding.measure && !row.matched)));
  const other = beside.find((row) =>
    row.measure === deciding.measure && !row.matched && row.category === deciding.category && row.b !== deciding.b
  );
  if (other) {
    parts.push(
      `${other.b} against ${other.a} ${
        formatDifference(measureNamed(results, other.measure), other.difference)
      } (${other.verdict})`,
    );
  }
  if (ofNetwork) parts.push(...untrained(deciding, results));
  const average = ofNetwork
    ? (deciding.category === undefined ? "Averaged over categories" : null)
    : "Averaged over layers and categories";
  const first = average === null ? capitalized(`${parts.join("; ")}.`) : `${average}: ${parts.join("; ")}.`;
  const rest = samePair.find((row) => row.measure === deciding.measure && row.category !== deciding.category);
  if (!rest) return first;
  return `${first} ${
    [capitalized(describe(rest, results)), `by this it ${verb(rest.verdict)}`, ...untrained(rest, results)].join("; ")
  }.`;
}

/** What a row found, or why it could not be tested. */
function describe(row: ClaimRow, results: Results): string {
  const { a, b, valueA, valueB, difference, interval, reason } = row;
  const measure = measureNamed(results, row.measure);
  const over = entriesPhrase(measure, row.entries);
  const units = row.category === undefined ? "" : `, ${row.category}`;
  const title = `${comparedTitle(measure)}${units}${over === "" ? "" : ` (${over})`}`;
  if (difference === null || valueA === null || valueB === null) {
    return `${title}: not tested in ${b} against ${a}: ${reason ?? "it has no value"}`;
  }
  const spread = interval === null
    ? `not tested: ${reason ?? "it has no interval"}`
    : `${formatLevel(results.settings.level)} interval ${formatNumber(inNaturalUnit(measure, interval[0]))} to ${
      formatNumber(inNaturalUnit(measure, interval[1]))
    }${reason === undefined ? "" : `; ${reason}`}`;
  const whose = row.inference === "families" ? "" : ", in these networks";
  return `${title}: ${formatValue(measure, valueB)} in ${b} against ${
    formatValue(measure, valueA)
  } in ${a}${whose}, a difference of ${formatDifference(measure, difference)} (${spread})`;
}

/** How the other measures of a claim come out, where it has any. */
function tally(rows: readonly ClaimRow[]): string[] {
  if (rows.length === 0) return [];
  const counts = VERDICTS.flatMap((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count === 0
      ? []
      : [rows.length === 1 ? verb(verdict) : `${verb(verdict)} ${count} ${count === 1 ? "time" : "times"}`];
  });
  return [
    `by the ${rows.length === 1 ? "one other measure" : `${rows.length} other measures`}, it ${counts.join(", ")}`,
  ];
}

/** Where the untrained stand by the same number. */
function untrained(row: ClaimRow, results: Results): string[] {
  const families = new Set(
    results.networks.filter(({ supervision }) => supervision === "untrained").map(({ family }) => family),
  );
  return results.comparisons.flatMap(({ a, b, measure, category, depth, matched, criterion, valueA, reason }) =>
    families.has(a) && b === row.b && measure === row.measure && category === (row.category ?? "all") &&
      depth === null && !matched && criterion === row.criterion
      ? [
        `untrained, ${a} ${
          valueA === null
            ? `is not compared (${reason ?? "it has no value"})`
            : `has ${formatValue(measureNamed(results, row.measure), valueA)}`
        }`,
      ]
      : []
  );
}

function verb(verdict: Verdict): string {
  return verdict === "holds" || verdict === "fails" ? verdict : `is ${verdict}`;
}
