import type { Results } from "../results/mod.ts";
import { NEAR } from "../localize/mod.ts";
import { meanOf } from "../statistics/mod.ts";
import { runFamilies } from "./_families.ts";
import { formatCount, formatList, formatNumber, formatPercent } from "./_format.ts";
import { type Html, markup } from "./_html.ts";
import type { LayerSlots } from "./_layer_slots.ts";
import { largestUntrained, meanShare, permutedShare, shownLayer } from "./_shares.ts";

/** One check of a run: what was found, and whether it passes its rule. */
export interface TrustCheck {
  readonly name: string;
  readonly value: string;
  /** When it passes, in words. */
  readonly rule: string;
  readonly passes: boolean;
  /** The section that has more. */
  readonly section: string;
}

/** Trainings that a family needs to speak for more than itself. */
const TRAININGS = 3;
/** Images of a condition that give 15 in each half. */
const IMAGES = 30;
/** Share of the way from chance to perfect agreement that the halves must reach. */
const AGREEMENT = 0.5;
/** Share of the observed that permuted labels may give. */
const NULL_RATE = 0.1;
/** Relative error of streamed moments. */
const SELF_CHECK = 1e-3;

/** The checks of a run, each with its rule. */
export function trustChecks(results: Results, slots: LayerSlots): TrustCheck[] {
  return [
    trainings(results),
    images(results),
    agreement(results, slots),
    nullRate(results),
    untrained(results, slots),
    selfCheck(results),
    device(results),
  ];
}

/** Which checks ask for a closer look, in one line for the first screen. */
export function trustLine(results: Results, slots: LayerSlots): Html {
  const checks = trustChecks(results, slots);
  const open = checks.filter(({ passes }) => !passes);
  return markup`<p class="checked"><a href="#trust">${checks.length - open.length} of ${checks.length} checks pass</a>${
    open.length > 0 &&
    markup`; <span class="look"><span aria-hidden="true">▲</span> look closer</span>: ${
      formatList(open.map(({ name, value }) => `${name.toLowerCase()} (${value})`))
    }`
  }.</p>`;
}

/** The checks as a strip, in words and marks, each linking to its section. */
export function trustStrip(results: Results, slots: LayerSlots): Html {
  const checks = trustChecks(results, slots);
  return markup`<section id="trust" aria-labelledby="trust-title"><h2 id="trust-title">Checks of this run</h2>
<ul class="trust">${
    checks.map(({ name, value, rule, passes, section }) =>
      markup`<li class="${passes ? "passes" : "look"}"><a href="#${section}">${name}</a><strong>${value}</strong><span
class="outcome"><span aria-hidden="true">${passes ? "✓" : "▲"}</span> ${
        passes ? "passes" : "look closer"
      }</span><small>${rule}</small></li>
`
    )
  }</ul></section>
`;
}

function trainings(results: Results): TrustCheck {
  const compared = new Set(results.pairs.flatMap(({ a, b }) => [a, b]));
  const families = runFamilies(results);
  const judged = families.filter(({ id }) => compared.has(id));
  const counts = (judged.length > 0 ? judged : families).map(({ networks }) => networks.length);
  const [least, most] = counts.length === 0 ? [0, 0] : [Math.min(...counts), Math.max(...counts)];
  return {
    name: "Trainings",
    value: least === most ? `${least} per family` : `${least} to ${most} per family`,
    rule: `Passes with ${TRAININGS} or more in every family compared.`,
    passes: least >= TRAININGS,
    section: "networks",
  };
}

function images({ conditions, stimuli, settings }: Results): TrustCheck {
  const used = conditions.filter((name) => !settings.derived.includes(name));
  const counts = used.map((name) => stimuli.perCondition[name] ?? 0);
  const fewest = counts.length === 0 ? 0 : Math.min(...counts);
  return {
    name: "Images",
    value: `${
      formatCount(Object.values(stimuli.perCondition).reduce((sum, count) => sum + count, 0))
    }, at least ${fewest} per condition`,
    rule: `Passes with ${IMAGES} or more in every condition.`,
    passes: fewest >= IMAGES,
    section: "stimuli",
  };
}

function agreement(results: Results, slots: LayerSlots): TrustCheck {
  const cells = results.networks.filter(({ supervision }) => supervision !== "untrained").flatMap((network) =>
    Object.values(shownLayer(network, slots)?.categories ?? {})
  ).filter(({ halfDice, halfDiceChance }) => halfDice !== null && halfDiceChance !== null);
  const dice = meanOf(cells.map(({ halfDice }) => halfDice));
  const chance = meanOf(cells.map(({ halfDiceChance }) => halfDiceChance));
  return {
    name: "Halves agree",
    value: dice === null || chance === null
      ? "not measured"
      : `Dice ${formatNumber(dice, 2)}, by chance ${formatNumber(chance, 2)}`,
    rule: "Passes if Dice is at least halfway between chance and 1, in trained networks at the depth shown above.",
    passes: dice !== null && chance !== null && dice - chance >= AGREEMENT * (1 - chance),
    section: "checks",
  };
}

function nullRate(results: Results): TrustCheck {
  const trained = runFamilies(results).filter(({ supervision }) => supervision !== "untrained")
    .flatMap(({ networks }) => networks);
  const chance = permutedShare(trained);
  const observed = meanShare(trained, results);
  return {
    name: "Null rate",
    value: chance === null
      ? "not measured"
      : `${formatPercent(chance, 2)} of units, observed ${formatPercent(observed, 2)}`,
    rule: "Passes where permuted labels select at most a tenth of what the true ones do.",
    passes: chance !== null && observed !== null && chance <= NULL_RATE * observed,
    section: "proportion",
  };
}

function untrained(results: Results, slots: LayerSlots): TrustCheck {
  const most = largestUntrained(results, slots);
  return {
    name: "Untrained maximum",
    value: most === null ? "none was run" : `${formatPercent(most.share, 2)} for ${most.category}`,
    rule: "Passes where no untrained network reaches the mean of a trained family for the same category.",
    passes: most !== null && !most.reachesTrained,
    section: "proportion",
  };
}

function selfCheck({ provenance }: Results): TrustCheck {
  return {
    name: "Self-check",
    value: `relative error ${formatNumber(provenance.selfCheck, 2)}`,
    rule: `Passes where streamed moments are within ${SELF_CHECK} of those of the stored responses.`,
    passes: provenance.selfCheck <= SELF_CHECK,
    section: "provenance",
  };
}

function device({ provenance, networks }: Results): TrustCheck {
  const cells = networks.flatMap(({ layers }) =>
    layers.flatMap(({ units, categories }) =>
      Object.values(categories).map(({ nearThreshold }) => ({ units, near: nearThreshold }))
    )
  ).filter(({ near }) => near !== undefined);
  const share = cells.reduce((sum, { near }) => sum + near!, 0) / cells.reduce((sum, { units }) => sum + units, 0);
  return {
    name: "Device",
    value: cells.length === 0
      ? provenance.device
      : `${provenance.device}; ${formatPercent(share, 2)} of units within ${formatPercent(NEAR)} of the threshold`,
    rule: "Passes on the processor (cpu); on others a few units may be selected differently.",
    passes: provenance.device === "cpu",
    section: "provenance",
  };
}
