import { type Measure, PROPORTION } from "../measures/mod.ts";
import { type ClaimResult, type ClaimRow, isWidthless, WIDTHLESS } from "../results/browser.ts";
import { meanOf } from "../statistics/mod.ts";
import { type Difference, ownNumber } from "./_difference.ts";
import { NOT_RESAMPLED } from "./analyse_layer.ts";
import { getCell } from "./cell_table.ts";
import { PRESENCE } from "./claims.ts";
import { type AnalysedNetwork, familiesOf, type Family, meanReader, networkReader, type Reader } from "./family.ts";
import type { AnalysisTools, ResolvedSettings } from "./settings.ts";

/** What stands on the other side of a family's own number. */
const CHANCE = "chance";
/** A slope is made of proportions: rounding is judged on their scale, also where the slope is next to 0. */
const PROPORTIONS: readonly number[] = [1];

/** A network's mean proportion with labels permuted, averaged over layers and targets; null where nothing was permuted. */
function chanceOf({ analysis }: AnalysedNetwork): number | null {
  const parts = analysis.numbers.permuted.flatMap((layer) => layer ?? []);
  return meanOf(parts.map(({ permuted }) => meanOf(permuted)));
}

interface Describing {
  readonly settings: ResolvedSettings;
  readonly tools: AnalysisTools;
}

/** A row about a family's own number: what it is, its interval, or why there is none. */
function describedRow(
  { criterion, family, measure, chance, scale }: {
    readonly criterion: string;
    readonly family: Family;
    readonly measure: Measure;
    readonly chance: number | null;
    /** Numbers whose size decides what is rounding. */
    readonly scale: readonly (number | null)[];
  },
  found: Difference,
  { tools }: Describing,
): ClaimRow {
  const { difference, inference } = found;
  const rule = tools.criteria.find(({ name }) => name === criterion);
  const fixed = difference === null ? undefined : rule && measure.fixedBy?.(rule);
  const interval = fixed === undefined ? found.interval : null;
  const reason = fixed ??
    (interval !== null
      ? (isWidthless(interval, scale) ? WIDTHLESS : undefined)
      : difference !== null && rule?.needsResponses
      ? NOT_RESAMPLED
      : found.reason);
  return {
    criterion,
    a: CHANCE,
    b: family.name,
    measure: measure.name,
    matched: false,
    inference,
    hypothesis: false,
    verdict: interval === null ? "not tested" : "described",
    valueA: chance,
    valueB: difference === null ? null : difference + (chance ?? 0),
    difference,
    interval,
    pValue: null,
    equivalenceP: null,
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The proportion of a family, over chance where labels were permuted. */
function proportionRow(family: Family, criterion: string, describing: Describing): ClaimRow {
  const { settings, tools } = describing;
  const chances = family.networks.map((network) => criterion === tools.criteria[0].name ? chanceOf(network) : null);
  const chance = chances.every((each) => each !== null) ? meanOf(chances) : null;
  const read: Reader = (network) => {
    const cells = network.numbers.layers.flatMap((layer) =>
      settings.targets.map((category): Reader => () => getCell(layer, [criterion, category, PROPORTION.name]))
    );
    const cell = meanReader(cells)(network);
    return cell.value === null ? cell : { ...cell, value: cell.value - (chance ?? 0) };
  };
  const found = ownNumber(family, read, settings.level);
  const scale = [found.difference === null ? null : found.difference + (chance ?? 0)];
  return describedRow({ criterion, family, measure: PROPORTION, chance, scale }, found, describing);
}

function slopeRow(family: Family, criterion: string, measure: Measure, describing: Describing): ClaimRow {
  const { settings } = describing;
  const read = meanReader(settings.targets.map((category) => networkReader(criterion, category, measure.name)));
  const found = ownNumber(family, read, settings.level);
  return describedRow({ criterion, family, measure, chance: null, scale: PROPORTIONS }, found, describing);
}

/**
 * Describes how many units every family selects, beside how many it selects with labels permuted, and how that changes with
 * depth; untrained families too, which stand beside every trained one. Nothing is tested here.
 */
export function describePresence(networks: readonly AnalysedNetwork[], describing: Describing): ClaimResult {
  const { tools: { measures, criteria } } = describing;
  const slopes = measures.filter(({ kind, group }) => kind === "network" && group === PROPORTION.group);
  const rows = criteria.flatMap(({ name }) =>
    familiesOf(networks).flatMap((family) => [
      proportionRow(family, name, describing),
      ...slopes.map((measure) => slopeRow(family, name, measure, describing)),
    ])
  );
  return rows.length > 0
    ? { ...PRESENCE, verdict: "described", rows }
    : { ...PRESENCE, verdict: "not tested", reason: "no network was run", rows };
}
