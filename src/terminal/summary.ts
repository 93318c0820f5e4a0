import Table from "cli-table3";
import colors from "picocolors";
import { anyRan, type Results, type Verdict } from "../results/mod.ts";

function paint(verdict: Verdict): string {
  switch (verdict) {
    case "holds":
    case "higher":
    case "equivalent":
      return colors.green(verdict);
    case "fails":
    case "lower":
      return colors.red(verdict);
    default:
      return colors.dim(verdict);
  }
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function number(value: number | null): string {
  return value === null ? "–" : `${value >= 0 ? "+" : "−"}${Math.abs(value).toPrecision(3)}`;
}

/** Mean proportion of selective units over a family's networks and layers, per target category. */
function familyProportions(results: Results): { family: string; networks: number; proportions: number[] }[] {
  const quantity = results.measures.find(({ group, primary }) => group === "quantity" && primary)?.name ?? "";
  const families = [...new Set(results.networks.filter((n) => n.status === "run").map((n) => n.family))];
  return families.map((family) => {
    const members = results.networks.filter((n) => n.family === family && n.status === "run");
    const proportions = results.targets.map((target) => {
      const values = members.flatMap((n) =>
        n.layers.flatMap(({ categories }) => categories[target].measures[quantity]?.value ?? [])
      );
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
    return { family, networks: members.length, proportions };
  });
}

/** A line per reason why networks were not run, with their ids. */
export function notRunAccounts(results: Results): string[] {
  const missing = results.networks.filter((n) => n.status === "not run");
  return [...new Set(missing.map(({ reason }) => reason))].map((reason) => {
    const ids = missing.filter((n) => n.reason === reason).map(({ id }) => id);
    return `not run: ${ids.join(", ")}: ${reason}`;
  });
}

/** What the terminal names of a list; results.json has all of it. */
const MOST_NAMES = 6;

/** A line that names the files which are copies of other images; null where there are none. */
export function duplicatesNotice({ stimuli: { duplicates = [] } }: Results): string | null {
  const copies = duplicates.flatMap(({ image, copies }) => copies.map((copy) => `${copy} (of ${image})`));
  if (copies.length === 0) return null;
  const more = copies.length > MOST_NAMES ? `, and ${copies.length - MOST_NAMES} more in results.json` : "";
  const what = copies.length === 1 ? "1 file is a copy and does" : `${copies.length} files are copies and do`;
  return `notice: ${what} not count: ${copies.slice(0, MOST_NAMES).join(", ")}${more}`;
}

const STYLE = { head: [], border: [] };

function intervalHead({ settings: { level } }: Results): string {
  return `${Math.round(100 * level)} % interval`;
}

function bounds(interval: readonly [number, number] | null): string {
  return interval === null ? "–" : `${number(interval[0])} … ${number(interval[1])}`;
}

/** The claims, with the verdict of each comparison. */
function claimsTable(results: Results): string {
  const claims = new Table({
    head: ["claim", "verdict", "comparison", "difference", intervalHead(results)],
    style: STYLE,
  });
  for (const claim of results.claims) {
    const tested = claim.rows.filter((row) =>
      row.criterion === results.criterion.name && !row.matched && row.verdict !== "not tested"
    );
    const hypotheses = tested.filter(({ hypothesis }) => hypothesis);
    // Without hypotheses a claim that several measures speak to is told by the first of them that has an interval.
    const rows = hypotheses.length > 0 ? hypotheses : tested.filter(({ measure }) => measure === tested[0].measure);
    if (rows.length === 0) {
      claims.push([claim.id, paint(claim.verdict), "–", "–", "–"]);
      continue;
    }
    rows.forEach((row, index) => {
      claims.push([
        index === 0 ? claim.id : "",
        paint(row.verdict),
        `${row.b} − ${row.a}${row.category === undefined ? "" : `, ${row.category}`}`,
        number(row.difference),
        bounds(row.interval),
      ]);
    });
  }
  return [claims.toString(), ...undecided(results)].join("\n");
}

/** A line per reason for which hypotheses settle nothing, with their claims. */
function undecided({ claims }: Results): string[] {
  const open = claims.flatMap(({ id, rows }) =>
    rows.flatMap(({ hypothesis, reason }) => hypothesis && reason !== undefined ? [{ id, reason }] : [])
  );
  return [...new Set(open.map(({ reason }) => reason))].map((reason) => {
    const ids = new Set(open.filter((each) => each.reason === reason).map(({ id }) => id));
    return `not decided: ${[...ids].join(", ")}: ${reason}`;
  });
}

/** The primary measures of every comparison, over layers and targets. */
function comparisonsTable(results: Results): string {
  const table = new Table({ head: ["comparison", "measure", "difference", intervalHead(results)], style: STYLE });
  const primary = new Map(results.measures.filter((each) => each.primary).map((each) => [each.name, each.label]));
  let before = "";
  for (const { a, b, measure, criterion, category, depth, matched, difference, interval } of results.comparisons) {
    const label = primary.get(measure);
    if (label === undefined || category !== "all" || depth !== null) continue;
    if (matched || criterion !== results.criterion.name) continue;
    const pair = `${b} − ${a}`;
    table.push([pair === before ? "" : pair, label, number(difference), bounds(interval)]);
    before = pair;
  }
  return before === "" ? "" : table.toString();
}

/**
 * The closing tables of a run: selective units per family, then the claims with the verdict of each comparison or, where
 * nothing that was compared is what they are about, the comparisons themselves.
 */
export function summary(results: Results): string {
  const accounts = notRunAccounts(results);
  if (!anyRan(results)) return accounts.join("\n");
  const proportions = new Table({ head: ["selective units", "networks", ...results.targets], style: STYLE });
  for (const row of familyProportions(results)) {
    proportions.push([row.family, row.networks, ...row.proportions.map(percent)]);
  }
  const found = results.pairs.some(({ claims }) => claims) ? claimsTable(results) : comparisonsTable(results);
  return [proportions.toString(), ...found === "" ? [] : [found], ...accounts].join("\n");
}
