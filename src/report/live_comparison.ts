import { compareSelected, type Results, type SelectedOverlap, type SelectedUnits } from "../results/browser.ts";
import { formatCount, formatNumber } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { liveDifferences } from "./_live_differences.ts";
import { table } from "./_table.ts";

/** A run, and the units that it selected. */
export interface SelectingRun {
  readonly results: Results;
  /** Null where they are not known. */
  readonly selected: SelectedUnits | null;
}

/**
 * How a run compares with a published one: the units that both select, by layer and target, and the values of the measures that
 * decide for their groups. Markup, in the style of every page.
 *
 * @param own A run of networks that the published one may have.
 */
export function renderLiveComparison(own: SelectingRun, published: SelectingRun): string {
  const head = `Compared with the published run ${published.results.id}`;
  const known = new Map(
    published.results.networks.filter(({ status }) => status === "run").map(({ id, weights }) => [id, weights.sha256]),
  );
  const same = own.results.networks
    .filter(({ id, status, weights }) => status === "run" && known.get(id) === weights.sha256)
    .map(({ id }) => id);
  const refused = whyNot(own.results, published.results) ??
    (same.length === 0 ? "The published run has no network with these weights, so nothing is compared." : null);
  if (refused !== null) return markup`<h3>${head}</h3><p>${refused}</p>`.toString();
  const overlaps = own.selected === null || published.selected === null
    ? []
    : compareSelected(own.selected, published.selected, own.results.targets)
      .filter(({ network }) => same.includes(network));
  const differences = liveDifferences(own.results, published.results, same);
  return markup`<h3>${head}</h3>
${differences.settings}
<p id="agreement">${overlaps.length === 0 ? NO_UNITS : agreement(overlaps)} ${
    deviceNote(own.results, published.results)
  }</p>
${differences.summary}
${
    same.map((id) => {
      const units = overlaps.filter(({ network }) => network === id), shown = differences.table(id);
      return markup`<details${same.length === 1 && markup` open`}><summary>${id}, layer by layer</summary>
<div class="compared"><div>${
        units.length > 0 ? diceTable(id, units, own.results.targets) : countTable(id, own.results, published.results)
      }</div>
${shown !== null && markup`<div>${shown}</div>`}</div></details>
`;
    })
  }`.toString();
}

const NO_UNITS = "The published run tells how many units are selected, but not which ones.";

function agreement(overlaps: readonly SelectedOverlap[]): string {
  const measured = overlaps.flatMap(({ dice }) => dice ?? []);
  const equal = measured.filter((dice) => dice === 1).length;
  const least = Number(Math.min(1, ...measured).toFixed(4));
  return `In ${equal} of ${measured.length} layers and targets with selected units, both runs select the same units; the ` +
    `smallest overlap (Dice) is ${formatNumber(least)}.`;
}

/** Why the two cannot be compared; null where they can. */
function whyNot(own: Results, published: Results): string | null {
  const [here, there] = [own, published].map(({ settings }) => settings);
  if (own.stimuli.hash !== published.stimuli.hash) {
    return here.limit === there.limit
      ? "It saw other pictures, so nothing is compared."
      : `Here ${pictures(here.limit)} of each category were shown, in the published run ${
        pictures(there.limit)
      }, so nothing is compared.`;
  }
  if (own.criterion.definition !== published.criterion.definition) {
    return `It has another criterion, ${published.criterion.name}, so nothing is compared.`;
  }
  if (own.targets.join() !== published.targets.join()) return "It has other targets, so nothing is compared.";
  return here.seed === there.seed ? null : "Its images were split by another seed, so nothing is compared.";
}

function pictures(limit: number | null): string {
  return limit === null ? "all pictures" : `at most ${limit} pictures`;
}

function deviceNote({ provenance: own }: Results, { provenance: published }: Results): string {
  return own.device === published.device
    ? "Both ran on the same kind of device."
    : `This run used another kind of device (${own.device}) than the published one (${published.device}); they round numbers ` +
      "differently, which can change units near the threshold.";
}

function diceTable(network: string, overlaps: readonly SelectedOverlap[], targets: readonly string[]): Html {
  const rows = [...new Set(overlaps.map(({ layer }) => layer))].map((layer) => ({
    cells: [
      layer,
      ...targets.map((target) => {
        const { dice, a, b } = overlaps.find((each) => each.layer === layer && each.target === target)!;
        const text = dice === null ? "none" : formatNumber(Number(dice.toFixed(3)));
        return markup`${text}<small>${formatCount(a)}, ${formatCount(b)}</small>`;
      }),
    ],
  }));
  return markup`<h4>Overlap of the selected units (Dice); below it, how many here and in the published run</h4>
${table(`Overlap of units in ${network}`, ["Layer", ...targets], rows)}`;
}

/** Selected units here and there, where the published run tells their numbers alone. */
function countTable(id: string, own: Results, published: Results): Html {
  const [here, there] = [own, published].map(({ networks }) => networks.find((network) => network.id === id)!);
  const rows = here.layers.map((layer) => {
    const other = there.layers.find(({ name }) => name === layer.name);
    return {
      cells: [
        layer.name,
        ...own.targets.map((target) =>
          markup`${formatNumber(layer.categories[target].selected)}<small>${
            other === undefined ? "none" : formatNumber(other.categories[target].selected)
          }</small>`
        ),
      ],
    };
  });
  return markup`<h4>Selected units on a half, here and in the published run</h4>
${table(`Selected units of ${id}`, ["Layer", ...own.targets], rows)}`;
}
