/** `deno task live`: bundles the page that runs networks in the browser, with every file that it needs, for the site. */
import { Command } from "commander";
import { writeLive } from "./live/write_live.ts";
import { parseCommandLine, path } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

async function main(): Promise<number> {
  const command = new Command("live")
    .description("Bundle the page that runs networks in the browser, with every file that it needs.")
    .option("--out <dir>", "the page's folder", path, ".cache/live");
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { out } = command.opts<{ out: string }>();
  const { files, bytes } = await writeLive(out);
  console.log(`${out}: ${files} files, ${(bytes / 2 ** 20).toFixed(0)} MiB`);
  return 0;
}

if (import.meta.main) await runTask(main);
