import type { LayerResult, NetworkResult } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { dotPlot, dotSentence, shareAxis } from "./_dot_plot.ts";
import { type Family, runFamilies } from "./_families.ts";
import { capitalized, formatPercent } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { familySymbol } from "./_symbol.ts";
import { mapImage } from "./figures/_map_image.ts";

/**
 * What a run has found so far: for each target the share of selective units, a mark a layer; for each network the positions of
 * its selective units, a column a layer.
 *
 * @param networks With the layers that are finished.
 * @returns Markup, in the style of every page.
 */
export function renderLiveView(networks: readonly NetworkResult[], targets: readonly string[]): string {
  const families = runFamilies({ networks: networks.filter(({ layers }) => layers.length > 0) });
  if (families.length === 0) return "";
  const rows = targets.map((target) =>
    families.map((family) => {
      const shares = family.networks.flatMap(({ layers }) => layers.map((layer) => shareOf(layer, target)));
      return { family, shares, mean: meanOf(shares) };
    })
  );
  const axis = shareAxis(rows.flat().flatMap(({ shares }) => shares));
  return markup`<div class="panels">${
    targets.map((target, index) =>
      markup`<div class="panel"><h3>${
        capitalized(target)
      }</h3><div class="shares" role="img" aria-label="${`Units selective for ${target}, mean over layers: ${
        dotSentence(rows[index])
      }`}"><ul>${rows[index].map(({ family }) => markup`<li title="${family.id}">${family.id}</li>`)}</ul>${
        dotPlot(rows[index], axis)
      }<ul class="means">${
        rows[index].map(({ mean }) => markup`<li>${mean === null ? "" : formatPercent(mean, 2)}</li>`)
      }</ul></div></div>`
    )
  }</div>
<p class="reading">Share of units that are selective; one mark per layer. Below: where they are, summed over channels.</p>
${families.flatMap((family) => family.networks.map((network) => mapTable(network, family, targets)))}`.toString();
}

function mapTable({ id, layers }: NetworkResult, family: Family, targets: readonly string[]): Html {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${`Layers of ${id}`}"><table class="found"><caption>${
    familySymbol(family)
  } ${id}</caption>
<thead><tr><th scope="col"><span class="quiet">Target</span></th>${
    layers.map(({ name }) => markup`<th scope="col">${name}</th>`)
  }</tr></thead>
<tbody>${
    targets.map((target) =>
      markup`<tr><th scope="row">${target}</th>${
        layers.map((layer) => markup`<td>${cell(layer, target, family)}</td>`)
      }</tr>
`
    )
  }</tbody></table></div>
`;
}

function cell(layer: LayerResult, target: string, { color }: Family): Html {
  const { map } = layer.categories[target];
  return markup`${
    map !== null &&
    markup`<img src="${mapImage(map.rows, map.columns, map.counts, color)}" width="48" height="48" alt="">`
  }<span>${formatPercent(shareOf(layer, target), 2)}</span>`;
}

/** The share of a layer's units that is selected, 0–1. */
function shareOf({ units, categories }: LayerResult, target: string): number {
  return categories[target].selected / units;
}
