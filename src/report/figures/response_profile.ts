import type { TopLevelSpec } from "vega-lite";
import { formatLevel } from "../_format.ts";
import { placedCategories } from "./_placed_categories.ts";
import { categoryPanels } from "./_category_panels.ts";
import { fading, familyScales, PAPER } from "./_theme.ts";
import { MEAN_TOOLTIP, overTrainings } from "./_over_trainings.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How the units of each category respond to every condition, on images that did not select them. */
export function responseProfile(input: FigureInput): Figure {
  return {
    id: "response-profile",
    title: "How the units of a category respond to every condition",
    reading:
      "Mean response of a category’s units to each condition, on images that did not select them. Bars: the range of " +
      `trainings, or a single one’s ${formatLevel(input.results.settings.level)} interval.`,
    description: "Dot plot of mean responses to every condition with intervals, one panel per category of units.",
    columns: ["category", "condition", "family", "network", "layer", "units", "value", "low", "high"],
    rows: profileRows(input),
    filters: { category: "any", criterion: "main", layer: true, networks: true },
    choices: [],
    panels: input.results.targets,
    spec: (layout) => profileSpec(input, layout),
  };
}

function profileRows(input: FigureInput): FigureRow[] {
  return placedCategories(input).flatMap(({ place, found }) =>
    input.results.conditions.flatMap((condition) => {
      const response = found.profile[condition];
      if (response === undefined || response.value === null) return [];
      return [{
        ...place,
        condition,
        units: found.measuredUnits,
        value: response.value,
        low: response.interval?.[0] ?? null,
        high: response.interval?.[1] ?? null,
      }];
    })
  );
}

function profileSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const scales = familyScales(families);
  const y = {
    field: "condition",
    type: "nominal",
    sort: [...results.conditions],
    axis: { title: null, labelColor: PAPER.ink, labelLimit: wide ? 150 : 118, labelFontSize: wide ? 11 : 9 },
  };
  const yOffset = { field: "family", type: "nominal", sort: families.map(({ id }) => id) };
  // Beside the names of conditions a phone has no room for two columns.
  const legend = { title: null, ...(wide ? {} : { columns: 1 }) };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    scale: { zero: true },
    axis: { title: null, grid: true, tickCount: 4, format: "~g" },
  });
  const mean = overTrainings(["condition", "layer"], [{ op: "mean", field: "units", as: "units" }]);
  return categoryPanels(layout, {
    title: { text: wide ? "Mean response (× layer noise)" : "Response (× layer noise)" },
    sort: results.targets,
    columns: wide ? 4 : 2,
    spacing: wide ? 18 : 12,
    width: wide ? 160 : 96,
    height: { step: wide ? 7 : 6, for: "offset" },
    layers: [
      {
        transform: mean,
        mark: { type: "rule", strokeWidth: 1.2 },
        encoding: {
          y,
          yOffset,
          x: x("lower"),
          x2: { field: "upper" },
          color: { field: "family", type: "nominal", scale: scales.color, legend },
          opacity: fading(0.4, 0.08),
        },
      },
      {
        transform: mean,
        mark: { type: "point", filled: true, size: wide ? 26 : 18 },
        encoding: {
          y,
          yOffset,
          x: x("mean"),
          color: { field: "family", type: "nominal", scale: scales.color, legend },
          shape: { field: "family", type: "nominal", scale: scales.shape, legend },
          opacity: fading(0.9, 0.1),
          tooltip: [
            { field: "family", title: "Family" },
            { field: "layer", title: "Layer" },
            { field: "condition", title: "Condition" },
            { field: "units", title: "Units", format: ".1f" },
            ...MEAN_TOOLTIP,
          ],
        },
      },
    ],
  });
}
