import type { MeasureGroup } from "../../measures/mod.ts";
import type { TopLevelSpec } from "vega-lite";
import type { MeasureResult } from "../../results/mod.ts";
import { formatLevel } from "../_format.ts";
import { axisFormat, axisTitle, measuresWhere } from "../_measures.ts";
import { measureChoice } from "./_measure_choice.ts";
import { CHOSEN_TITLE, config, fading, familyScales, HIGHLIGHT, PAPER } from "./_theme.ts";
import type { Figure, FigureInput, FigureRow, Layout } from "./figure.ts";

/** What the category `all` of a measure of consistency stands for. */
const ALL_UNITS = "all units";
/** What it stands for in other measures. */
const ALL_CATEGORIES = "all categories";

const TITLES: Readonly<Record<MeasureGroup, string>> = {
  quantity: "How their number changes over the whole network",
  specificity: "Specificity over the whole network",
  localization: "Localization over the whole network",
  strength: "Strength of response over the whole network",
  consistency: "Consistency over depth, beside its reliability",
};

/** The measures of a group that belong to whole networks; for consistency, beside what the data allow. */
export function networkMeans(group: MeasureGroup): (input: FigureInput) => Figure {
  return (input) => {
    const { results } = input;
    const measures = measuresWhere(
      results,
      ({ name, group: its }) => its === group && results.networks.some((network) => name in network.measures),
    );
    const reliable = group === "consistency";
    return {
      id: reliable ? "consistency-means" : `${group}-of-networks`,
      title: TITLES[group],
      reading: `Each point is a network’s number with its ${formatLevel(results.settings.level)} interval${
        reliable
          ? "; the tick is the reliability, the mean that two halves of the same units reach, which noise alone keeps " +
            "below one"
          : ", each taken over all of its layers"
      }.`,
      description: `Dot plot of measures of whole networks with intervals${
        reliable ? " and reliability" : ""
      }, one panel per category.`,
      columns: [
        "measure",
        "category",
        "family",
        "network",
        "value",
        "low",
        "high",
        ...(reliable ? ["reliability"] : []),
      ],
      rows: meanRows(input, measures, reliable),
      filters: { category: "any", networks: true },
      choices: measures.length > 1 ? [measureChoice(measures)] : [],
      spec: (layout) => meanSpec(input, measures, layout),
    };
  };
}

function meanRows({ results }: FigureInput, measures: readonly MeasureResult[], reliable: boolean): FigureRow[] {
  return measures.flatMap(({ name }) =>
    ["all", ...results.targets].flatMap((category) =>
      results.networks.flatMap((network, index) => {
        const found = network.measures[name]?.[category];
        if (!found || found.value === null) return [];
        return [{
          measure: name,
          category: category !== "all" ? category : reliable ? ALL_UNITS : ALL_CATEGORIES,
          family: network.family,
          network: network.id,
          lane: results.networks.slice(0, index).filter((other) => other.family === network.family).length,
          value: found.value,
          low: found.interval?.[0] ?? null,
          high: found.interval?.[1] ?? null,
          ...(reliable && { reliability: network.consistency[category]?.reliability ?? null }),
        }];
      })
    )
  );
}

function meanSpec(
  { results, families }: FigureInput,
  measures: readonly MeasureResult[],
  layout: Layout,
): TopLevelSpec {
  const wide = layout === "wide";
  const reliable = measures.some(({ group }) => group === "consistency");
  const scales = familyScales(families);
  const most = measures.length === 1 ? measures[0].range[1] : null;
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
    axis: {
      title: null,
      grid: true,
      ...(most === null ? { tickCount: 3 } : { values: [0, most / 2, most] }),
      format: axisFormat(measures),
    },
  });
  const color = { field: "family", type: "nominal", scale: scales.color, legend: null };
  return {
    data: { name: "table" },
    params: [HIGHLIGHT],
    title: { text: measures.length !== 1 ? CHOSEN_TITLE : wide ? axisTitle(measures[0]) : measures[0].short },
    facet: { field: "category", type: "nominal", title: null, sort: [ALL_UNITS, ALL_CATEGORIES, ...results.targets] },
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
        ...(reliable
          ? [{
            mark: { type: "tick", color: PAPER.muted, thickness: 1.5, size: wide ? 9 : 7 },
            encoding: { y, yOffset, x: x("reliability") },
          }]
          : []),
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
              { field: "value", title: "Value", format: ".3~g" },
              { field: "low", title: "Lower bound", format: ".3~g" },
              { field: "high", title: "Upper bound", format: ".3~g" },
              ...(reliable ? [{ field: "reliability", title: "Reliability", format: ".3f" }] : []),
            ],
          },
        },
      ],
    },
    config: config(layout),
  } as unknown as TopLevelSpec;
}
