import { access, cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LiveSite } from "../../src/live/site_files.ts";
import { runKind } from "../../src/report/mod.ts";
import { type Results, writeAtomically } from "../../src/results/mod.ts";
import { LIVE } from "./find_runs.ts";
import { checkFolder } from "./run_files.ts";

/**
 * Puts the page that runs networks in the browser into a site, and tells it which published run to compare with: the newest one
 * of the mini study whose labels were permuted.
 *
 * @param from What `deno task live` wrote.
 * @param newest The newest run of each kind in the site.
 * @returns How many files it has; null where nothing was written at `from`.
 */
export async function addLive(from: string, site: string, newest: readonly Results[]): Promise<number | null> {
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
  const published = await publishedRun(site, newest);
  await writeAtomically(join(folder, "live.json"), `${JSON.stringify({ ...described, published })}\n`);
  return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
}

async function publishedRun(site: string, newest: readonly Results[]): Promise<LiveSite["published"]> {
  const mini = newest.filter(({ study, settings }) => study === "mini" && settings.permutations > 0);
  const [run] = mini.sort((a, b) => b.provenance.startedAt < a.provenance.startedAt ? -1 : 1);
  const path = run === undefined ? null : runKind(run).path;
  if (path === null) return null;
  const told = await access(join(site, path, "selected.json")).then(() => true, () => false);
  return { results: `../${path}results.json`, selected: told ? `../${path}selected.json` : null };
}
