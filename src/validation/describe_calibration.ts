import { type Calibration, type RowResult, verdictOfRow } from "./calibration.ts";
import type { CalibrationRow, Finding } from "./row.ts";

const THROUGH: Readonly<Record<CalibrationRow["through"], string>> = {
  pipeline: "full pipeline",
  estimates: "drawn estimates",
  criteria: "selection alone",
  trainings: "real trainings",
};

/** A table in Markdown. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A rate in per cent; a bias, whose rule says so, as a number. */
function valueText({ value, error, quantity }: Finding): string {
  if (value === null) return "–";
  const isBias = /^(held out|circular)/.test(quantity);
  const text = isBias ? (each: number): string => each.toFixed(3) : percent;
  return error === null ? text(value) : `${text(value)} ± ${text(error)}`;
}

function findingCells(finding: Finding): string[] {
  const { quantity, of, rule, verdict, note = "" } = finding;
  return [quantity, String(of), valueText(finding), rule, verdict === "fail" ? "**fail**" : verdict, note];
}

function rowSection(row: RowResult): string {
  const { id, scenario, claim, through, simulations, findings } = row;
  const head = ["quantity", "simulations", "found", "must be", "", ""];
  return `## ${id}: ${verdictOfRow(row)}

${scenario[0].toUpperCase()}${scenario.slice(1)}. ${claim[0].toUpperCase()}${
    claim.slice(1)
  }. ${simulations} simulations, ${THROUGH[through]}.

${table(head, findings.map(findingCells))}`;
}

/** Writes a calibration as Markdown: what every row says, then every number. */
export function describeCalibration({ seed, rows }: Calibration, command: string): string {
  const summary = table(
    ["row", "must hold", "simulations", "through", "verdict"],
    rows.map((row) => {
      const verdict = verdictOfRow(row);
      return [
        row.id,
        row.claim,
        String(row.simulations),
        THROUGH[row.through],
        verdict === "fail" ? "**fail**" : verdict,
      ];
    }),
  );
  return `# Calibration

Made by \`${command}\`; seed ${seed}. After ± stands one standard error over simulations.

Rows through the *full pipeline* make up responses, and select, measure, compare and judge as a run does. Rows of *drawn
estimates* draw the numbers of networks, with the replicates that their intervals are made from, from a model: the training's own
number, what blocks of images do to it (half of that variance is common to all networks), and noise of splits and deletions; they
are then compared and judged as in a run. Each of these has a smaller row through the full pipeline beside it. Noise is normal, and
units of a channel share 30 % of its variance, unless a row says otherwise.

A coverage counts how often 95 % intervals hold the mean of the estimates over all simulations. With ten blocks the half-width of
an interval is 2.26 standard deviations where the variance is estimated without bias, with six blocks 2.57.

${summary}

${rows.map(rowSection).join("\n\n")}
`;
}
