import type { TopLevelSpec } from "vega-lite";
import { categoryPanels, ruleAt } from "./_category_panels.ts";
import { CHOSEN_TITLE, fading, familyScales, PAPER } from "./_theme.ts";
import { MEAN_TOOLTIP, overTrainings } from "./_over_trainings.ts";
import { valueAxis } from "./_value_axis.ts";
import type { FigureInput, Layout } from "./figure.ts";

/** What differs between figures of a measure by depth. */
export interface DepthCurveOptions {
  /** What the vertical axis shows; the title of the chosen measure where there is a choice. */
  readonly title?: string;
  readonly format?: string;
  /** Whether the axis starts at zero. */
  readonly zero: boolean;
  /** Draws this field, what chance reaches, as a dotted line. */
  readonly chance?: string;
  /** Tells the p value of permuted labels at each point. */
  readonly permuted?: boolean;
  /** Draws a line at this value. */
  readonly baseline?: number;
}

/** Leaves out all but the first of a family's layers at one depth: a layer without weights stands where the one before it does. */
const FIRST_AT_DEPTH = [
  { window: [{ op: "row_number", as: "place" }], groupby: ["category", "family", "depth"] },
  { filter: "datum.place === 1" },
];

/**
 * A measure by depth: a panel a category, a line a family, which is the mean over its trainings. The band is their range, or the
 * interval of a family's only training. Lines and bands break where a layer has no value, and leave out layers without weights,
 * which have marks alone.
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
    axis: { title: null, ...valueAxis(options.format ?? "~g") },
  });
  const color = {
    field: "family",
    type: "nominal" as const,
    scale: scales.color,
    legend: { title: null },
  };
  const shape = { field: "family", type: "nominal" as const, scale: scales.shape, legend: { title: null } };
  const mean = overTrainings(["depth", "layer"], [
    { op: "max", field: "pValue", as: "pValue" },
    { op: "max", field: "correctedP", as: "correctedP" },
  ]);
  const joined = [...mean, ...FIRST_AT_DEPTH];
  const layers: unknown[] = [
    {
      transform: joined,
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
      transform: joined,
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
      transform: mean,
      mark: { type: "point", filled: true, size: 26 },
      encoding: {
        x,
        y: y("mean"),
        color,
        shape,
        opacity: fading(0.9, 0.1),
        tooltip: [
          { field: "family", title: "Family" },
          { field: "layer", title: "Layer" },
          { field: "category", title: "Category" },
          ...MEAN_TOOLTIP,
          ...(options.permuted
            ? [
              { field: "pValue", title: "Largest p, labels permuted", format: ".2~g" },
              { field: "correctedP", title: "The same, Holm over layers", format: ".2~g" },
            ]
            : []),
        ],
      },
    },
  ];
  if (options.chance !== undefined) {
    layers.unshift({
      transform: [
        { filter: `isValid(datum.${options.chance})` },
        {
          aggregate: [{ op: "max", field: options.chance, as: "chance" }],
          groupby: ["category", "family", "depth", "layer"],
        },
        ...FIRST_AT_DEPTH,
        { aggregate: [{ op: "max", field: "chance", as: "chance" }], groupby: ["category", "depth"] },
      ],
      mark: { type: "line", strokeDash: [2, 3], strokeWidth: 1.5, color: PAPER.muted },
      encoding: { x, y: y("chance") },
    });
  }
  if (options.baseline !== undefined) {
    layers.unshift(ruleAt("y", options.baseline));
  }
  const wide = layout === "wide";
  return categoryPanels(layout, {
    title: { text: options.title ?? CHOSEN_TITLE },
    sort: input.results.targets,
    columns: wide ? 4 : 2,
    spacing: wide ? 22 : 14,
    width: wide ? 188 : 112,
    height: wide ? 190 : 120,
    layers,
  });
}
