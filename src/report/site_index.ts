import { runFamilies } from "./_families.ts";
import { formatCount } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { inlineScript } from "./_inline_script.ts";
import { networksAcross } from "./_networks_across.ts";
import { page } from "./_page.ts";
import { runCard, siteAddress } from "./_run_card.ts";
import { SITE_STYLE, siteFrame } from "./_site_frame.ts";
import { SITE_SCRIPT } from "./_site_script.ts";
import type { PublishedRun } from "./published_run.ts";
import { runKind } from "./run_kind.ts";

/**
 * The index of every published run: a card a run, newest first in each study, with what changed since the run of its kind before;
 * then the networks of all runs in one table.
 *
 * @param runs The runs, in any order.
 * @param version The version of Fusiform that makes the page.
 * @returns The page's text, a function of the runs alone.
 */
export async function renderSiteIndex(runs: readonly PublishedRun[], version: string): Promise<string> {
  const studies = [...new Set(runs.map((run) => run.results.study))].sort();
  const families = new Map(runs.flatMap(({ results }) => runFamilies(results)).map((family) => [family.color, family]));
  const ordered = newestFirst(runs);
  const lead = "What an fMRI localizer finds in deep networks, and what language changes.";
  const body = siteFrame({
    title: "Reports",
    lead,
    root: "./",
    body: studies.length === 0 ? markup`<p>No run has been published yet.</p>` : [
      ...studies.map((study) => studySection(study, ordered.filter(({ results }) => results.study === study))),
      markup`<section id="networks" aria-labelledby="networks-title"><h2 id="networks-title">Networks of all runs</h2>
<p>The share of units that is selective, averaged over layers. Shares of different stimuli or criteria do not compare.</p>
${networksAcross(ordered)}</section>
`,
    ],
    footer: `Made by Fusiform ${version} from the runs’ results files alone.`,
  });
  return page({
    title: "Fusiform reports",
    description: lead,
    version,
    families: [...families.values()],
    body,
    style: SITE_STYLE,
    pictures: "of the site",
    scripts: runs.length > 0 ? [await inlineScript(SITE_SCRIPT)] : [],
  });
}

/** Newest first; runs of one moment in the order of their paths. */
export function newestFirst<T extends PublishedRun>(runs: readonly T[]): T[] {
  return [...runs].sort((a, b) =>
    b.results.provenance.startedAt.localeCompare(a.results.provenance.startedAt) || a.path.localeCompare(b.path)
  );
}

/** The newest run of each kind, in the order of the runs. */
export function newestOfKinds<T extends PublishedRun>(runs: readonly T[]): T[] {
  const ordered = newestFirst(runs);
  return ordered.filter(({ results }, index) =>
    ordered.findIndex((other) => runKind(other.results).key === runKind(results).key) === index
  );
}

/** The runs of a study. */
function studySection(study: string, ordered: readonly PublishedRun[]): Html {
  const newest = newestOfKinds(ordered).flatMap(({ results }) => {
    const { path, label } = runKind(results);
    return path === null ? [] : [markup`<li><a href="${siteAddress(path)}index.html">Latest</a>: ${label}</li>`];
  });
  const cards = ordered.map((run, index) => {
    const { key } = runKind(run.results);
    return runCard(run, ordered.slice(index + 1).find(({ results }) => runKind(results).key === key));
  });
  return markup`<section id="study-${study}" aria-labelledby="study-${study}-title">
<h2 id="study-${study}-title">Study ${study}: ${formatCount(ordered.length)} ${
    ordered.length === 1 ? "run" : "runs"
  }</h2>
<ul class="newest">${newest}</ul>
<ul class="cards">
${cards}</ul></section>
`;
}
