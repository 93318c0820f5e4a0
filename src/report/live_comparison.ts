import { compareSelected, type Results, type SelectedOverlap, type SelectedUnits } from "../results/browser.ts";
import { formatCount, formatNumber } from "./_format.ts";
import { type Html, markup } from "./_html.ts";

/** A run, and the units that it selected. */
export interface SelectingRun {
  readonly results: Results;
  /** Null where they are not known. */
  readonly selected: SelectedUnits | null;
}

/**
 * How a run compares with a published one: the same units, by layer and target. Markup, in the style of every page.
 *
 * @param own A run of networks that the published one may have.
 */
export function renderLiveComparison(own: SelectingRun, published: SelectingRun): string {
  const head = `Compared with the published run ${published.results.id}`;
  const refused = whyNot(own.results, published.results);
  if (refused !== null) return markup`<h3>${head}</h3><p>${refused}</p>`.toString();
  const known = new Map(published.results.networks.map((network) => [network.id, network.weights.sha256]));
  const same = own.results.networks.filter(({ id, weights }) => known.get(id) === weights.sha256).map(({ id }) => id);
  const overlaps = own.selected === null || published.selected === null
    ? []
    : compareSelected(own.selected, published.selected, own.results.targets)
      .filter(({ network }) => same.includes(network));
  if (overlaps.length === 0) {
    return markup`<h3>${head}</h3><p>The published run tells no units of these networks; numbers are compared.</p>
${countTable(own.results, published.results, same)}`.toString();
  }
  const measured = overlaps.flatMap(({ dice }) => dice ?? []);
  const equal = measured.filter((dice) => dice === 1).length;
  const least = Math.min(1, ...measured);
  return markup`<h3>${head}</h3>
<p id="agreement">In ${equal} of ${measured.length} layers and targets where a unit is selected, the same units are; the
smallest overlap (Dice) is ${formatNumber(Number(least.toFixed(4)))}. ${deviceNote(own.results, published.results)}</p>
${
    [...new Set(overlaps.map(({ network }) => network))].map((network) =>
      diceTable(network, overlaps.filter((each) => each.network === network), own.results.targets)
    )
  }`
    .toString();
}

/** Why the two cannot be compared; null where they can. */
function whyNot(own: Results, published: Results): string | null {
  if (own.stimuli.hash !== published.stimuli.hash) return "It saw other pictures, so nothing is compared.";
  if (own.criterion.definition !== published.criterion.definition) {
    return `It has another criterion, ${published.criterion.name}, so nothing is compared.`;
  }
  if (own.targets.join() !== published.targets.join()) return "It has other targets, so nothing is compared.";
  return own.settings.seed === published.settings.seed
    ? null
    : "Its images were split by another seed, so nothing is compared.";
}

function deviceNote({ provenance: own }: Results, { provenance: published }: Results): string {
  return own.device === published.device
    ? "Both ran on the same kind of device."
    : `Here networks ran on ${own.device}, there on ${published.device}: rounding differs, and decides units near the threshold.`;
}

function diceTable(network: string, overlaps: readonly SelectedOverlap[], targets: readonly string[]): Html {
  const layers = [...new Set(overlaps.map(({ layer }) => layer))];
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${`Overlap of units in ${network}`}"><table>
<caption>${network}: overlap of selected units (here, published)</caption>
<thead><tr><th scope="col">Layer</th>${targets.map((target) => markup`<th scope="col">${target}</th>`)}</tr></thead>
<tbody>${
    layers.map((layer) =>
      markup`<tr><th scope="row">${layer}</th>${
        targets.map((target) => {
          const { dice, a, b } = overlaps.find((each) => each.layer === layer && each.target === target)!;
          const text = dice === null ? "none" : formatNumber(Number(dice.toFixed(3)));
          return markup`<td>${text}<small>${formatCount(a)}, ${formatCount(b)}</small></td>`;
        })
      }</tr>
`
    )
  }</tbody></table></div>
`;
}

/** Selected units here and there, where the published run tells their numbers alone. */
function countTable(own: Results, published: Results, same: readonly string[]): Html[] {
  return same.map((id) => {
    const [here, there] = [own, published].map(({ networks }) => networks.find((network) => network.id === id)!);
    return markup`<div class="scroll" tabindex="0" role="region" aria-label="${`Selected units of ${id}`}"><table>
<caption>${id}: selected units on a half (here, published)</caption>
<thead><tr><th scope="col">Layer</th>${own.targets.map((target) => markup`<th scope="col">${target}</th>`)}</tr></thead>
<tbody>${
      here.layers.map((layer) => {
        const other = there.layers.find(({ name }) => name === layer.name);
        return markup`<tr><th scope="row">${layer.name}</th>${
          own.targets.map((target) =>
            markup`<td>${formatNumber(layer.categories[target].selected)}<small>${
              other === undefined ? "none" : formatNumber(other.categories[target].selected)
            }</small></td>`
          )
        }</tr>
`;
      })
    }</tbody></table></div>
`;
  });
}
