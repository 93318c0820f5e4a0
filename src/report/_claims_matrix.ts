import { type ClaimResult, type ClaimRow, type ComparedPair, entriesPhrase, type Results } from "../results/browser.ts";
import { claimSentence } from "./_claim_sentences.ts";
import { verdictBadge, verdictMark } from "./_claims.ts";
import { mainPairs, openReason, type Question, questions } from "./_evidence.ts";
import { capitalized, formatLevel, formatList, formatPercent } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { intervalBar, reachOf } from "./_interval_bar.ts";
import { comparedTitle, formatDifference, formatRange, measureNamed } from "./_measures.ts";

/** The claims as a matrix: a row a claim, a column a comparison, and how far other criteria agree; the numbers in words, folded. */
export function claimsMatrix(results: Results): Html {
  const asked = questions(results);
  const pairs = mainPairs(results);
  const presence = results.claims.find(({ id, rows }) => id === "presence" && rows.length > 0);
  if (asked.length === 0 && presence === undefined) {
    return markup`<p>No claim was tested${untestedReason(results)}.</p>`;
  }
  const judged = asked.some(({ claim }) => claim !== undefined);
  const columns = [
    ...pairs.map((pair) => markup`<th scope="col" data-family="${pair.b}">${pairHeading(pair)}</th>`),
    ...(judged ? [markup`<th scope="col">Agreement of criteria</th>`] : []),
  ];
  const head = markup`<thead><tr><th scope="col">${judged || pairs.length === 0 ? "Claim" : "Measure"}</th>${
    columns.length > 0 ? columns : markup`<th scope="col">Found</th>`
  }</tr></thead>`;
  const body = asked.map((question) => questionRow(question, pairs, results));
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Table: ${
    judged ? "the claims" : "comparisons"
  }">
<table class="matrix${pairs.length > 3 && " many"}">${head}
<tbody>${body}${presence && presenceRow(presence, Math.max(1, columns.length), results)}</tbody></table></div>
${pairs.length > 0 && markup`<p class="reading">${readingOf(judged, pairs, results)}</p>`}
${judged && sentences(results)}`;
}

function untestedReason({ claims }: Results): string {
  const reasons = new Set(claims.flatMap(({ reason }) => reason ?? []));
  return reasons.size === 0 ? "" : `: ${formatList([...reasons])}`;
}

/** What a pair compares. */
function pairHeading({ a, b, contrast }: ComparedPair): Html {
  const names = `${b} − ${a}`;
  return contrast === null ? markup`${names}` : markup`${capitalized(contrast)}<small>${names}</small>`;
}

function questionRow(question: Question, pairs: readonly ComparedPair[], results: Results): Html {
  const { text, measure, claim, answers } = question;
  const reach = reachOf(answers.flatMap((answer) => answer ?? []));
  const by = claim === undefined ? [] : [`by ${comparedTitle(measure)}`];
  // A claim has a verdict of its own only as a summary of comparisons that disagree.
  const summary = claim?.verdict === "mixed" ? ["overall mixed"] : [];
  const note = [...by, ...summary].join("; ");
  return markup`<tr><th scope="row">${capitalized(text)}${note !== "" && markup`<small>${note}</small>`}</th>${
    answers.map((answer, index) => answerCell(answer, pairs[index], { question, reach, results }))
  }${
    claim !== undefined &&
    markup`<td class="agreement" data-label="Agreement of criteria">${
      answers.map((answer, index) => agreement(answer, pairs[index], question))
    }</td>`
  }</tr>
`;
}

function answerCell(
  row: ClaimRow | undefined,
  { b }: ComparedPair,
  { question: { measure }, reach, results }: {
    readonly question: Question;
    readonly reach: number;
    readonly results: Results;
  },
): Html {
  if (row === undefined) return markup`<td data-label="${b}">not compared</td>`;
  const smallest = measure.smallest?.scale === "difference" ? measure.smallest.value : null;
  const reason = openReason(row, results);
  const { entries } = row;
  const over = entries !== undefined && entries.used < entries.of ? entriesPhrase(measure, entries) : "";
  const note = reason === "" ? over : reason;
  const number = row.difference !== null &&
    markup`<strong class="number">${formatDifference(measure, row.difference, 2)}</strong>`;
  return markup`<td data-label="${b}" data-family="${b}"><span class="answer">${
    verdictBadge(row.verdict, row.inference === "networks" || row.inference === "network" ? b : null)
  } ${number}</span>${
    row.difference !== null &&
    markup`<span class="spread">${intervalBar(row, { reach, smallest })}<span class="number">${
      formatRange(measure, row.interval)
    }</span></span>`
  }${note !== "" && markup`<small>${note}</small>`}</td>`;
}

/** The same comparison by the same measure under every criterion, as marks, with the number that agree. */
function agreement(row: ClaimRow | undefined, { b }: ComparedPair, question: Question): Html {
  const others = row === undefined
    ? []
    : (question.claim?.rows ?? []).filter((each) =>
      each.a === row.a && each.b === row.b && each.measure === row.measure && !each.matched &&
      each.category === row.category && each.verdict !== "not tested"
    );
  if (row === undefined || others.length === 0) return markup`<span class="criteria">–</span>`;
  const same = others.filter(({ verdict }) => verdict === row.verdict).length;
  return markup`<span class="criteria"><span class="marks" aria-hidden="true">${
    others.map((each) => verdictMark(each.verdict, each.criterion))
  }</span> ${same} of ${others.length}<span class="quiet"> criteria agree</span> in ${b}</span>`;
}

/** That there are selective units at all: described, in one cell over all comparisons. */
function presenceRow(claim: ClaimResult, columns: number, results: Results): Html {
  const rows = claim.rows.filter(({ criterion, measure }) =>
    criterion === results.criterion.name && measureNamed(results, measure).kind !== "network"
  );
  const shares = rows.flatMap(({ b, valueB }) => valueB === null ? [] : [`${formatPercent(valueB, 2)} in ${b}`]);
  const chances = rows.flatMap(({ valueA }) => valueA ?? []);
  const chance = chances.length === 0
    ? "; labels were not permuted"
    : `; with labels permuted at most ${formatPercent(Math.max(...chances), 2)}`;
  return markup`<tr class="presence"><th scope="row">${claim.text}</th><td colspan="${columns}">${
    verdictBadge(claim.verdict)
  } ${
    shares.join(", ")
  }${chance}<small>Mean share of units selective for a category, over layers and categories.</small></td></tr>
`;
}

function readingOf(judged: boolean, pairs: readonly ComparedPair[], results: Results): Html {
  const level = formatLevel(results.settings.level);
  const few = pairs.some(({ inference }) => inference === "networks");
  return markup`Each difference is the second network minus the first, averaged over layers and categories. Lines are ${level} intervals; grey
bands mark differences too small to be of interest.${
    judged
      ? " Verdicts under other criteria are not corrected for many tests."
      : " No claim is judged on these comparisons; nothing is corrected."
  }${
    few && " With fewer than three trainings in a family, the words speak of these networks only."
  } <a href="#robustness">All criteria and measures</a>.`;
}

/** Every claim with its source and the numbers behind it in words. */
function sentences(results: Results): Html {
  return markup`<details class="evidence"><summary>The evidence in words</summary><dl>${
    results.claims.map((claim) =>
      markup`<dt>${claim.text} ${verdictBadge(claim.verdict)}</dt><dd>${
        claimSentence(claim, results)
      }<small>${claim.source}</small></dd>
`
    )
  }</dl></details>`;
}
