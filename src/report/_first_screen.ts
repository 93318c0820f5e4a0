import type { NetworkResult, Results } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { dotPlot, type DotRow, dotSentence, type ShareAxis, shareAxis } from "./_dot_plot.ts";
import { type Family, runFamilies, SUPERVISION_LABELS } from "./_families.ts";
import { capitalized, formatPercent } from "./_format.ts";
import { type Html, imageUri, markup } from "./_html.ts";
import type { LayerSlots } from "./_layer_slots.ts";
import { shareAt, shownLayer } from "./_shares.ts";
import { familySymbol } from "./_symbol.ts";

/** Pictures of a target, and of what drives a channel. */
const PICTURES = 4;

/**
 * The pictures under the title: for each target four stimuli, the share of selective units at one fixed depth in every training,
 * and what drives the most selective channel of each family. Nothing where no layer was measured.
 */
export function firstScreen(results: Results, slots: LayerSlots): Html | null {
  const families = runFamilies(results).filter(({ networks }) => networks.some((each) => shownLayer(each, slots)));
  if (families.length === 0) return null;
  const rows = results.targets.map((target) => families.map((family) => dotRow(family, target, results, slots)));
  const axis = shareAxis(rows.flat().flatMap(({ shares }) => shares));
  const panels = results.targets.map((target, index) => panel(target, rows[index], { axis, results, slots }));
  const pictures = families.some(({ networks }) => drivers(networks[0], results.targets, results, slots).length > 0);
  return markup`<section id="overview" aria-label="Selective units at a glance">
<ul class="legend">${families.map(legendEntry)}</ul>
<div class="panels">${panels}</div>
<p class="reading">${readingOf(families, slots, pictures)}</p>
</section>
`;
}

function legendEntry(family: Family): Html {
  const { id, supervision } = family;
  const learned = supervision === "unstated" || supervision === "untrained"
    ? ""
    : `: ${SUPERVISION_LABELS[supervision]}`;
  return markup`<li data-family="${id}">${
    familySymbol(family)
  }<span>${id}<span class="learned">${learned}</span></span></li>`;
}

function readingOf(families: readonly Family[], slots: LayerSlots, pictures: boolean): string {
  const several = families.some(({ networks }) => networks.length > 1);
  const marks = `Per cent of units selective at ${
    slots.slots[slots.initial].label
  }, a depth fixed beforehand: an illustration of the average${several ? "; one mark a training" : ""}.`;
  return pictures ? `${marks} Pictures: what drives the channel with most selective units.` : marks;
}

function dotRow(family: Family, target: string, results: Results, slots: LayerSlots): DotRow {
  const shares = family.networks.map((network) => shareAt(shownLayer(network, slots), target, results));
  return { family, shares, mean: meanOf(shares) };
}

function panel(
  target: string,
  rows: readonly DotRow[],
  { axis, results, slots }: { readonly axis: ShareAxis; readonly results: Results; readonly slots: LayerSlots },
): Html {
  const examples = (results.stimuli.examples?.[target] ?? []).slice(0, PICTURES);
  const driven = rows.map(({ family }) => drivingRow(family, target, results, slots));
  return markup`<div class="panel"><h2>${capitalized(target)}</h2>
${pictureStrip(examples, `Stimuli: ${target}`, results)}
<div class="shares" role="img" aria-label="${`Units selective for ${target}: ${dotSentence(rows)}`}"><ul>${
    rows.map(({ family }) => markup`<li title="${family.id}">${shortName(family.id, rows)}</li>`)
  }</ul>${dotPlot(rows, axis)}<ul class="means">${
    rows.map(({ mean }) => markup`<li>${formatPercent(mean, 2)}</li>`)
  }</ul></div>
${driven.some((row) => row !== null) && markup`<div class="driving">${driven}</div>`}</div>
`;
}

/** A family's name without the beginning, up to a dash, that all families share. */
function shortName(id: string, rows: readonly DotRow[]): string {
  const beginning = /^[^-]+-/.exec(id)?.[0] ?? "";
  return rows.length > 1 && rows.every(({ family }) => family.id.startsWith(beginning) && family.id !== beginning)
    ? id.slice(beginning.length)
    : id;
}

/** The images that drive the channel with most selective units for a target in a network's shown layer. */
function drivers(network: NetworkResult, targets: readonly string[], results: Results, slots: LayerSlots): string[] {
  const layer = shownLayer(network, slots);
  return targets.flatMap((target) => layer?.categories[target]?.channels[0]?.most ?? [])
    .filter((id) => imageUri(results.thumbnails[id]) !== null);
}

function drivingRow(family: Family, target: string, results: Results, slots: LayerSlots): Html | null {
  const [network] = family.networks;
  const channel = shownLayer(network, slots)?.categories[target]?.channels[0];
  const known = Object.keys(results.thumbnails).length > 0;
  if (!known) return null;
  const images = drivers(network, [target], results, slots).slice(0, PICTURES);
  const label = channel === undefined
    ? `${family.id}: no unit selective for ${target}`
    : `${family.id}, channel ${channel.channel}, most selective for ${target}, is driven most by ${images.join(", ")}`;
  return markup`<div class="driver" data-family="${family.id}" style="--light:${family.color}">${familySymbol(family)}${
    images.length > 0
      ? pictureStrip(images, label, results)
      : markup`<span class="none">${channel === undefined ? "none selected" : "no picture"}</span>`
  }</div>`;
}

/** A row of pictures that a screen reader takes as one. */
function pictureStrip(ids: readonly string[], label: string, results: Results): Html {
  const pictures = ids.flatMap((id) => imageUri(results.thumbnails[id]) ?? []);
  if (pictures.length === 0) return markup``;
  return markup`<div class="strip" role="img" aria-label="${label}">${
    pictures.map((uri) => markup`<img src="${uri}" alt="" width="64" height="64">`)
  }</div>`;
}
