import { fading, familyScales } from "./_theme.ts";
import type { FigureInput } from "./figure.ts";

/** What a line stands for: a family's mean over its networks at each step, with a thin line for every network. */
export interface FamilyLinesOptions {
  readonly x: Readonly<Record<string, unknown>>;
  readonly y: Readonly<Record<string, unknown>>;
  /** Field that orders the points of a line, the same for every network of a family. */
  readonly order: string;
  /** Fields averaged over a family's networks; `x` and `y` name them. */
  readonly mean: readonly string[];
  readonly tooltip: readonly Readonly<Record<string, unknown>>[];
}

/** Layers for curves that have a line a network and, thicker, one a family. */
export function familyLines(input: FigureInput, options: FamilyLinesOptions): unknown[] {
  const scales = familyScales(input.families);
  const color = {
    field: "family",
    type: "nominal",
    scale: scales.color,
    legend: { title: null, symbolType: "stroke" },
  };
  const order = { field: options.order, type: "quantitative" };
  const single = input.families.every((family) => family.networks.length === 1);
  const thin = {
    mark: { type: "line", strokeWidth: 0.8 },
    encoding: {
      x: options.x,
      y: options.y,
      color,
      detail: { field: "network" },
      order,
      opacity: fading(0.35, 0.05),
    },
  };
  const thick = {
    transform: [{
      aggregate: options.mean.map((field) => ({ op: "mean", field, as: field })),
      groupby: ["category", "family", options.order].filter((field) => !options.mean.includes(field)),
    }],
    mark: { type: "line", strokeWidth: 2.2, point: false },
    encoding: {
      x: options.x,
      y: options.y,
      color,
      order,
      strokeDash: { field: "family", type: "nominal", scale: scales.dash, legend: { title: null } },
      opacity: fading(1, 0.12),
    },
  };
  // A line stands for many numbers; these marks, which nobody sees, tell each of them.
  const told = {
    transform: thick.transform,
    mark: { type: "point", filled: true, size: 60, opacity: 0 },
    encoding: { x: options.x, y: options.y, tooltip: options.tooltip },
  };
  return [...(single ? [] : [thin]), thick, told];
}
