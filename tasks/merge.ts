/** `deno task merge`: joins the shards of a run to results and a page. */
import { Command } from "commander";
import process from "node:process";
import { mergeShards } from "../src/reproduce/mod.ts";
import {
  addOutputFlags,
  type OutputFlags,
  parseCommandLine,
  path,
  progressDisplay,
  tellRun,
} from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { giveUp, needlessOf } from "./terminal/give_up.ts";

/** What the command line may say. */
export function program(): Command {
  const command = new Command("merge")
    .description("Join the shards that reproduce --shard recorded, and write the report of the whole run.")
    .argument("<dirs...>", "folders of shards, or folders that hold such folders, in any order")
    .option("--out <dir>", "where <study>/<id>/ is written", path, "reports");
  return addOutputFlags(command);
}

interface Flags extends OutputFlags {
  readonly out: string;
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { quiet, json, ...flags } = command.opts<Flags>();
  const display = progressDisplay({
    quiet: quiet === true || json === true,
    terminal: process.stderr.isTTY && process.env.TERM !== "dumb",
  });
  const merged = await mergeShards(command.args, {
    ...flags,
    command: ["deno task merge", ...Deno.args].join(" "),
    onProgress: display.onProgress,
    onNotice: quiet === true ? undefined : (sentence) => console.error(`notice: ${sentence}`),
    signal,
  }).finally(() => display.close());
  return tellRun(merged, { quiet, json });
}

if (import.meta.main) {
  await giveUp(needlessOf(Deno.args));
  await runTask(main, "interrupted; no report was written");
}
