/** `deno task pages`: assembles the site of all reports. */
import { Command } from "commander";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assembleSite } from "./pages/assemble_site.ts";
import { parseCommandLine, path } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** What the command line may say. */
export function program(): Command {
  return new Command("pages")
    .description("Add the runs under reports/ to a site, with latest/ of every suite and an index of all runs.")
    .option("--from <dir>", "the folder with <suite>/<id>/", path, "reports")
    .option("--out <dir>", "the site's folder", path, "reports")
    .option("--withhold-images", "publish runs whose images may not be redistributed without those images");
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { from, out, withholdImages } = command.opts<{ from: string; out: string; withholdImages?: boolean }>();
  const { version } = JSON.parse(await readFile(new URL("../deno.json", import.meta.url), "utf8"));
  const { added, runs, leftOut } = await assembleSite(from, out, { version, withholdImages });
  for (const { path, reason } of leftOut) console.error(`left out ${path}: ${reason}`);
  for (const path of added) console.log(`added ${path}`);
  console.log(`${join(out, "index.html")}: ${runs} ${runs === 1 ? "run" : "runs"}, ${added.length} new`);
  return 0;
}

if (import.meta.main) await runTask(main);
