import type { TopLevelSpec } from "vega-lite";
import { axisTitle, measuresWhere } from "../_measures.ts";
import { familyLines } from "./_family_lines.ts";
import { CHOSEN_TITLE, config, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureChoice, FigureInput, FigureRow, Layout } from "./figure.ts";

/** The measures again where every network has the same share of units selected. */
export function matchedCurves(input: FigureInput): Figure {
  const rows = curveRows(input);
  return {
    id: "matched-curves",
    title: "The same measures at equal proportions",
    reading:
      "Each network’s units are ranked by t and the top share is taken, so that lines compare at equal counts: a gap " +
      "that stays open over the whole width does not come from where a threshold falls (dotted: the share that the claims use).",
    description: "Line chart of a chosen measure against the proportion of units taken, one panel per category.",
    columns: ["measure", "category", "family", "network", "layer", "proportion", "value"],
    rows,
    filters: { category: "any", layer: true, networks: true },
    choices: [curveChoice(input, rows)],
    spec: (layout) => curveSpec(input, layout),
  };
}

/** How the z score of a measure is named beside its value. */
const Z = " z";

/** Values, then z scores, of the measures that have any; those that decide for their group first. */
function curveChoice({ results }: FigureInput, rows: readonly FigureRow[]): FigureChoice {
  const present = new Set(rows.map((row) => row.measure));
  const measures = measuresWhere(results, () => true);
  const options = [
    ...measures.map((measure) => ({ value: measure.name, label: axisTitle(measure) })),
    ...measures.map((measure) => ({ value: `${measure.name}${Z}`, label: `${measure.label}, z` })),
  ].filter(({ value }) => present.has(value));
  return { column: "measure", label: "Measure", options, initial: options[0]?.value ?? "" };
}

function curveRows({ results }: FigureInput): FigureRow[] {
  return results.networks.flatMap((network) =>
    network.layers.flatMap((layer) =>
      results.targets.flatMap((category) =>
        layer.categories[category].curve.flatMap(({ proportion, values, z }) => {
          const place = { category, family: network.family, network: network.id, layer: layer.name, proportion };
          const numbers: [string, number | null][] = [
            ...Object.entries(values),
            ...Object.entries(z).map(([measure, value]): [string, number | null] => [`${measure}${Z}`, value]),
          ];
          return numbers.flatMap(([measure, value]) => (value === null ? [] : [{ measure, ...place, value }]));
        })
      )
    )
  );
}

function curveSpec(input: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const curves = input.families[0].networks[0].layers.flatMap((layer) =>
    Object.values(layer.categories).map(({ curve }) => curve)
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
