import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { CHOSEN_TITLE } from "./figures/_theme.ts";
import type { FigureRow } from "./figures/figure.ts";
import { leanSvg } from "./_lean_svg.ts";
import { textWidth } from "./_text_width.ts";

function refuse(...messages: readonly unknown[]): never {
  throw new Error(`Cannot draw a figure: ${messages.join(" ")}`);
}

// Vega guesses far too wide where it has no canvas to measure on, and cuts labels that fit.
(vega as unknown as { textMetrics: { width: (item: object, text: unknown) => number } }).textMetrics.width = (
  item,
  text,
) => textWidth(item, String(text ?? ""));

/** Errors throw; a warning does where `warn` says so. */
function logger(warn: () => vega.LoggerInterface): vega.LoggerInterface {
  const one: vega.LoggerInterface = {
    level: (() => one) as vega.LoggerInterface["level"],
    error: refuse,
    warn,
    info: () => one,
    debug: () => one,
  };
  return one;
}

/** What Vega-Lite warns of at compilation would be a wrong figure. */
const COMPILING = logger(refuse);
/** What Vega warns of while drawing is that a scale has no data, which is what such a figure shows. */
const DRAWING = logger(() => DRAWING);

/** Vega's own specification of a figure, without data; titles that follow a choice are bound to the signal `chosen`. */
export function compileFigure(spec: TopLevelSpec, chosen: string): vega.Spec {
  const compiled = compile(spec, { logger: COMPILING as never }).spec;
  const bound = JSON.parse(
    JSON.stringify(compiled).replaceAll(`"text":"${CHOSEN_TITLE}"`, '"text":{"signal":"chosen"}'),
  ) as vega.Spec;
  for (const mark of bound.marks ?? []) silence(mark);
  bound.signals = [...bound.signals ?? [], { name: "chosen", value: chosen }];
  return bound;
}

/** The page describes a figure as a whole; a screen reader gains nothing from its marks one by one. */
function silence(mark: vega.Mark): void {
  mark.aria = false;
  if ("marks" in mark) { for (const inner of mark.marks ?? []) silence(inner); }
}

/**
 * A figure as SVG, drawn without a browser.
 *
 * @param spec What {@linkcode compileFigure} gives.
 * @param rows The rows to show.
 * @param prefix Put before every id inside, so that several figures share a page.
 */
export async function figureSvg(spec: vega.Spec, rows: readonly FigureRow[], prefix: string): Promise<string> {
  const view = new vega.View(vega.parse(spec), { renderer: "none", logger: DRAWING });
  view.data("table", rows.map((row) => ({ ...row })));
  const svg = await view.toSVG();
  view.finalize();
  return leanSvg(svg, prefix);
}
