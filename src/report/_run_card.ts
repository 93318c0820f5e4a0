import { compareResults, type Results } from "../results/browser.ts";
import { verdictBadge } from "./_claims.ts";
import { questions } from "./_evidence.ts";
import { runFamilies } from "./_families.ts";
import { capitalized, formatCount, formatPercent, shortened } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { headline } from "./_lead.ts";
import { meanShare } from "./_shares.ts";
import { familySymbol } from "./_symbol.ts";
import { comparisonSentence } from "./render_comparison.ts";
import { runKind } from "./run_kind.ts";
import type { PublishedRun } from "./published_run.ts";

/**
 * A run in short: its pictures, what it found, the verdict of each claim, and the mean share of selective units of each family.
 *
 * @param before The run of the same kind before it.
 */
export function runCard({ results, path, hero }: PublishedRun, before: PublishedRun | undefined): Html {
  const { provenance, networks, version, id } = results;
  const address = siteAddress(path);
  const run = networks.filter((network) => network.status === "run").length;
  const commit = provenance.gitCommit ? `, commit ${provenance.gitCommit.slice(0, 10)}` : "";
  const changes = before && comparisonSentence(before.results, results, compareResults(before.results, results));
  // The title below says where the picture leads to.
  const picture = hero === undefined
    ? markup`<span class="hero absent">no pictures</span>`
    : markup`<img class="hero" src="${siteAddress(hero)}" alt="" loading="lazy">`;
  return markup`<li><article class="card" data-kind="${runKind(results).key}">
<a href="${address}index.html" tabindex="-1" aria-hidden="true">${picture}</a>
<h3><a href="${address}index.html">${headline(results)}</a></h3>
<p class="about">${provenance.startedAt.slice(0, 10)}, ${formatCount(run)} of ${
    formatCount(networks.length)
  } networks run. ${runKind(results).label}. Run ${id}, version ${version}${commit}, on ${provenance.device};
<a href="${address}results.json">results.json</a></p>
<ul class="key" aria-label="Selective units, averaged over layers and categories">${
    runFamilies(results).map((family) =>
      markup`<li title="${family.id}">${familySymbol(family)}${shortened(family.id, 40)} <strong>${
        formatPercent(meanShare(family.networks, results), 2)
      }</strong></li>`
    )
  }</ul>
<ul class="found">${foundRow(results)}</ul>
${changes && markup`<p class="changes">${changes}</p>`}</article></li>
`;
}

/** The verdict of each claim, or of each comparison where no claim is judged. */
function foundRow(results: Results): Html[] {
  return questions(results).map(({ text, claim, answers }) =>
    markup`<li>${
      claim !== undefined
        ? verdictBadge(claim.verdict)
        : answers.flatMap((answer) => answer === undefined ? [] : [verdictBadge(answer.verdict, answer.b)])
    } ${capitalized(text)}</li>`
  );
}

/** A path as it may stand in an address of the site's index. After `./` nothing in it can name a scheme or a host. */
export function siteAddress(path: string): string {
  return `./${path.split("/").map(encodeURIComponent).join("/")}`;
}
