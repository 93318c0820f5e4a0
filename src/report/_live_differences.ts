import {
  compareResults,
  listEstimates,
  type MeasureResult,
  type NumberDifference,
  type Results,
  type ResultsComparison,
} from "../results/browser.ts";
import { capitalized, formatCount, formatLevel, formatSigned, shortened } from "./_format.ts";
import { type Content, type Html, markup } from "./_html.ts";
import { differenceUnit, formatDifference, inNaturalUnit, measureNamed, measuresWhere } from "./_measures.ts";
import { table } from "./_table.ts";

/** Values that agree to four digits count as equal: rounding on another device changes those behind them. */
const EQUAL = 1e-4;

/** Settings that change no value of a main measure: they are of intervals, of chance or of other criteria. */
const WITHOUT_EFFECT = ["otherSplits", "largestLayer", "permutations", "level", "roles"];

/** A value that both runs have, and that is not the same. */
type Difference = NumberDifference & { readonly a: number; readonly b: number };

/** How the values of the main measures differ between a run and a published one. */
export interface LiveDifferences {
  /** Which settings differ, as far as values follow from them; null where none does. */
  readonly settings: Html | null;
  /** How many values are equal, and the largest difference of each measure. */
  readonly summary: Html;
  /** The largest difference over targets at each layer of a network; null where all of its values are equal. */
  table(id: string): Html | null;
}

/**
 * Compares the values of the measures that decide for their groups.
 *
 * @param ids Networks that both runs have, with the same weights.
 */
export function liveDifferences(own: Results, published: Results, ids: readonly string[]): LiveDifferences {
  const measures = measuresWhere(own, ({ primary }) => primary);
  const narrow = (results: Results): Results => ({
    ...results,
    measures,
    networks: results.networks.filter(({ id }) => ids.includes(id)),
  });
  const here = narrow(own);
  const found = compareResults(narrow(published), here, { relativeTolerance: EQUAL });
  const differing = found.numbers.filter((row): row is Difference => row.a !== null && row.b !== null);
  return {
    settings: settingsNote(own, published, found.inputs),
    summary: summary({ own, published, measures, found, differing }),
    table: (id) => differenceTable(id, { here, found, differing }),
  };
}

function settingsNote(own: Results, published: Results, inputs: ResultsComparison["inputs"]): Html | null {
  const [here, there] = [own, published].map(({ settings }) => settings.splits);
  const others = inputs.filter(({ input }) => {
    const [part, name] = input.split(".");
    if (part === "settings") return name !== "splits" && !WITHOUT_EFFECT.includes(name);
    return input === "version" || input === "conditions" || /^networks\..*\.(preprocessing|layers)$/.test(input);
  });
  if (here === there && others.length === 0) return null;
  return markup`<p id="settings"><strong>Settings differ.</strong>${
    here !== there &&
    ` Here values come from ${splits(here)} of the pictures into halves, in the published run from ${
      splits(there)
    }. So values differ on any device. Units are compared on the first split, which is the same in both runs.${
      here < there ? " Choose the full analysis to compare over more splits." : ""
    }`
  }${
    others.length > 0 && markup` ${here === there ? "Here" : "Also, here"} ${
      others.map(({ input, a, b }, index) =>
        markup`${index > 0 && "; "}<code>${input}</code> is ${shortened(b, 60)}, in the published run ${
          shortened(a, 60)
        }`
      )
    }.`
  }</p>`;
}

function splits(count: number): string {
  return count === 1 ? "one split" : `${count} splits`;
}

function summary({ own, published, measures, found, differing }: {
  readonly own: Results;
  readonly published: Results;
  readonly measures: readonly MeasureResult[];
  readonly found: ResultsComparison;
  readonly differing: readonly Difference[];
}): Html {
  const values = `${formatCount(found.valued)} values of the main measures (${
    measures.map(({ label }) => label).join(", ")
  })`;
  const alone = found.numbers.length - differing.length;
  const held = differing.filter(({ intervalA }) => intervalA !== null);
  const inside = held.filter(({ b, intervalA }) => b >= intervalA![0] && b <= intervalA![1]);
  const largest = measures.flatMap(({ name }) => largestOf(differing.filter(({ measure }) => measure === name)) ?? []);
  return markup`<p id="differences">${
    differing.length === 0
      ? `All ${values} are equal to four digits.`
      : `Of ${values}, ${formatCount(found.valued - differing.length)} are equal to four digits.`
  }${alone > 0 && ` ${formatCount(alone)} more ${alone === 1 ? "is" : "are"} known in one run only.`}${
    held.length > 0 &&
    ` The published run gives a ${formatLevel(published.settings.level)} interval for ${
      formatCount(held.length)
    } of those that differ; ${formatCount(inside.length)} of these values ${
      inside.length === 1 ? "lies" : "lie"
    } inside it.`
  }${differing.length > 0 && " The largest differences (here minus published):"}</p>
${
    largest.length > 0 && markup`<ul>${
      largest.map((row) => {
        const measure = measureNamed(own, row.measure);
        const place = [row.category, row.layer ?? "all layers", row.network].join(", ");
        return markup`<li>${measure.label}: ${formatDifference(measure, row.b - row.a)} (${place})</li>`;
      })
    }</ul>`
  }`;
}

function differenceTable(id: string, { here, found, differing }: {
  readonly here: Results;
  readonly found: ResultsComparison;
  readonly differing: readonly Difference[];
}): Html | null {
  const known = listEstimates(here).filter(({ network, value }) => network === id && value !== null);
  const unequal = found.numbers.filter(({ network }) => network === id);
  if (unequal.length === 0) return null;
  const cell = (layer: string | null, measure: MeasureResult): Content => {
    const at = (row: { layer: string | null; measure: string }): boolean =>
      row.layer === layer && row.measure === measure.name;
    const largest = largestOf(differing.filter((row) => row.network === id && at(row)));
    if (largest !== undefined) {
      const difference = formatSigned(inNaturalUnit(measure, largest.b - largest.a), 2);
      return markup`${difference}<small>${largest.category}</small>`;
    }
    const alone = unequal.filter(at).map(({ category }) => category);
    const equal = known.some((row) => at(row) && !alone.includes(row.category));
    const once = alone.length > 0 && `in one run only: ${alone.join(", ")}`;
    return markup`${equal ? "equal" : "–"}${once && markup`<small>${once}</small>`}`;
  };
  const head = (measure: MeasureResult): string => {
    const unit = differenceUnit(measure);
    return unit === "" ? measure.short : `${measure.short} (${unit})`;
  };
  const ofLayers = here.measures.filter(({ kind }) => kind !== "network");
  const layers = [...new Set([...known, ...unequal].flatMap(({ layer }) => layer ?? []))];
  const rows = layers.map((layer) => ({ cells: [layer, ...ofLayers.map((measure) => cell(layer, measure))] }));
  return markup`<h4>Largest difference over targets, here minus published</h4>
${table(`Differences of ${id}`, ["Layer", ...ofLayers.map(head)], rows)}
${
    here.measures.filter(({ kind }) => kind === "network").map((measure) =>
      markup`<p>${capitalized(measure.label)}: ${cell(null, measure)}</p>`
    )
  }`;
}

function largestOf(rows: readonly Difference[]): Difference | undefined {
  return rows.toSorted((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))[0];
}
