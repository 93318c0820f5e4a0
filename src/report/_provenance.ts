import type { Results } from "../results/mod.ts";
import { formatBytes, formatCount, formatNumber } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { comparedTitle } from "./_measures.ts";
import { doiLink } from "./_networks.ts";
import { table, tag } from "./_table.ts";

/** What ran, when, where and how long, so that anyone can run it again. */
export function provenanceSection(results: Results): Html {
  const { provenance, timing, settings } = results;
  const facts: [string, string | Html][] = [
    ["Command", markup`<code>${provenance.command}</code>`],
    ["Run", `${results.study} / ${results.id}`],
    ["Version", results.version],
    ["Commit", provenance.gitCommit ?? "not recorded"],
    ["Started", provenance.startedAt],
    ["Seed", String(settings.seed)],
    ["Device", `${provenance.device} (${provenance.adapter})`],
    ["Processor", provenance.cpu],
    ["System", provenance.os],
    ["Deno", provenance.deno],
    ["Runtime", provenance.runtime],
    ["Locks", markup`<code class="hash">${provenance.lockHash}</code>`],
    [
      "Self-check",
      `streamed moments within ${provenance.selfCheck.toExponential(1)} of the sampled responses (relative)`,
    ],
    [
      "Time",
      `${formatNumber(timing.wallSeconds)} s for ${formatCount(timing.images)} images (${
        timing.imagesPerSecond > 0
          ? `${formatNumber(timing.imagesPerSecond)} images/s while networks were recorded`
          : "all found recorded"
      })`,
    ],
    [
      "Phases",
      Object.entries(timing.phases).map(([phase, seconds]) => `${phase} ${formatNumber(seconds)} s`).join(", "),
    ],
    ...(timing.groups
      ? [["Groups", `${timing.groups.recorded} recorded, ${timing.groups.reused} found recorded`] as [string, string]]
      : []),
    ["Peak memory", timing.peakRssBytes === 0 ? "not known" : formatBytes(timing.peakRssBytes)],
  ];
  const entries = facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
  return markup`<dl class="facts">${entries}</dl>`;
}

/** The criteria with their definition, standing and source. */
export function criteriaTable(results: Results): Html {
  const rows = results.criteria.map((criterion) => ({
    cells: [
      markup`${criterion.name}${criterion.name === results.criterion.name && tag("main")}`,
      criterion.definition,
      criterion.status,
      markup`${criterion.source} ${criterion.doi !== null && doiLink(criterion.doi)}`,
    ],
  }));
  return table("Criteria", ["Criterion", "A unit is selective when", "Standing", "Source"], rows);
}

/** The measures with their definition and source. */
export function measuresTable(results: Results): Html {
  const rows = results.measures.map((measure) => ({
    cells: [
      markup`${comparedTitle(measure)}${measure.primary && tag("decides")}<small>${measure.name}</small>`,
      measure.atFixedThreshold && results.criterion.movesWithPrevalence
        ? `${measure.definition} Selected here means: by the fixed threshold.`
        : measure.definition,
      measure.doi === null ? "–" : doiLink(measure.doi),
    ],
  }));
  return table("Measures", ["Measure", "Definition", "Source"], rows);
}
