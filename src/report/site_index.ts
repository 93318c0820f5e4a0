import { compareResults, type Results } from "../results/mod.ts";
import { verdictBadge } from "./_claims.ts";
import { runFamilies } from "./_families.ts";
import { formatCount } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { page } from "./_page.ts";
import { comparisonSentence } from "./render_comparison.ts";

/** A published run and where its page is, relative to the index. */
export interface PublishedRun {
  readonly results: Results;
  /** `mini/0.1.0-1a2b3c4d/`. */
  readonly path: string;
}

/**
 * The index of every published run: newest first in each study, with what changed since the run before.
 *
 * @param runs The runs, in any order.
 * @param version The version of Fusiform that makes the page.
 * @returns The page's text, a function of the runs alone.
 */
export function renderSiteIndex(runs: readonly PublishedRun[], version: string): string {
  const studies = [...new Set(runs.map((run) => run.results.study))].sort();
  const sections = studies.map((study) => studySection(study, runs));
  const body = markup`<header>
<p class="kicker">Fusiform</p>
<h1>Reports</h1>
<p class="lead">What an fMRI localizer finds in deep networks, and what language changes: every run, newest first.</p>
</header>
<main>${studies.length === 0 ? markup`<p>No run has been published yet.</p>` : sections}</main>
<footer><p>Made by Fusiform ${version} from the runs’ results files alone.</p></footer>`;
  return page({ title: "Fusiform reports", version, body });
}

/** The runs of a study, newest first; runs of one moment in the order of their paths. */
export function newestFirst<T extends PublishedRun>(study: string, runs: readonly T[]): T[] {
  return runs.filter((run) => run.results.study === study).sort((a, b) =>
    b.results.provenance.startedAt.localeCompare(a.results.provenance.startedAt) || a.path.localeCompare(b.path)
  );
}

function studySection(study: string, runs: readonly PublishedRun[]): Html {
  const ordered = newestFirst(study, runs);
  return markup`<section id="study-${study}" aria-labelledby="study-${study}-title">
<h2 id="study-${study}-title">${study}</h2>
<p><a href="./${encodeURIComponent(study)}/latest/index.html">The latest report of the study ${study}</a></p>
${ordered.map((run, index) => runEntry(run, ordered[index + 1]))}</section>
`;
}

/** A path as it may stand in an address. After `./` nothing in it can name a scheme or a host. */
function addressOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function runEntry({ results, path }: PublishedRun, before: PublishedRun | undefined): Html {
  const { provenance, networks, version } = results;
  const run = networks.filter((network) => network.status === "run").length;
  const families = runFamilies(results).map((family) => family.id).join(", ");
  const commit = provenance.gitCommit ? `, commit ${provenance.gitCommit.slice(0, 10)}` : "";
  const changes = before && comparisonSentence(before.results, results, compareResults(before.results, results));
  const claims = results.claims.map((claim) => markup`<li>${verdictBadge(claim.verdict)} ${claim.text}</li>`);
  return markup`<article class="run"><h3><a href="./${addressOf(path)}index.html">${results.id}</a></h3>
<p>${provenance.startedAt.slice(0, 10)}, version ${version}${commit}, on ${provenance.device}; ${formatCount(run)} of
${formatCount(networks.length)} networks run (${families}), stimuli “${results.stimuli.title}”, criterion
“${results.criterion.name}”. <a href="./${addressOf(path)}results.json">results.json</a></p>
<ul class="verdicts">${claims}</ul>
${changes && markup`<p class="changes">${changes}</p>`}</article>
`;
}
