import { type ClaimResult, entriesPhrase, type Results, type Verdict, VERDICTS } from "../results/browser.ts";
import { formatInterval, formatLevel, formatSigned } from "./_format.ts";
import { type Content, type Html, markup } from "./_html.ts";
import { comparedTitle, measureNamed } from "./_measures.ts";
import { table } from "./_table.ts";

const MARKS: Readonly<Record<Verdict, string>> = {
  "holds": "●",
  "fails": "✕",
  "equivalent": "=",
  "mixed": "◐",
  "inconclusive": "○",
  "higher": "▲",
  "lower": "▼",
  "described": "·",
  "not tested": "–",
};

function className(verdict: Verdict): string {
  return verdict.replace(" ", "-");
}

/**
 * A verdict as a mark and a word, so that it does not rest on colour.
 *
 * @param second Of a few networks, the one that `higher` and `lower` speak of.
 */
export function verdictBadge(verdict: Verdict, second: string | null = null): Html {
  const of = second !== null && (verdict === "higher" || verdict === "lower") ? ` in ${second}` : "";
  return markup`<span class="verdict ${className(verdict)}"><span aria-hidden="true">${
    MARKS[verdict]
  }</span> ${verdict}${of}</span>`;
}

/** A verdict as a mark alone, for rows of many; what a screen reader says stands beside it. */
export function verdictMark(verdict: Verdict, title: string): Html {
  return markup`<span class="verdict ${className(verdict)}" title="${title}: ${verdict}">${MARKS[verdict]}</span>`;
}

/** Every claim under every criterion: one table of verdicts, then the numbers behind each claim. */
export function multiverseTables(results: Results): Html {
  const claims = results.claims.filter((claim) => claim.rows.length > 0);
  if (claims.length === 0) return markup``;
  const criteria = results.criteria.map(({ name }) => name).filter((name) =>
    claims.some((claim) => claim.rows.some((row) => row.criterion === name))
  );
  const legend = VERDICTS.map((verdict) => markup`${verdictBadge(verdict)} `);
  return markup`<h3 id="multiverse">The same claims under every criterion</h3>
<p>Each mark counts tests, since a claim has several measures, each at the proportions found and at equal counts: ${legend}. Where
the marks of a row change from column to column, the claim depends on the criterion.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Verdicts by criterion"><table class="overview">
<thead><tr><th scope="col">Claim</th><th scope="col">Comparison</th>${
    criteria.map((name) => markup`<th scope="col">${name}</th>`)
  }</tr></thead>
<tbody>${claims.map((claim) => overviewRows(claim, criteria, results))}</tbody></table></div>
<p>Behind each claim stands the difference, second network minus first, with its ${
    formatLevel(results.settings.level)
  } interval, in the measure’s own unit. Only the hypotheses, marked “corrected”, decide. All other rows
show how far the verdicts depend on the criterion and the measure; they are not corrected for one another.</p>
${claims.map((claim) => claimTable(claim, criteria, results))}`;
}

function overviewRows(claim: ClaimResult, criteria: readonly string[], results: Results): Html[] {
  const pairs = [...new Set(claim.rows.map((row) => JSON.stringify([row.a, row.b])))];
  return pairs.map((pair, index) => {
    const [a, b] = JSON.parse(pair) as [string, string];
    const rows = claim.rows.filter((row) => row.a === a && row.b === b);
    const group = markup`<th scope="rowgroup" rowspan="${pairs.length}">${claim.text}</th>`;
    const cells = criteria.map((name) =>
      markup`<td>${marksOf(rows.filter((row) => row.criterion === name), results)}</td>`
    );
    return markup`<tr>${index === 0 && group}<th scope="row" data-family="${b}">${b} − ${a}</th>${cells}</tr>\n`;
  });
}

/** How many tests of one claim, comparison and criterion came out which way. */
function marksOf(rows: ClaimResult["rows"], results: Results): Content {
  return VERDICTS.map((verdict) => {
    const tests = rows.filter((row) => row.verdict === verdict);
    return tests.length > 0 &&
      markup`<span class="verdict ${className(verdict)}" title="${verdict}: ${
        tests.map((row) => describeTest(row, results)).join("; ")
      }"><span aria-hidden="true">${MARKS[verdict]}</span>${tests.length > 1 && tests.length}<span class="quiet"> ${
        tests.length === 1 && "1 "
      }${verdict}.</span></span> `;
  });
}

function describeTest({ measure, category, matched }: ClaimResult["rows"][number], results: Results): string {
  const units = category === undefined ? "" : `, ${category} whatever the criterion`;
  return `${comparedTitle(measureNamed(results, measure))}${units}${matched ? " at matched counts" : ""}`;
}

function claimTable(claim: ClaimResult, criteria: readonly string[], results: Results): Html {
  const lines = new Map<string, ClaimResult["rows"]>();
  for (const row of claim.rows) {
    const key = JSON.stringify([row.a, row.b, row.measure, row.category, row.matched]);
    lines.set(key, [...lines.get(key) ?? [], row]);
  }
  const rows = [...lines.values()].map((tests) => ({
    cells: [
      markup`${tests[0].b} − ${tests[0].a}<small>${describeTest(tests[0], results)}</small>`,
      ...criteria.map((name) => numbers(tests.find((row) => row.criterion === name), results)),
    ],
  }));
  return markup`<details><summary><span>${claim.text}</span> ${tally(claim)}</summary>
${table(claim.text, ["Comparison", ...criteria], rows, "multiverse")}</details>
`;
}

function numbers(row: ClaimResult["rows"][number] | undefined, results: Results): Content {
  if (!row) return "–";
  if (row.difference === null) return markup`${verdictBadge(row.verdict)}<small>${row.reason ?? "no number"}</small>`;
  const notes = [
    row.hypothesis ? "corrected" : "",
    entriesPhrase(measureNamed(results, row.measure), row.entries),
    row.reason ?? "",
  ].filter((
    note,
  ) => note !== "");
  return markup`${verdictBadge(row.verdict)}<span class="number">${formatSigned(row.difference, 2)} ${
    formatInterval(row.interval)
  }</span><small>${notes.join("; ")}</small>`;
}

function tally(claim: ClaimResult): Html {
  const counts = VERDICTS.map((verdict) => {
    const count = claim.rows.filter((row) => row.verdict === verdict).length;
    return count > 0 &&
      markup`<span class="verdict ${className(verdict)}"><span aria-hidden="true">${
        MARKS[verdict]
      }</span> ${count} ${verdict}</span> `;
  });
  return markup`<span class="tally">${counts}</span>`;
}
