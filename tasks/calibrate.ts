/**
 * `deno task calibrate`: checks by simulation what the statistics promise (coverage of intervals, error rates of comparisons and
 * claims, held-out measurement without bias) and writes the table that the repository keeps. Every simulation is saved as it ends,
 * so that the same command goes on where it was stopped.
 */
import { Command } from "commander";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { RequestError } from "../src/errors.ts";
import { writeAtomically } from "../src/results/mod.ts";
import { projectRoot } from "../src/store/mod.ts";
import { CALIBRATION_ROWS, type CalibrationRow, describeCalibration, findRows } from "../src/validation/mod.ts";
import { codeHash } from "./calibrate/code_hash.ts";
import { type RanRow, runRow, wantedOf } from "./calibrate/run_row.ts";
import { SavedSimulations } from "./calibrate/saved_simulations.ts";
import { SimulationPool } from "./calibrate/simulation_pool.ts";
import { list, parseCommandLine, progressDisplay, whole } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

interface Flags {
  readonly rows?: readonly string[];
  readonly simulations?: number;
  readonly seed: number;
  readonly threads: number;
  readonly saved: string;
  readonly out?: string;
}

const TABLE = "fixtures/statistics/calibration.json";
const MOST_THREADS = 64;

/** What the command line may say. */
export function program(): Command {
  return new Command("calibrate")
    .description("Check error rates and the coverage of intervals by simulation.")
    .option("--rows <ids>", "rows, or what their ids begin with, separated by commas (default: all)", list)
    .option("--simulations <n>", "simulations of each row (default: as many as the row needs)", whole(1))
    .option("--seed <n>", "seed of everything", whole(0, 2 ** 31 - 1), 1)
    .option("--threads <n>", "threads; the numbers do not depend on it", whole(1, MOST_THREADS), availableParallelism())
    .option("--saved <folder>", "where simulations are saved as they end", join(projectRoot(), ".cache", "calibrate"))
    .option(
      "--out <file>",
      `where the numbers go; the same name with .md gets the table (default: ${TABLE} for all rows)`,
    );
}

function chosenRows({ rows }: Flags): readonly CalibrationRow[] {
  try {
    return rows === undefined ? CALIBRATION_ROWS : findRows(rows);
  } catch (error) {
    throw error instanceof RangeError ? new RequestError(error.message) : error;
  }
}

/** How long all simulations that the rows need would take, where every row was timed. */
function expected(timed: readonly { row: CalibrationRow; seconds: number | null }[], threads: number): string | null {
  if (timed.some(({ seconds }) => seconds === null)) return null;
  const seconds = timed.reduce((sum, { row, seconds }) => sum + row.simulations * seconds! / threads, 0);
  return `at this speed these rows take ${(seconds / 60).toFixed(0)} min with all simulations that they need`;
}

/** The command that makes the same table. */
function commandOf({ rows, simulations, seed }: Flags): string {
  const flags = [
    ...(rows === undefined ? [] : [`--rows ${rows.join(",")}`]),
    ...(simulations === undefined ? [] : [`--simulations ${simulations}`]),
    `--seed ${seed}`,
  ];
  return `deno task calibrate ${flags.join(" ")}`;
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const flags = command.opts<Flags>();
  const rows = chosenRows(flags);
  const { seed, simulations } = flags;
  const saved = await SavedSimulations.open(flags.saved, { seed, code: await codeHash() });
  const most = Math.max(...rows.map((row) => wantedOf(row, simulations)));
  const threads = Math.min(flags.threads, most);
  const pool = new SimulationPool(threads, signal);
  const display = progressDisplay({ quiet: false, terminal: Deno.stderr.isTerminal() });
  const ran: (RanRow & { row: CalibrationRow })[] = [];
  try {
    for (const [place, row] of rows.entries()) {
      const label = `${row.id} (${place + 1} of ${rows.length})`;
      const found = await runRow(row, {
        seed,
        simulations,
        saved,
        pool,
        onProgress: (done, total) => display.onProgress({ phase: "simulate", label, done, total, unit: "simulations" }),
      });
      ran.push({ row, ...found });
      if (found.seconds !== null) console.error(`${row.id}: ${found.seconds.toFixed(2)} s a simulation`);
    }
  } finally {
    display.close();
    pool.close();
  }
  const time = expected(ran, threads);
  if (time !== null) console.error(time);
  const calibration = { seed, rows: ran.map(({ result }) => result) };
  const described = describeCalibration(calibration, commandOf(flags));
  const out = flags.out ?? (flags.rows === undefined && simulations === undefined ? TABLE : undefined);
  if (out !== undefined) {
    await writeAtomically(out, JSON.stringify(calibration, null, 1) + "\n");
    await writeAtomically(out.replace(/(\.json)?$/, ".md"), described);
  }
  console.log(described);
  return 0;
}

if (import.meta.main) {
  await runTask(main, "interrupted; what was simulated is saved, and the same command goes on from there");
}
