/**
 * `deno task calibrate`: checks by simulation what the statistics promise (error rates under pure noise, coverage of
 * intervals, held-out measurement without bias) and writes the table that the repository keeps.
 */
import { Command } from "commander";
import { writeAtomically } from "../src/results/mod.ts";
import { calibrate, describeCalibration } from "../src/validation/mod.ts";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { whole } from "../src/terminal/mod.ts";

interface Flags {
  readonly simulations: number;
  readonly seed: number;
  readonly out: string;
}

/** What the command line may say. */
export function program(): Command {
  return new Command("calibrate")
    .description("Check error rates and the coverage of intervals by simulation.")
    .option("--simulations <n>", "simulations of each kind", whole(2), 400)
    .option("--seed <n>", "seed of all that is simulated but differences, which have their own", whole(0), 1)
    .option(
      "--out <file>",
      "where the numbers go; the same name with .md gets the table",
      "fixtures/statistics/calibration.json",
    );
}

/** Prints how much of each part is done in steps of a tenth, and at its end how long a simulation took. */
function progress(simulations: number): (label: string, done: number, total: number) => void {
  let last = "";
  let started = performance.now();
  return (label, done, total) => {
    const text = `${label} ${Math.floor((10 * done) / total) * 10} %`;
    if (text !== last) console.error(last = text);
    if (done < total) return;
    const seconds = (performance.now() - started) / 1000;
    console.error(`${label}: ${(seconds / simulations).toFixed(2)} s a simulation`);
    started = performance.now();
  };
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { simulations, seed, out } = command.opts<Flags>();
  const found = await calibrate({ simulations, seed, onProgress: progress(simulations) });
  const described = describeCalibration(found);
  await writeAtomically(out, JSON.stringify(found, null, 1) + "\n");
  await writeAtomically(out.replace(/(\.json)?$/, ".md"), described);
  console.log(described);
  return 0;
}

if (import.meta.main) await runTask(main, "interrupted; nothing was written");
