import { runFamilies, SUPERVISION_LABELS } from "./_families.ts";
import { formatPercent } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { siteAddress } from "./_run_card.ts";
import { meanShare, permutedShare } from "./_shares.ts";
import { familySymbol } from "./_symbol.ts";
import type { PublishedRun } from "./published_run.ts";

/** Columns of categories; what is beyond that is in the reports. */
const CATEGORIES = 6;

/**
 * Every network of every run in one table: the share of its units that is selective, averaged over layers, for all categories and
 * for each. The site's script sorts it by the column whose name is pressed.
 */
export function networksAcross(runs: readonly PublishedRun[]): Html {
  const categories = commonest(runs);
  const head = [
    ...["Network", "Family", "Learned from", "Run", "Stimuli", "Criterion"].map((name) =>
      markup`<th scope="col">${name}</th>`
    ),
    ...["All categories", ...categories, "Labels permuted"].map((name) =>
      markup`<th scope="col" class="share">${name}</th>`
    ),
  ];
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Table: networks of all runs">
<table class="across" data-sortable><caption class="quiet">Share of selective units by network, averaged over layers</caption>
<thead><tr>${head}</tr></thead>
<tbody>${runs.map((run) => networkRows(run, categories))}</tbody></table></div>`;
}

/** Categories of most runs first. */
function commonest(runs: readonly PublishedRun[]): string[] {
  const counts = new Map<string, number>();
  for (const { results } of runs) {
    for (const target of results.targets) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, CATEGORIES).map(([target]) => target);
}

function networkRows({ results, path }: PublishedRun, categories: readonly string[]): Html[] {
  return runFamilies(results).flatMap((family) =>
    family.networks.map((network) =>
      markup`<tr><th scope="row">${familySymbol(family)} ${network.id}</th><td>${family.id}</td><td>${
        SUPERVISION_LABELS[network.supervision]
      }</td><td><a href="${
        siteAddress(path)
      }index.html">${results.study} ${results.id}</a></td><td>${results.stimuli.set}</td><td>${results.criterion.name}</td>${
        shareCell(meanShare([network], results))
      }${
        categories.map((target) =>
          shareCell(results.targets.includes(target) ? meanShare([network], { ...results, targets: [target] }) : null)
        )
      }${shareCell(permutedShare([network]))}</tr>
`
    )
  );
}

/** A share with its exact value, by which the script sorts. */
function shareCell(share: number | null): Html {
  return markup`<td class="share" data-value="${share ?? ""}">${formatPercent(share, 2)}</td>`;
}
