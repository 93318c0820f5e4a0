import type { TopLevelSpec } from "vega-lite";
import { formatLevel } from "../_format.ts";
import { config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

const ALL = "all units";

/** How consistent each network is over its depth, beside what the data allow. */
export function consistencyMeans(input: FigureInput): Figure {
  return {
    id: "consistency-means",
    title: "Consistency over depth, beside its ceiling",
    reading:
      `Each point is a network’s mean correlation between taps with its ${
        formatLevel(input.results.settings.bootstrap.level)
      } interval; the tick is the ceiling, the ` +
      "mean that two halves of the same units reach, which noise alone keeps below one.",
    description: "Dot plot of mean consistency across taps with intervals and ceilings, one panel per category.",
    columns: ["category", "family", "network", "value", "low", "high", "ceiling"],
    rows: meanRows(input),
    filters: { category: "any", networks: true },
    choices: [],
    spec: (layout) => meanSpec(input, layout),
  };
}

function meanRows({ results }: FigureInput): FigureRow[] {
  return ["all", ...results.targets].flatMap((category) =>
    results.networks.flatMap((network, index) => {
      const measured = network.consistency[category];
      if (!measured || measured.mean.value === null) return [];
      return [{
        category: category === "all" ? ALL : category,
        family: network.family,
        network: network.id,
        lane: results.networks.slice(0, index).filter((other) => other.family === network.family).length,
        value: measured.mean.value,
        low: measured.mean.interval?.[0] ?? null,
        high: measured.mean.interval?.[1] ?? null,
        ceiling: measured.ceiling,
      }];
    })
  );
}

function meanSpec({ results, families }: FigureInput, layout: Layout): TopLevelSpec {
  const wide = layout === "wide";
  const scales = familyScales(families);
  const y = {
    field: "family",
    type: "nominal",
    sort: null,
    axis: { title: null, labelColor: PAPER.ink, labelLimit: wide ? 190 : 92, labelFontSize: wide ? 11 : 10 },
  };
  const yOffset = { field: "lane", type: "ordinal", sort: null };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    scale: { zero: true },
    axis: { title: wide ? "Mean Spearman ρ" : "Mean ρ", grid: true, values: [0, 0.5, 1], format: ".1~f" },
  });
  const color = { field: "family", type: "nominal", scale: scales.color, legend: null };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    facet: { field: "category", type: "nominal", title: null, sort: [ALL, ...results.targets] },
    columns: wide ? 5 : 2,
    spacing: wide ? 18 : 12,
    spec: {
      width: wide ? 138 : 96,
      height: { step: wide ? 14 : 10, for: "offset" },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: { y, yOffset, x: x("low"), x2: { field: "high" }, color, opacity: fading(0.5, 0.1) },
        },
        {
          mark: { type: "tick", color: PAPER.muted, thickness: 1.5, size: wide ? 9 : 7 },
          encoding: { y, yOffset, x: x("ceiling") },
        },
        {
          mark: { type: "point", filled: true, size: 46 },
          encoding: {
            y,
            yOffset,
            x: x("value"),
            color,
            shape: { field: "family", type: "nominal", scale: scales.shape, legend: null },
            opacity: fading(1, 0.12),
            tooltip: [
              { field: "network", title: "Network" },
              { field: "category", title: "Category" },
              { field: "value", title: "Mean ρ", format: ".3f" },
              { field: "low", title: "Lower bound", format: ".3f" },
              { field: "high", title: "Upper bound", format: ".3f" },
              { field: "ceiling", title: "Ceiling", format: ".3f" },
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
