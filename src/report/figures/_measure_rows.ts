import { categoryEstimates, type CriterionSummary, type MeasureName } from "../../results/mod.ts";
import type { FigureInput, FigureRow } from "./figure.ts";

/** Where a criterion's short summary keeps a measure. */
const SUMMARY: Partial<Record<MeasureName, keyof CriterionSummary>> = {
  "proportion": "proportion",
  "specificity.dprime": "dprime",
  "specificity.index": "index",
  "specificity.exclusivity": "exclusivity",
  "strength.response": "response",
  "strength.lead": "lead",
};
/** The columns of {@linkcode measureRows}, as they stand in a CSV. */
export const MEASURE_COLUMNS: readonly string[] = [
  "criterion",
  "measure",
  "category",
  "family",
  "network",
  "tap",
  "depth",
  "value",
  "low",
  "high",
];

/** Measures of every network, tap and category: in full under the main criterion, and what the others' summaries keep. */
export function measureRows({ results }: FigureInput, measures: readonly MeasureName[]): FigureRow[] {
  return results.networks.flatMap((network) =>
    network.taps.flatMap((tap) => {
      const place = { family: network.family, network: network.id, tap: tap.name, depth: tap.depth };
      const full = results.targets.flatMap((category) =>
        categoryEstimates(tap.categories[category]).filter(({ measure }) => measures.includes(measure)).map((row) => ({
          criterion: results.criterion.name,
          measure: row.measure,
          category,
          ...place,
          value: row.value,
          low: row.interval?.[0] ?? null,
          high: row.interval?.[1] ?? null,
          ...(row.measure === "proportion" && {
            nullMean: tap.categories[category].null?.mean ?? null,
            nullHigh: tap.categories[category].null?.interval[1] ?? null,
            pValue: tap.categories[category].null?.pValue ?? null,
            correctedP: tap.categories[category].null?.correctedP ?? null,
          }),
        }))
      );
      const short = Object.entries(tap.criteria).filter(([criterion]) => criterion !== results.criterion.name).flatMap(
        ([criterion, byCategory]) =>
          Object.entries(byCategory).flatMap(([category, summary]) =>
            measures.flatMap((measure) => {
              const key = SUMMARY[measure];
              return key
                ? [{ criterion, measure, category, ...place, value: summary[key] ?? null, low: null, high: null }]
                : [];
            })
          ),
      );
      return [...full, ...short];
    })
  );
}
