import type { TopLevelSpec } from "vega-lite";
import { measuresWhere } from "../_measures.ts";
import { categoryPanels, ruleAt } from "./_category_panels.ts";
import { familyLines } from "./_family_lines.ts";
import { measureChoice } from "./_measure_choice.ts";
import { CHOSEN_TITLE, PAPER } from "./_theme.ts";
import { valueAxis } from "./_value_axis.ts";
import type { Figure, FigureChoice, FigureInput, FigureRow, Layout } from "./figure.ts";

/** The measures again where every network has the same share of units selected. */
export function matchedCurves(input: FigureInput): Figure {
  const rows = curveRows(input);
  return {
    id: "matched-curves",
    title: "The same measures at equal proportions",
    reading:
      "The top share of each network’s units by t, so that lines compare equal counts. A gap that stays open does not come " +
      "from a threshold. Dotted: the claims’ share.",
    description: "Line chart of a chosen measure against the proportion of units taken, one panel per category.",
    columns: ["measure", "category", "family", "network", "layer", "proportion", "value"],
    rows,
    filters: { category: "any", criterion: "none", layer: true, networks: true },
    choices: [curveChoice(input, rows)],
    panels: input.results.targets,
    spec: (layout) => curveSpec(input, layout),
  };
}

function curveChoice({ results }: FigureInput, rows: readonly FigureRow[]): FigureChoice {
  const present = new Set(rows.map((row) => row.measure));
  return measureChoice(measuresWhere(results, ({ name }) => present.has(name)));
}

function curveRows({ results }: FigureInput): FigureRow[] {
  // Those that decide for their group; the proportion is the same everywhere here.
  const primary = results.measures.filter((measure) => measure.primary && measure.group !== "quantity")
    .map(({ name }) => name);
  return results.networks.flatMap((network) =>
    network.layers.flatMap((layer) =>
      results.targets.flatMap((category) =>
        layer.categories[category].curve.flatMap(({ proportion, values }) =>
          primary.filter((measure) => (values[measure] ?? null) !== null).map((measure) => ({
            measure,
            category,
            family: network.family,
            network: network.id,
            layer: layer.name,
            proportion,
            value: values[measure],
          }))
        )
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
      axis: { title: "Share of units taken", ...valueAxis("~%"), values: proportions, labelOverlap: "greedy" },
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
  const matched = ruleAt("x", input.results.settings.matchedProportion, { color: PAPER.muted, strokeDash: [2, 3] });
  return categoryPanels(layout, {
    title: { text: CHOSEN_TITLE },
    sort: input.results.targets,
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    width: wide ? 188 : 112,
    height: wide ? 160 : 110,
    layers: [matched, ...lines],
  });
}
