import { compareResults, type NumberDifference, type Results, type ResultsComparison } from "../results/browser.ts";
import { verdictBadge } from "./_claims.ts";
import { formatCount, formatInterval, formatNumber } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { page } from "./_page.ts";
import { table } from "./_table.ts";

/** Rows of a table of numbers; past that a page helps nobody. */
const MOST_NUMBERS = 500;

/**
 * A page that compares runs: the first with each of the others.
 *
 * @param runs At least two results.
 * @returns The page's text: which inputs differ, which verdicts changed, which numbers moved beyond their intervals.
 * @throws {Error} Where fewer than two runs are given.
 */
export function renderComparison(runs: readonly Results[]): string {
  const [first, ...others] = runs;
  if (others.length === 0) throw new Error(`Cannot compare: found ${runs.length} results; expected at least two`);
  const compared = others.map((other) => ({ other, found: compareResults(first, other) }));
  const body = markup`
    <header>
    <p class="kicker">Fusiform comparison</p>
    <h1>What changed between runs</h1>
    ${compared.map(({ other, found }) => markup`<p class="lead">${comparisonSentence(first, other, found)}</p>`)}
    </header>
    <main>${
    compared.map(({ other, found }, index) =>
      comparisonSection({ title: `${runName(first)} → ${runName(other)}`, found, index })
    )
  }</main>
    <footer>
      <p>Made by Fusiform ${first.version} from results files alone.</p>
    </footer>
  `;
  return page({ title: `Comparison: ${runs.map(runName).join(", ")}`, version: first.version, body });
}

/** A run as it is named among others. */
function runName(results: Results): string {
  return `${results.study}/${results.id}`;
}

/** What changed, in one sentence. */
export function comparisonSentence(a: Results, b: Results, found: ResultsComparison): string {
  const inputs = found.inputs.length === 0
    ? "on the same inputs"
    : `with ${formatCount(found.inputs.length)} ${found.inputs.length === 1 ? "input" : "inputs"} changed`;
  const moved = found.moved === 0
    ? `none of the ${formatCount(found.compared)} numbers they share moved beyond its interval`
    : `${formatCount(found.moved)} of the ${
      formatCount(found.compared)
    } numbers they share moved beyond their intervals`;
  const verdicts = found.verdicts.length === 0
    ? "no verdict changed"
    : `${found.verdicts.length} ${found.verdicts.length === 1 ? "verdict" : "verdicts"} changed`;
  return `From ${runName(a)} to ${runName(b)}, ${inputs}, ${moved}, and ${verdicts}.`;
}

function comparisonSection(
  { title, found, index }: { readonly title: string; readonly found: ResultsComparison; readonly index: number },
): Html {
  const id = `comparison-${index}`;
  const shown = found.numbers.slice(0, MOST_NUMBERS);
  const inputs = found.inputs.map((row) => ({
    cells: [row.input, markup`<code>${row.a}</code>`, markup`<code>${row.b}</code>`],
  }));
  const verdicts = found.verdicts.map((row) =>
    markup`<li>${row.claim}: ${verdictBadge(row.a)} → ${verdictBadge(row.b)}</li>`
  );
  const cut = shown.length < found.numbers.length && ` The first ${MOST_NUMBERS} are shown, moved ones first.`;
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<h3>Inputs</h3>${
    inputs.length === 0 ? SAME : table(`Inputs that differ, ${index + 1}`, ["Input", "Before", "After"], inputs)
  }
<h3>Verdicts</h3>${verdicts.length === 0 ? SAME : markup`<ul>${verdicts}</ul>`}
<h3>Numbers</h3>
<p>${formatCount(found.numbers.length)} of ${formatCount(found.compared)} differ; ${
    formatCount(found.moved)
  } moved, that
is, each value lies outside the other’s interval.${cut}</p>
${shown.length > 0 && numbersTable(shown, index)}
${onlyList("Only before", found.onlyA)}${onlyList("Only after", found.onlyB)}</section>
`;
}

const SAME = markup`<p>The same.</p>`;

function numbersTable(numbers: readonly NumberDifference[], index: number): Html {
  const rows = numbers.map((row) => ({
    cells: [
      row.network,
      row.layer ?? "all",
      row.category,
      row.measure,
      markup`${formatNumber(row.a)}<small>${formatInterval(row.intervalA)}</small>`,
      markup`${formatNumber(row.b)}<small>${formatInterval(row.intervalB)}</small>`,
      row.moved ? markup`<strong>moved</strong>` : "within",
    ],
  }));
  const head = ["Network", "Layer", "Category", "Measure", "Before", "After", "Moved"];
  return table(`Numbers that differ, ${index + 1}`, head, rows);
}

function onlyList(title: string, labels: readonly string[]): Html {
  if (labels.length === 0) return markup``;
  return markup`<details><summary>${title}: ${formatCount(labels.length)} numbers</summary><ul>${
    labels.slice(0, MOST_NUMBERS).map((label) => markup`<li>${label}</li>`)
  }</ul></details>`;
}
