import type { LesionCell, LesionResult, Results } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { type Family, runFamilies } from "./_families.ts";
import { formatCount, formatList, formatNumber, formatPercent, formatSigned } from "./_format.ts";
import { type Content, type Html, markup } from "./_html.ts";
import { doiLink } from "./_networks.ts";
import { table } from "./_table.ts";

/** After whom units are lesioned. */
const SOURCE = "10.1126/sciadv.adl1776";

/** What the selective units are needed for, a table per family and lesioned layer; nothing where nothing was lesioned. */
export function lesionsSection(results: Results, figures: readonly Html[]): Content {
  const families = runFamilies(results).filter(({ networks }) =>
    networks.some(({ lesions = [] }) => lesions.length > 0)
  );
  if (families.length === 0) return [];
  const [{ sets }] = families.flatMap(lesionsOf);
  return [
    markup`<p>The units selective for a category at one layer were set to their mean over images, and the network ran on from
there. Conditions were read out at the last layer by the nearest centroid. What random units lose is the mean over ${sets} sets,
matched in number and mean activity (${doiLink(SOURCE)}). These numbers describe the networks shown; they have no
interval.</p>`,
    figures,
    markup`<details><summary>Every loss, with the range over the random sets</summary>${
      families.flatMap((family) =>
        [...new Set(lesionsOf(family).map(({ layer }) => layer))].map((layer) => lesionTable(family, layer, results))
      )
    }</details>`,
  ];
}

function lesionsOf({ networks }: Family): LesionResult[] {
  return networks.flatMap(({ lesions = [] }) => lesions);
}

function lesionTable(family: Family, layer: string, { conditions, targets }: Results): Html {
  const lesions = lesionsOf(family).filter((each) => each.layer === layer);
  const shown = conditions.filter((condition) => lesions.some(({ accuracy }) => condition in accuracy));
  const intact = shown.map((condition) => formatPercent(meanOf(lesions.map(({ accuracy }) => accuracy[condition]))));
  const rows = targets.map((target) => {
    const own = lesions.flatMap(({ targets }) => targets[target] ?? []);
    const units = meanOf(own.map((each) => each.units));
    const reasons = [...new Set(own.flatMap(({ reason }) => reason ?? []))];
    return {
      family: family.id,
      cells: [
        markup`${target}<small>${formatCount(Math.round(units ?? 0))} units${
          reasons.length > 0 && `; ${reasons.join("; ")}`
        }</small>`,
        ...shown.map((condition) => cell(own.map((each) => each.conditions[condition]), condition === target)),
      ],
    };
  });
  const readouts = formatList([...new Set(lesions.map(({ readout }) => readout))]);
  const networks = lesions.length === 1 ? "" : `; mean of ${lesions.length} networks`;
  const title = `${family.id}: lesions at ${layer}, read out at ${readouts}; chance ${
    formatPercent(1 / shown.length)
  }${networks}`;
  return markup`<h3>${title}</h3>${
    table(`Lesions of ${family.id} at ${layer}`, ["Lesioned", ...shown], [
      { family: family.id, cells: [markup`nothing<small>accuracy</small>`, ...intact] },
      ...rows,
    ])
  }`;
}

function points(share: number | null): string {
  return share === null ? "–" : formatNumber(Number((100 * share).toFixed(1)));
}

function cell(cells: readonly LesionCell[], own: boolean): Content {
  const beyond = meanOf(cells.map(({ beyondRandom }) => beyondRandom));
  if (beyond === null) return "–";
  const drop = meanOf(cells.map((each) => each.drop)), random = meanOf(cells.map((each) => each.random));
  const ranges = cells.flatMap(({ randomRange }) => randomRange === null ? [] : [randomRange]);
  const least = Math.min(...ranges.map(([low]) => low)), most = Math.max(...ranges.map(([, high]) => high));
  const value = formatSigned(Number((100 * beyond).toFixed(1)));
  return markup`${own ? markup`<strong>${value}</strong>` : value}<small>lost ${points(drop)}, random ${
    points(random)
  } (${points(least)} to ${points(most)})</small>`;
}
