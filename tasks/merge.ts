/** `deno task merge`: joins the shards of a run to results and a page. */
import { Command, Option } from "commander";
import process from "node:process";
import { mergeShards } from "../src/reproduce/mod.ts";
import { parseCommandLine, progressDisplay, tellRun } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { giveUp, needlessOf } from "./terminal/give_up.ts";

/** What the command line may say. */
export function program(): Command {
  return new Command("merge")
    .description("Join the shards that reproduce --shard recorded, and write the report of the whole run.")
    .argument("<dirs...>", "folders of shards, or folders that hold such folders, in any order")
    .option("--out <dir>", "where <study>/<id>/ is written", "reports")
    .addOption(
      new Option("--units <which>", "per-unit Parquet tables").choices(["none", "selected", "all"]).default("none"),
    )
    .option("--root <dir>", "the folder of models.lock.json and stimuli.lock.json, in place of the project's")
    .option("--offline", "use only what is already in the store")
    .option("--quiet", "print nothing but errors and why a network was not run")
    .option("--json", "print one line of JSON with the id, the paths, the claims and what was not run");
}

interface Flags {
  out: string;
  units: "none" | "selected" | "all";
  root?: string;
  offline?: boolean;
  quiet?: boolean;
  json?: boolean;
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
