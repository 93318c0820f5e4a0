import { access, cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LiveSite } from "../../src/live/site_files.ts";
import { newestFirst, type PublishedRun, runKind } from "../../src/report/mod.ts";
import { writeAtomically } from "../../src/results/mod.ts";
import { LIVE } from "./find_runs.ts";
import { checkFolder, SELECTED } from "./run_files.ts";

/**
 * Puts the page that runs networks in the browser into a site, and tells it which published run to compare with: the newest one
 * of the mini study whose labels were permuted.
 *
 * @param from What `deno task live` wrote.
 * @param runs The runs of the site.
 * @returns How many files it has; null where nothing was written at `from`.
 */
export async function addLive(from: string, site: string, runs: readonly PublishedRun[]): Promise<number | null> {
  let described: LiveSite;
  try {
    described = JSON.parse(await readFile(join(from, "live.json"), "utf8"));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
  const folder = join(site, LIVE);
  await checkFolder(folder);
  await rm(folder, { recursive: true, force: true });
  await cp(from, folder, { recursive: true });
  const published = await publishedRun(site, runs);
  await writeAtomically(join(folder, "live.json"), `${JSON.stringify({ ...described, published })}\n`);
  return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
}

async function publishedRun(site: string, runs: readonly PublishedRun[]): Promise<LiveSite["published"]> {
  const mini = newestFirst(runs).filter(({ results: { study, settings } }) =>
    study === "mini" && settings.permutations > 0
  );
  const path = mini.length === 0 ? null : runKind(mini[0].results).path;
  if (path === null) return null;
  const told = await access(join(site, path, SELECTED)).then(() => true, () => false);
  return { results: `../${path}results.json`, selected: told ? `../${path}${SELECTED}` : null };
}
