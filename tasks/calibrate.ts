/**
 * `deno task calibrate`: checks by simulation what the statistics promise (error rates under pure noise, coverage of
 * intervals, held-out measurement without bias) and writes the table that the repository keeps.
 */
import { Command } from "commander";
import { RequestError } from "../src/errors.ts";
import { writeAtomically } from "../src/results/mod.ts";
import { calibrate, describeCalibration } from "../src/validation/mod.ts";
import { parseCommandLine } from "./terminal/command_line.ts";
import { runTask } from "./terminal/exit.ts";

interface Flags {
  readonly simulations: string;
  readonly seed: string;
  readonly out: string;
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new RequestError(`Cannot use ${flag} ${text}; expected a whole number of at least ${least}`);
  }
  return value;
}

/** What the command line may say. */
export function program(): Command {
  return new Command("calibrate")
    .description("Check error rates and the coverage of intervals by simulation.")
    .option("--simulations <n>", "simulations of each kind", "400")
    .option("--seed <n>", "seed of everything that is simulated", "1")
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
  const flags = command.opts<Flags>();
  const simulations = wholeNumber("--simulations", flags.simulations, 2);
  const seed = wholeNumber("--seed", flags.seed, 0);
  const tell = progress(simulations);
  const found = await calibrate({ simulations, seed, onProgress: tell });
  const described = describeCalibration(found);
  await writeAtomically(flags.out, JSON.stringify(found, null, 1) + "\n");
  await writeAtomically(flags.out.replace(/(\.json)?$/, ".md"), described);
  console.log(described);
  return 0;
}

if (import.meta.main) await runTask(main, "interrupted; nothing was written");
