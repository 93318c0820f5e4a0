import type { TopLevelSpec } from "vega-lite";
import { formatLevel } from "../_format.ts";
import { placedCategories } from "./_placed_categories.ts";
import { config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** How the units of each category respond to every condition, on images that did not select them. */
export function responseProfile(input: FigureInput): Figure {
  return {
    id: "response-profile",
    title: "How the units of a category respond to every condition",
    reading:
      "Each point is the mean held-out response of a network’s units for the panel’s category to one condition, with " +
      `its ${formatLevel(input.results.settings.level)} interval, in units of the layer’s noise.`,
    description: "Dot plot of mean responses to every condition with intervals, one panel per category of units.",
    columns: ["category", "condition", "family", "network", "layer", "units", "value", "low", "high"],
    rows: profileRows(input),
    filters: { category: "any", layer: true, networks: true },
    choices: [],
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
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: wide ? "Mean response (× layer noise)" : "Response (× layer noise)" },
    facet: { field: "category", type: "nominal", title: null, sort: [...results.targets] },
    columns: wide ? 4 : 2,
    spacing: wide ? 18 : 12,
    spec: {
      width: wide ? 160 : 96,
      height: { step: wide ? 7 : 6, for: "offset" },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 1.2 },
          encoding: {
            y,
            yOffset,
            x: x("low"),
            x2: { field: "high" },
            color: { field: "family", type: "nominal", scale: scales.color, legend },
            opacity: fading(0.4, 0.08),
          },
        },
        {
          mark: { type: "point", filled: true, size: wide ? 26 : 18 },
          encoding: {
            y,
            yOffset,
            x: x("value"),
            color: { field: "family", type: "nominal", scale: scales.color, legend },
            shape: { field: "family", type: "nominal", scale: scales.shape, legend },
            opacity: fading(0.9, 0.1),
            tooltip: [
              { field: "network", title: "Network" },
              { field: "layer", title: "Layer" },
              { field: "condition", title: "Condition" },
              { field: "units", title: "Units", format: ".1f" },
              { field: "value", title: "Response", format: ".3~g" },
              { field: "low", title: "Lower bound", format: ".3~g" },
              { field: "high", title: "Upper bound", format: ".3~g" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
