import type { TopLevelSpec } from "vega-lite";
import { config, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Layout } from "./figure.ts";

/** What differs between figures that have a panel a category. */
export interface CategoryPanels {
  readonly width: number;
  readonly height: number | Readonly<Record<string, unknown>>;
  readonly columns: number;
  readonly spacing: number;
  /** Categories in order. */
  readonly sort: readonly string[];
  readonly title?: Readonly<Record<string, unknown>>;
  readonly layers: readonly unknown[];
  readonly resolve?: Readonly<Record<string, unknown>>;
}

/** A panel a category, side by side; one in which nothing can be drawn says so. */
export function categoryPanels(layout: Layout, panels: CategoryPanels): TopLevelSpec {
  const { width, height, columns, spacing, sort, title, layers, resolve } = panels;
  const middle = typeof height === "number" ? height / 2 : 24;
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    ...(title && { title }),
    facet: { field: "category", type: "nominal", title: null, sort: [...sort] },
    columns,
    spacing,
    ...(resolve && { resolve }),
    spec: {
      width,
      height,
      layer: [
        { transform: [{ filter: "!datum.empty" }], layer: layers },
        {
          transform: [{ filter: "datum.empty" }],
          mark: { type: "text", text: "none selected", color: PAPER.muted, fontSize: 11 },
          encoding: { x: { value: width / 2 }, y: { value: middle } },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}

/** A line across each panel at a value, drawn once. */
export function ruleAt(axis: "x" | "y", value: number, style: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    transform: [{ aggregate: [{ op: "count", as: "rows" }], groupby: ["category"] }],
    mark: { type: "rule", color: PAPER.rule, ...style },
    encoding: { [axis]: { datum: value, type: "quantitative" } },
  };
}
