import { type ClaimRow, type ComparedPair, isWidthless, type Results } from "../results/browser.ts";
import { mainPairs, openReason, questions } from "./_evidence.ts";
import { type Family, runFamilies } from "./_families.ts";
import {
  capitalized,
  formatLevel,
  formatList,
  formatNumber,
  formatPercent,
  formatSigned,
  shortened,
} from "./_format.ts";
import type { LayerSlots } from "./_layer_slots.ts";
import { formatDifference, inNaturalUnit } from "./_measures.ts";
import { largestUntrained, meanShare, permutedShare, shareAt } from "./_shares.ts";

/** Letters of a name in the title and the lead. */
const NAME = 40;
/** Comparisons that a title names; more are counted. */
const NAMED = 3;

type Way = "more" | "fewer" | "same" | "open" | "untested";

interface Answer {
  readonly pair: ComparedPair;
  readonly row: ClaimRow;
  readonly way: Way;
}

/** What each main pair says about the number of selective units, in the study's order. */
function answersOf(results: Results): Answer[] {
  const question = questions(results).find(({ measure }) => measure.group === "quantity");
  return mainPairs(results).flatMap((pair, index) => {
    const row = question?.answers[index];
    return row === undefined ? [] : [{ pair, row, way: wayOf(row) }];
  });
}

/** Which way a row points: no further than its verdict goes. */
function wayOf({ verdict, difference, interval, valueA, valueB }: ClaimRow): Way {
  if (verdict === "not tested" || difference === null || interval === null) return "untested";
  if (verdict === "equivalent") return "same";
  const decided = ["holds", "fails", "higher", "lower"].includes(verdict);
  if (!decided || isWidthless(interval, [valueA, valueB])) return "open";
  return difference > 0 ? "more" : "fewer";
}

/** What differs in a pair, after “units”: the study’s words up to their first pause, or the two families. */
function differing({ a, b, contrast }: ComparedPair): string {
  if (contrast === null) return `in ${shortened(b, NAME)} than in ${shortened(a, NAME)}`;
  return `with ${shortened(contrast.split(/[:;]/)[0].trim(), 2 * NAME)}`;
}

/** The phrases, each without the words at its end that it shares with the first. */
function withoutSharedEnd(phrases: readonly string[]): string[] {
  const [first, ...others] = phrases;
  const words = first.split(" ");
  return [
    first,
    ...others.map((phrase) => {
      const own = phrase.split(" ");
      let shared = 0;
      while (shared < Math.min(words.length, own.length) - 2 && words.at(-1 - shared) === own.at(-1 - shared)) shared++;
      return shared < 2 ? phrase : own.slice(0, -shared).join(" ");
    }),
  ];
}

/** The page's title: what was found of the number of selective units, or the question where the run cannot answer it. */
export function headline(results: Results): string {
  const families = runFamilies(results);
  if (families.length === 0) return "Which units are category-selective? No network was run";
  const shares = families.flatMap(({ networks }) =>
    networks.flatMap(({ layers }) =>
      layers.flatMap((layer) => results.targets.flatMap((target) => shareAt(layer, target, results) ?? []))
    )
  );
  if (shares.length === 0) return "Which units are category-selective? No layer was measured";
  if (shares.every((share) => share === 0)) {
    return "Which units are category-selective? Too few to say: none was found";
  }
  if (shares.every((share) => share === 1)) {
    return "Which units are category-selective? This criterion selects every unit";
  }
  const answers = answersOf(results);
  return answers.length === 0 ? withoutPairs(families, results) : comparedTitle(answers, results);
}

function withoutPairs(families: readonly Family[], results: Results): string {
  if (families.length > 1) return `How many units are category-selective? ${families.length} families, not compared`;
  const share = formatPercent(meanShare(families[0].networks, results), 2);
  return `${share} of units are selective for a category in ${shortened(families[0].id, NAME)}`;
}

function comparedTitle(answers: readonly Answer[], results: Results): string {
  const decided = answers.filter(({ way }) => way === "more" || way === "fewer" || way === "same");
  if (decided.length === 0) return openTitle(answers, results);
  const closing = answers.every(({ row }) => row.inference === "families") ? "" : theseNetworks(answers);
  if (answers.length > NAMED) return `${countedTitle(answers)}${closing}`;
  const shown = [...decided, ...answers.filter((answer) => !decided.includes(answer))];
  // Contrasts that are alike tell nothing apart; the families do.
  const told = new Set(shown.map(({ pair }) => differing(pair))).size === shown.length;
  const phrases = withoutSharedEnd(shown.map(({ pair }) => differing(told ? pair : { ...pair, contrast: null })));
  const clauses = (["more", "fewer", "same", "open", "untested"] as const).flatMap((way) => {
    const own = phrases.filter((_, index) => shown[index].way === way);
    return own.length === 0 ? [] : [{ way, text: formatList(own), first: shown.findIndex((each) => each.way === way) }];
  }).sort((x, y) => x.first - y.first);
  return capitalized(
    clauses.map(({ way, text }, index) =>
      way === "open" || way === "untested"
        ? `${text}, ${BEGINNINGS[way]}`
        : `${BEGINNINGS[way]}${index === 0 ? " category-selective units" : ""} ${text}`
    ).join("; "),
  ) + closing;
}

const BEGINNINGS: Readonly<Record<Way, string>> = {
  more: "more",
  fewer: "fewer",
  same: "about as many",
  open: "not decided",
  untested: "not tested",
};

/** Of few trainings, the title speaks of no others. */
function theseNetworks(answers: readonly Answer[]): string {
  const single = answers.length === 1 && answers[0].pair.trainings.every((count) => count === 1);
  return single ? ", in these two networks" : ", in these networks";
}

function countedTitle(answers: readonly Answer[]): string {
  const count = (way: Way): number => answers.filter((answer) => answer.way === way).length;
  const ways = (["more", "fewer", "same", "open", "untested"] as const).filter((way) => count(way) > 0);
  return capitalized(
    ways.map((way, index) =>
      index === 0
        ? `${BEGINNINGS[way]} category-selective units in ${count(way)} of ${answers.length} comparisons`
        : `${BEGINNINGS[way]} in ${count(way)}`
    ).join("; "),
  );
}

function openTitle(answers: readonly Answer[], results: Results): string {
  const [{ pair, row }] = answers;
  const tested = answers.some(({ way }) => way === "open");
  const about = answers.length > 1
    ? `in any of ${answers.length} comparisons`
    : pair.contrast === null
    ? `between ${shortened(pair.a, NAME)} and ${shortened(pair.b, NAME)}`
    : differing(pair);
  const reasons = new Set(answers.map((answer) => openReason(answer.row, results)));
  const reason = reasons.size === 1 ? openReason(row, results) : "";
  return `Does the number of category-selective units differ ${about}? ${tested ? "Not decided" : "Not tested"}${
    reason === "" ? "" : `: ${shortened(reason, 2 * NAME)}`
  }`;
}

/** At most 45 words below the title: the numbers of one judged comparison with its interval, and those without training. */
export function lead(results: Results, slots: LayerSlots): string {
  const answers = answersOf(results);
  const told = answers.find(({ way }) => way === "more" || way === "fewer") ?? answers[0];
  const families = runFamilies(results);
  if (families.length === 0) return "The reasons are given below.";
  const sentences = [
    told === undefined ? sharesSentence(families, results) : differenceSentence(told, results),
    untrainedSentence(results, slots),
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function sharesSentence(families: readonly Family[], results: Results): string {
  if (families.length === 1) {
    const chance = permutedShare(families[0].networks);
    return `This is the average over layers and categories; ${
      chance === null ? "labels were not permuted" : `with permuted labels it is ${formatPercent(chance, 2)}`
    }.`;
  }
  const shown = families.filter(({ supervision }) => supervision !== "untrained").slice(0, 4);
  const shares = shown.map(({ id, networks }) =>
    `${formatPercent(meanShare(networks, results), 2)} in ${shortened(id, NAME)}`
  );
  return shares.length === 0
    ? ""
    : `Averaged over layers and categories, the share of selective units is ${formatList(shares)}.`;
}

function differenceSentence({ pair, row, way }: Answer, results: Results): string {
  const { measure } = questions(results).find((question) => question.measure.group === "quantity")!;
  const [a, b] = [shortened(pair.a, NAME), shortened(pair.b, NAME)];
  if (row.difference === null || row.valueA === null || row.valueB === null) {
    return `${b} and ${a} could not be compared.`;
  }
  const { difference, valueA, valueB } = row;
  const spread = row.interval === null
    ? ", not tested"
    : ` (${formatLevel(results.settings.level)} interval ${
      formatNumber(inNaturalUnit(measure, row.interval[0]), 2)
    } to ${formatNumber(inNaturalUnit(measure, row.interval[1]), 2)}${way === "open" ? ", not decided" : ""})`;
  const most = way === "more" || way === "fewer" ? mainCategory(pair, row, results) : null;
  const mostly = most === null
    ? ""
    : `, mostly from ${shortened(most.category, NAME)} (${formatSigned(inNaturalUnit(measure, most.difference), 2)})`;
  return `Averaged over layers and categories, ${formatPercent(valueB, 2)} of units are selective in ${b}, ${
    formatPercent(valueA, 2)
  } in ${a}: ${formatDifference(measure, difference, 2)}${spread}${mostly}.`;
}

/** Share of the sum of the categories’ differences that one of them must have to be named. */
const MOSTLY = 0.75;

/** The category that makes up most of a difference, where one does and goes the same way; null else. */
function mainCategory(
  { a, b }: ComparedPair,
  row: ClaimRow,
  results: Results,
): { category: string; difference: number } | null {
  const own = results.comparisons.flatMap(({ category, difference, ...other }) =>
    other.a === a && other.b === b && other.measure === row.measure && other.depth === null && !other.matched &&
      other.criterion === row.criterion && results.targets.includes(category) && difference !== null
      ? [{ category, difference }]
      : []
  );
  const total = own.reduce((sum, { difference }) => sum + Math.abs(difference), 0);
  const found = own.find(({ difference }) =>
    Math.abs(difference) >= MOSTLY * total && difference * row.difference! > 0
  );
  return own.length > 1 && found !== undefined ? found : null;
}

function untrainedSentence(results: Results, slots: LayerSlots): string {
  const untrained = runFamilies(results).filter(({ supervision }) => supervision === "untrained");
  const share = meanShare(untrained.flatMap(({ networks }) => networks), results);
  if (share === null) return "No untrained network was run.";
  const most = largestUntrained(results, slots);
  const reaching = most?.reachesTrained
    ? `; one has ${formatPercent(most.share, 2)} for ${shortened(most.category, NAME)} at ${
      shortened(most.layer, NAME)
    }`
    : "";
  return `Untrained networks: ${formatPercent(share, 2)}${reaching}.`;
}
