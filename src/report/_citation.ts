import type { Results } from "../results/mod.ts";

/** How to cite this very report. */
export function citeAs(results: Results): string {
  const year = results.provenance.startedAt.slice(0, 4);
  return `Fusiform ${results.version}: a reproducible functional localizer for deep networks. ` +
    `Study “${results.study}”, run ${results.id} (${year}). After Lu & Wang, arXiv:2502.16456.`;
}

/** BibTeX of the software, the study it tests, and every network and stimulus set that brings its own. */
export function bibliography(results: Results): string {
  const entries = [
    `@software{fusiform,
  title   = {Fusiform: a reproducible functional localizer for deep networks},
  version = {${results.version}},
  year    = {${results.provenance.startedAt.slice(0, 4)}},
  note    = {Study ${braced(results.study)}, run ${braced(results.id)}}
}`,
    `@misc{lu2025language,
  title         = {Language learning shapes visual category-selectivity in deep neural networks},
  author        = {Lu and Wang},
  year          = {2025},
  eprint        = {2502.16456},
  archivePrefix = {arXiv}
}`,
    ...results.networks.flatMap((network) => network.weights.bibtex ?? []),
  ];
  return [...new Set(entries.map((entry) => entry.trim()))].join("\n\n");
}

/** Text in which no brace can end a BibTeX field early. */
function braced(text: string): string {
  return text.replace(/[{}\\]/g, "");
}
