import type { ChannelResult, Results } from "../results/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { dotPlot, type DotRow, dotSentence, type ShareAxis, shareAxis } from "./_dot_plot.ts";
import { type Family, runFamilies, shortName, SUPERVISION_LABELS } from "./_families.ts";
import { capitalized, formatPercent, shortened } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import { pictureIndex } from "./_pictures.ts";
import type { LayerSlots } from "./_layer_slots.ts";
import { shareAt, shownLayer } from "./_shares.ts";
import { familySymbol } from "./_symbol.ts";

/** Pictures of a target, and of what drives a channel. */
const PICTURES = 4;

interface Shown {
  readonly results: Results;
  readonly slots: LayerSlots;
  /** Image id to the number of its picture. */
  readonly pictures: ReadonlyMap<string, number>;
}

/**
 * The pictures under the title: for each target four stimuli, the share of selective units at one fixed depth in every training,
 * and what drives the most selective channel of each family. Nothing where no layer was measured.
 */
export function firstScreen(results: Results, slots: LayerSlots): Html | null {
  const families = runFamilies(results).filter(({ networks }) => networks.some((each) => shownLayer(each, slots)));
  if (families.length === 0) return null;
  const rows = results.targets.map((target) => families.map((family) => dotRow(family, target, results, slots)));
  const axis = shareAxis(rows.flat().flatMap(({ shares }) => shares));
  const shown = { results, slots, pictures: pictureIndex(results) };
  const panels = results.targets.map((target, index) => panel(target, rows[index], axis, shown));
  return markup`<section id="overview" aria-label="Selective units at a glance">
<ul class="legend">${families.map((family) => legendEntry(family, families))}</ul>
<div class="panels">${panels}</div>
<p class="reading">${readingOf(families, shown)}</p>
</section>
`;
}

function legendEntry(family: Family, families: readonly Family[]): Html {
  const learned = family.supervision === "untrained" ? "" : ownWords(family, families);
  return markup`<li data-family="${family.id}" title="${family.id}">${familySymbol(family)}<span>${
    shortened(family.id, 60)
  }${learned !== "" && markup`<span class="learned">: ${learned}</span>`}</span></li>`;
}

/** What sets a family’s title apart from those of all families, without its seed; else what its networks learned from. */
function ownWords({ networks: [{ title }], supervision }: Family, families: readonly Family[]): string {
  const partsOf = (text: string): string[] => text.split(", ").filter((part) => !/^seed \d+$/.test(part));
  const all = families.map(({ networks }) => partsOf(networks[0].title));
  const own = partsOf(title).filter((part) => !all.every((parts) => parts.includes(part)));
  if (own.length > 0 && own.length < partsOf(title).length) return own.join(", ");
  return supervision === "unstated" ? "" : SUPERVISION_LABELS[supervision];
}

function readingOf(families: readonly Family[], { slots, pictures }: Shown): string {
  const several = families.some(({ networks }) => networks.length > 1);
  const marks = `Share of units that are selective at ${
    slots.slots[slots.initial].label
  }, a layer that was fixed beforehand to illustrate the average${several ? "; one mark per training" : ""}.`;
  return pictures.size > 0
    ? `${marks} Below: the images that drive the most selective channel in the first training of each family.`
    : marks;
}

function dotRow(family: Family, target: string, results: Results, slots: LayerSlots): DotRow {
  const shares = family.networks.map((network) => shareAt(shownLayer(network, slots), target, results));
  return { family, shares, mean: meanOf(shares) };
}

function panel(target: string, rows: readonly DotRow[], axis: ShareAxis, shown: Shown): Html {
  const examples = (shown.results.stimuli.examples?.[target] ?? []).slice(0, PICTURES);
  return markup`<div class="panel"><h2>${capitalized(target)}</h2>
${pictureStrip(examples, `Stimuli: ${target}`, shown.pictures)}
<div class="shares" role="img" aria-label="${`Units selective for ${target}: ${dotSentence(rows)}`}"><ul>${
    rows.map(({ family }) => markup`<li title="${family.id}">${shortName(family, rows.map((row) => row.family))}</li>`)
  }</ul>${dotPlot(rows, axis)}<ul class="means">${rows.map(({ mean }) => markup`<li>${meanText(mean)}</li>`)}</ul></div>
${
    shown.pictures.size > 0 &&
    markup`<div class="driving">${rows.map((row) => drivingRow(row, target, rows, shown))}</div>`
  }</div>
`;
}

function meanText(mean: number | null): string {
  return mean !== null && mean > 0 && mean < 0.001 ? "<0.1\u00a0%" : formatPercent(mean, 2);
}

/** The channel with most selective units for a target in the shown layer of a family's first training, whose pictures are kept. */
function fullestChannel(
  { networks: [network] }: Family,
  target: string,
  slots: LayerSlots,
): { readonly network: string; readonly channel: ChannelResult } | null {
  const [channel] = shownLayer(network, slots)?.categories[target]?.channels ?? [];
  return channel === undefined ? null : { network: network.id, channel };
}

/** Ids of the images whose pictures the first screen shows. */
export function firstScreenImages(results: Results, slots: LayerSlots): string[] {
  return results.targets.flatMap((target) => [
    ...(results.stimuli.examples?.[target] ?? []).slice(0, PICTURES),
    ...runFamilies(results).flatMap((family) =>
      (fullestChannel(family, target, slots)?.channel.most ?? []).slice(0, PICTURES)
    ),
  ]);
}

function drivingRow({ family }: DotRow, target: string, rows: readonly DotRow[], { pictures, slots }: Shown): Html {
  const fullest = fullestChannel(family, target, slots);
  const images = (fullest?.channel.most ?? []).slice(0, PICTURES);
  const label = fullest === null
    ? ""
    : `${fullest.network}, channel ${fullest.channel.channel}, is driven most by ${images.join(", ")}`;
  const strip = pictureStrip(images, label, pictures);
  return markup`<div class="driver" data-family="${family.id}"><span class="name" title="${family.id}">${
    familySymbol(family)
  }<span>${shortName(family, rows.map((row) => row.family))}</span></span>${
    strip ?? markup`<span class="none">${fullest === null ? "none selected" : "no picture"}</span>`
  }</div>`;
}

/** A row of pictures that a screen reader takes as one; null where none may be shown. */
function pictureStrip(ids: readonly string[], label: string, index: ReadonlyMap<string, number>): Html | null {
  const pictures = ids.flatMap((id) => index.get(id) ?? []);
  if (pictures.length === 0) return null;
  return markup`<div class="strip" role="img" aria-label="${label}">${
    pictures.map((picture) =>
      markup`<svg viewBox="0 0 1 1" aria-hidden="true"><use href="#picture-${picture}" width="1" height="1"/></svg>`
    )
  }</div>`;
}
