/** `deno task fuzz`: reads files that were changed at random, and tells which were neither read nor refused in a sentence. */
import { Command } from "commander";
import { writeFile } from "node:fs/promises";
import { list, parseCommandLine, whole } from "../src/terminal/mod.ts";
import { RequestError } from "../src/errors.ts";
import { fuzzInput } from "./fuzz/fuzz_parser.ts";
import { type FuzzedParser, PARSERS } from "./fuzz/parsers.ts";
import { watchFuzzing } from "./fuzz/watch_fuzzing.ts";
import { runTask } from "./terminal/exit.ts";

const LINE_EVERY_MS = 10_000;

/** What the command line may say. */
export function program(): Command {
  return new Command("fuzz")
    .description(
      "Read files that were changed at random: each has to be read, or refused in a sentence, in little time.",
    )
    .option("--parsers <names>", `which, separated by commas: ${PARSERS.map(({ name }) => name).join(", ")}`, list)
    .option("--count <n>", "inputs of each parser", whole(1), 1000)
    .option("--seed <n>", "seed of every change", whole(0), 0)
    .option("--from <n>", "number of the first input", whole(0), 0)
    .option("--write <file>", "write the input that --from names, of one parser, and stop");
}

interface Flags {
  readonly parsers?: string[];
  readonly count: number;
  readonly seed: number;
  readonly from: number;
  readonly write?: string;
}

function chosen(names: readonly string[] | undefined): readonly FuzzedParser[] {
  if (names === undefined) return PARSERS;
  return names.map((name) => {
    const found = PARSERS.find((parser) => parser.name === name);
    if (found !== undefined) return found;
    throw new RequestError(
      `Unknown parser: "${name}". Should be one of: ${PARSERS.map(({ name }) => name).join(", ")}`,
    );
  });
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { count, seed, from, write, ...flags } = command.opts<Flags>();
  const parsers = chosen(flags.parsers);
  if (write !== undefined) {
    if (parsers.length !== 1) {
      throw new RequestError("Cannot use --write with several parsers; expected --parsers NAME");
    }
    await writeFile(write, fuzzInput(parsers[0], await parsers[0].seeds(), { seed, input: from }));
    console.log(write);
    return 0;
  }
  console.log(`${parsers.length} parsers, ${count} inputs each from number ${from}, seed ${seed}`);
  let found = 0;
  for (const parser of parsers) {
    let told = Date.now();
    const began = performance.now();
    const { read, refused, findings } = await watchFuzzing({
      parser: parser.name,
      count,
      seed,
      from,
      signal,
      onProgress(done) {
        if (Date.now() - told < LINE_EVERY_MS) return;
        told = Date.now();
        console.error(`fuzzing ${parser.name}: ${done} of ${count}`);
      },
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(`${parser.name}: ${read} read, ${refused} refused, ${findings.length} findings, ${seconds} s`);
    for (const { input, why } of findings) console.log(`  seed ${seed}, input ${input}: ${why}`);
    found += findings.length;
  }
  return found > 0 ? 1 : 0;
}

if (import.meta.main) await runTask(main);
