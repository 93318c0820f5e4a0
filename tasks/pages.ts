/** `deno task pages`: assembles the site of all reports. */
import { Command } from "commander";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addLive } from "./pages/add_live.ts";
import { assembleSite } from "./pages/assemble_site.ts";
import { siteUrl } from "./pages/site_url.ts";
import { writeDocs } from "./pages/write_docs.ts";
import { parseCommandLine, path } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** Where the task puts what `deno doc --json` says of the library before this runs. */
const API = new URL("../.cache/api.json", import.meta.url);

/** Where the task puts the page that runs networks in the browser before this runs. */
const LIVE = fileURLToPath(new URL("../.cache/live", import.meta.url));

/** What the command line may say. */
export function program(): Command {
  return new Command("pages")
    .description(
      "Add the runs under reports/ to a site, with the latest of each kind, an index of all runs, the guides, and the page that " +
        "runs networks in the browser.",
    )
    .option("--from <dir>", "the folder with <suite>/<id>/", path, "reports")
    .option("--out <dir>", "the site's folder", path, "reports")
    .option("--url <address>", "where the site will stand, for pictures in previews of links")
    .option("--withhold-images", "publish runs whose images may not be redistributed without those images");
}

async function main(): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { from, out, ...said } = command.opts<{ from: string; out: string; url?: string; withholdImages?: boolean }>();
  const { version, exports } = JSON.parse(await readFile(new URL("../deno.json", import.meta.url), "utf8"));
  const { added, runs, leftOut } = await assembleSite(from, out, {
    version,
    ...said,
    url: said.url === undefined ? undefined : siteUrl(said.url),
  });
  const api = await readFile(API, "utf8").catch((error) => {
    if (error.code !== "ENOENT") throw error;
    leftOut.push({ path: "docs/api.html", reason: `there is no ${fileURLToPath(API)}, which deno task pages makes` });
    return null;
  });
  const docs = await writeDocs(out, { version, api, exports });
  const live = await addLive(LIVE, out, runs);
  if (live === null) leftOut.push({ path: "live/", reason: `there is no ${LIVE}, which deno task pages makes` });
  for (const { path, reason } of leftOut) console.error(`left out ${path}: ${reason}`);
  for (const path of added) console.log(`added ${path}`);
  console.log(
    `${join(out, "index.html")}: ${runs.length} ${
      runs.length === 1 ? "run" : "runs"
    }, ${added.length} new; ${docs.length} files of documentation, ${live ?? 0} of the live page`,
  );
  return 0;
}

if (import.meta.main) await runTask(main);
