import type { TopLevelSpec } from "vega-lite";
import { familyLines } from "./_family_lines.ts";
import { CHOSEN_TITLE, config, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

const CURVES = [
  { value: "dprime", label: "d′ against the runner-up" },
  { value: "t", label: "t against the other conditions" },
  { value: "index", label: "Selectivity index" },
  { value: "exclusivity", label: "Share selective for one category only" },
  { value: "response", label: "Response to the category (SD of the tap)" },
  { value: "lead", label: "Lead over the runner-up (SD of the tap)" },
  { value: "withinEntropyZ", label: "Entropy of cells within maps, z" },
  { value: "acrossGiniZ", label: "Gini across channels, z" },
] as const;

/** The measures again where every network has the same share of units selected. */
export function matchedCurves(input: FigureInput): Figure {
  return {
    id: "matched-curves",
    title: "The same measures at equal proportions",
    reading:
      "Each network’s units are ranked by t and the top share is taken, so that lines compare at equal counts: a gap " +
      "that stays open over the whole width does not come from where a threshold falls (dotted: the share that the claims use).",
    description: "Line chart of a chosen measure against the proportion of units taken, one panel per category.",
    columns: ["measure", "category", "family", "network", "tap", "proportion", "value"],
    rows: curveRows(input),
    filters: { category: "any", tap: true, networks: true },
    choices: [{ column: "measure", label: "Measure", options: CURVES, initial: "dprime" }],
    spec: (layout) => curveSpec(input, layout),
  };
}

function curveRows({ results }: FigureInput): FigureRow[] {
  return CURVES.flatMap(({ value: measure }) =>
    results.targets.flatMap((category) =>
      results.networks.flatMap((network) =>
        network.taps.flatMap((tap) =>
          tap.categories[category].curve.flatMap((point) =>
            point[measure] === null ? [] : [{
              measure,
              category,
              family: network.family,
              network: network.id,
              tap: tap.name,
              proportion: point.proportion,
              value: point[measure],
            }]
          )
        )
      )
    )
  );
}

function curveSpec(input: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const curves = input.families[0].networks[0].taps.flatMap((tap) =>
    Object.values(tap.categories).map(({ curve }) => curve)
  );
  const proportions = [...new Set(curves.flatMap((curve) => curve.map(({ proportion }) => proportion)))];
  const lines = familyLines(input, {
    x: {
      field: "proportion",
      type: "quantitative",
      scale: { type: "log", nice: false },
      axis: { title: "Share of units taken", format: "~%", values: proportions, labelOverlap: "greedy" },
    },
    y: { field: "value", type: "quantitative", scale: { zero: false }, axis: { title: null } },
    order: "proportion",
    mean: ["value"],
    tooltip: [{ field: "family", title: "Family" }, { field: "proportion", title: "Share", format: ".2~%" }, {
      field: "value",
      title: "Value",
      format: ".3~g",
    }],
  });
  const matched = {
    mark: { type: "rule", color: PAPER.muted, strokeDash: [2, 3] },
    encoding: { x: { datum: input.results.settings.matchedProportion } },
  };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: CHOSEN_TITLE },
    facet: { field: "category", type: "nominal", title: null, sort: [...input.results.targets] },
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    spec: { width: wide ? 188 : 112, height: wide ? 160 : 110, layer: [matched, ...lines] },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
