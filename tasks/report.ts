/** `deno task report`: writes a run's page again from its results, or compares runs. */
import Table from "cli-table3";
import { Command } from "commander";
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RequestError } from "../src/errors.ts";
import { comparisonSentence, readPageAssets, renderComparison, renderReport } from "../src/report/mod.ts";
import {
  anyRan,
  checksumNotice,
  compareResults,
  readResults,
  type Results,
  writeAtomically,
} from "../src/results/mod.ts";
import { parseCommandLine, path, sentence } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** Rows of the terminal's table of numbers; the page has more. */
const MOST_ROWS = 20;

/** What the command line may say. */
export function program(): Command {
  return new Command("report")
    .description("Write a report again from its results.json, or compare two or more results.")
    .argument("<results...>", "results.json files, or the folders that hold them")
    .option(
      "--out <file>",
      "the page to write (default: index.html beside one results file; none for a comparison)",
      path,
    );
}

async function resultsPath(argument: string): Promise<string> {
  try {
    return (await stat(argument)).isDirectory() ? join(argument, "results.json") : argument;
  } catch {
    throw new RequestError(`Cannot find "${argument}"; expected a results.json or the folder that holds one`);
  }
}

async function read(path: string): Promise<Results> {
  try {
    const results = await readResults(path);
    const notice = checksumNotice(results);
    if (notice !== null) console.error(`notice: "${path}": ${notice}`);
    return results;
  } catch (error) {
    throw new RequestError(sentence(error));
  }
}

function comparisonTables(a: Results, b: Results): string {
  const found = compareResults(a, b);
  const style = { head: [], border: [] };
  const parts = [comparisonSentence(a, b, found)];
  if (found.inputs.length > 0) {
    const inputs = new Table({ head: ["input", "before", "after"], style, colWidths: [36, 36, 36], wordWrap: true });
    inputs.push(...found.inputs.map((row) => [row.input, row.a, row.b]));
    parts.push(inputs.toString());
  }
  for (const row of found.verdicts) parts.push(`verdict ${row.claim}: ${row.a} → ${row.b}`);
  const moved = found.numbers.filter((row) => row.moved);
  if (moved.length > 0) {
    const numbers = new Table({ head: ["network", "layer", "category", "measure", "before", "after"], style });
    const show = (value: number | null): string => value === null ? "–" : String(Number(value.toPrecision(4)));
    numbers.push(
      ...moved.slice(0, MOST_ROWS).map((row) => [
        row.network,
        row.layer ?? "all",
        row.category,
        row.measure,
        show(row.a),
        show(row.b),
      ]),
    );
    parts.push(numbers.toString());
    if (moved.length > MOST_ROWS) parts.push(`and ${moved.length - MOST_ROWS} more; --out writes a page with them`);
  }
  return parts.join("\n");
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const paths = await Promise.all(command.args.map(resultsPath));
  const runs = await Promise.all(paths.map(read));
  const { out } = command.opts<{ out?: string }>();
  if (runs.length === 1) {
    if (!anyRan(runs[0])) throw new RequestError(`Cannot make a page of "${paths[0]}": none of its networks was run`);
    const target = out ?? join(dirname(paths[0]), "index.html");
    await writeAtomically(target, await renderReport(runs[0], await readPageAssets()));
    console.log(target);
    return 0;
  }
  for (const other of runs.slice(1)) console.log(comparisonTables(runs[0], other));
  if (out) {
    await writeAtomically(out, renderComparison(runs));
    console.log(out);
  }
  return 0;
}

if (import.meta.main) await runTask(main);
