/**
 * `deno task calibrate`: checks by simulation what the statistics promise (error rates under pure noise, coverage of
 * intervals, held-out measurement without bias) and writes the table that the repository keeps.
 */
import { Command } from "commander";
import { createMatrixMultiply, openDevice } from "../src/devices/mod.ts";
import { RequestError } from "../src/lock/mod.ts";
import { writeAtomically } from "../src/results/mod.ts";
import { calibrate } from "./calibrate/calibrate.ts";
import { describeCalibration } from "./calibrate/describe.ts";
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
    .option("--simulations <n>", "simulations of each kind", "1000")
    .option("--seed <n>", "seed of everything that is simulated", "1")
    .option(
      "--out <file>",
      "where the numbers go; the same name with .md gets the table",
      "fixtures/statistics/calibration.json",
    );
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const flags = command.opts<Flags>();
  const simulations = wholeNumber("--simulations", flags.simulations, 10);
  const seed = wholeNumber("--seed", flags.seed, 0);
  const device = await openDevice("cpu");
  try {
    let last = "";
    const found = await calibrate({
      simulations,
      seed,
      multiply: await createMatrixMultiply(device),
      onProgress(label, done, total) {
        const text = `${label} ${Math.floor((10 * done) / total) * 10} %`;
        if (text !== last) console.error(last = text);
      },
    });
    const described = describeCalibration(found);
    await writeAtomically(flags.out, JSON.stringify(found, null, 1) + "\n");
    await writeAtomically(flags.out.replace(/(\.json)?$/, ".md"), described);
    console.log(described);
  } finally {
    await device.close();
  }
  return 0;
}

if (import.meta.main) await runTask(main, "interrupted; nothing was written");
