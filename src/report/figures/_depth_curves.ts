import type { TopLevelSpec } from "vega-lite";
import { CHOSEN_TITLE, config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { FigureInput, Layout } from "./figure.ts";

/** What differs between figures of a measure by depth. */
export interface DepthCurveOptions {
  /** What the vertical axis shows; the title of the chosen measure where there is a choice. */
  readonly title?: string;
  readonly format?: string;
  /** Whether the axis starts at zero. */
  readonly zero: boolean;
  /** Draws `nullHigh`, the upper bound of a null, as a dotted line. */
  readonly nullLine?: boolean;
  /** Tells the p value of permuted labels at each point. */
  readonly permuted?: boolean;
  /** Draws a line at this value. */
  readonly baseline?: number;
}

/**
 * A measure by depth: a panel a category, a line a family (the mean over its seeds), a point a network. The band is the
 * spread over seeds, or the network's own interval where a family has one.
 */
export function depthCurves(input: FigureInput, layout: Layout, options: DepthCurveOptions): TopLevelSpec {
  const scales = familyScales(input.families);
  const x = {
    field: "depth",
    type: "quantitative" as const,
    scale: { domain: [0, 1] },
    axis: { title: "Normalized depth", values: [0, 0.5, 1], format: ".1~f" },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { zero: options.zero, nice: true },
    axis: { title: null, format: options.format ?? "~g" },
  });
  const color = {
    field: "family",
    type: "nominal" as const,
    scale: scales.color,
    legend: { title: null },
  };
  const shape = { field: "family", type: "nominal" as const, scale: scales.shape, legend: { title: null } };
  const mean = [
    {
      aggregate: [
        { op: "mean" as const, field: "value", as: "mean" },
        { op: "min" as const, field: "value", as: "least" },
        { op: "max" as const, field: "value", as: "most" },
        { op: "count" as const, as: "seeds" },
        { op: "min" as const, field: "low", as: "low" },
        { op: "max" as const, field: "high", as: "high" },
      ],
      groupby: ["category", "family", "depth"],
    },
    { calculate: "datum.seeds > 1 ? datum.least : datum.low", as: "lower" },
    { calculate: "datum.seeds > 1 ? datum.most : datum.high", as: "upper" },
  ];
  const layers: unknown[] = [
    {
      transform: [...mean, { filter: "isValid(datum.lower) && isValid(datum.upper)" }],
      mark: { type: "area" },
      encoding: {
        x,
        y: y("lower"),
        y2: { field: "upper" },
        color,
        opacity: fading(0.16, 0.04),
      },
    },
    {
      transform: mean,
      mark: { type: "line", strokeWidth: 2 },
      encoding: {
        x,
        y: y("mean"),
        color,
        strokeDash: { field: "family", type: "nominal", scale: scales.dash, legend: { title: null } },
        opacity: fading(1, 0.15),
      },
    },
    {
      mark: { type: "point", filled: true, size: 26 },
      encoding: {
        x,
        y: y("value"),
        color,
        shape,
        opacity: fading(0.75, 0.1),
        tooltip: [
          { field: "network", title: "Network" },
          { field: "layer", title: "Layer" },
          { field: "category", title: "Category" },
          { field: "value", title: "Value", format: ".4~g" },
          { field: "low", title: "Lower bound", format: ".4~g" },
          { field: "high", title: "Upper bound", format: ".4~g" },
          ...(options.permuted
            ? [
              { field: "pValue", title: "p, labels permuted", format: ".2~g" },
              { field: "correctedP", title: "p, Holm over layers", format: ".2~g" },
            ]
            : []),
        ],
      },
    },
  ];
  if (options.nullLine) {
    layers.unshift({
      transform: [
        { filter: "isValid(datum.nullHigh)" },
        { aggregate: [{ op: "max", field: "nullHigh", as: "nullHigh" }], groupby: ["category", "depth"] },
      ],
      mark: { type: "line", strokeDash: [2, 3], strokeWidth: 1.5, color: PAPER.muted },
      encoding: { x, y: y("nullHigh") },
    });
  }
  if (options.baseline !== undefined) {
    layers.unshift({ mark: { type: "rule", color: PAPER.rule }, encoding: { y: { datum: options.baseline } } });
  }
  const wide = layout === "wide";
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: options.title ?? CHOSEN_TITLE },
    facet: {
      field: "category",
      type: "nominal",
      title: null,
      sort: [...input.results.targets],
    },
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    spec: { width: wide ? 188 : 112, height: wide ? 190 : 120, layer: layers },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
