import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  newestOfKinds,
  type PublishedRun,
  readPageAssets,
  renderReport,
  renderSiteIndex,
  runKind,
} from "../../src/report/mod.ts";
import {
  compareResults,
  type Results,
  stripVolatile,
  writeAtomically,
  writeMeasuresTable,
  writeResults,
} from "../../src/results/mod.ts";
import { removeAbandoned, unfinishedName } from "../../src/store/mod.ts";
import { findRuns, type FoundRun, type FoundRuns, type LeftOut } from "./find_runs.ts";
import { heroPicture } from "./hero_picture.ts";
import { checkFolder, copyFiles, HERO, MEASURES, PAGE, SELECTED } from "./run_files.ts";
import { SCHEMAS, schemaText } from "../schemas.ts";

/** What was done to a site. */
export interface AssembledSite {
  /** Paths of runs that were added, relative to the site. */
  readonly added: string[];
  /** The runs that the site has now. */
  readonly runs: readonly PublishedRun[];
  /** What neither is nor was published, and why. */
  readonly leftOut: LeftOut[];
}

/** How a site is assembled. */
export interface SiteOptions {
  /** The version of Fusiform that writes the index. */
  readonly version: string;
  /**
   * Publish runs whose images may not be redistributed without those images, in place of refusing them.
   * @default false
   */
  readonly withholdImages?: boolean;
  /**
   * The site's address with a slash at its end, by which new pages name their picture for previews of links.
   * @default none: pages name no picture
   */
  readonly url?: string;
}

/** What is made of a run's results. */
interface Rendered {
  readonly page: string;
  /** A JPEG; null where the run has no thumbnails. */
  readonly picture: Uint8Array | null;
}

function publishable(run: FoundRun, withholdImages: boolean): FoundRun {
  const { path, results } = run;
  const { redistributable, contactSheet, title } = results.stimuli;
  const images = Object.keys(results.thumbnails).length + (contactSheet === null ? 0 : 1);
  if (redistributable || images === 0) return run;
  if (!withholdImages) {
    throw new Error(
      `Cannot publish "${path}": it holds ${images} images of “${title}”, which may not be redistributed; ` +
        "--withhold-images publishes it without them",
    );
  }
  const stimuli = { ...results.stimuli, contactSheet: null };
  return { ...run, results: { ...results, stimuli, thumbnails: {} } };
}

/** Whether a run is the published one made again; on another machine numbers differ within their intervals. */
function sameRun(published: Results, again: Results): boolean {
  if (isDeepStrictEqual(stripVolatile(published), stripVolatile(again))) return true;
  const { inputs, moved, onlyA, onlyB, verdicts } = compareResults(published, again);
  const machine = new Set(["device", "adapter"]);
  return inputs.every(({ input }) => machine.has(input)) && moved + onlyA.length + onlyB.length + verdicts.length === 0;
}

/** Writes a run from its results and tables, under its name whole or not at all. */
async function addRun(from: string, site: string, { path, results, tables }: FoundRun, made: Rendered): Promise<void> {
  const target = join(site, path);
  await checkFolder(dirname(target));
  await mkdir(dirname(target), { recursive: true });
  // Not mkdtemp, whose folders are for their owner alone.
  await removeAbandoned(dirname(target));
  const staging = join(dirname(target), unfinishedName());
  await mkdir(staging);
  try {
    await writeMeasuresTable(join(staging, MEASURES), await writeResults(join(staging, "results.json"), results));
    await writeAtomically(join(staging, PAGE), made.page);
    if (made.picture !== null) await writeAtomically(join(staging, HERO), made.picture);
    await copyFiles(tables, join(from, path), staging);
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

/** Writes the newest run of a kind once more, at an address that stays. Its page is rendered, and not copied, here too. */
async function writeLatest(site: string, { path: own, results }: PublishedRun, page: string): Promise<void> {
  const { path } = runKind(results);
  if (path === null) return;
  const folders = path.split("/").filter((name) => name !== "");
  for (let depth = 1; depth <= folders.length; depth++) await checkFolder(join(site, ...folders.slice(0, depth)));
  const latest = join(site, path);
  await writeAtomically(join(latest, PAGE), page);
  await writeMeasuresTable(join(latest, MEASURES), await writeResults(join(latest, "results.json"), results));
  const selected = await readFile(join(site, own, SELECTED), "utf8").catch((error) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (selected === null) await rm(join(latest, SELECTED), { force: true });
  else await writeAtomically(join(latest, SELECTED), selected);
}

/**
 * Adds the runs of one folder to a site, then writes the newest run of each kind under `<study>/latest/`
 * and the index of all runs. Pages are rendered from
 * results; of other files only tables and moments are taken. A run that the site has is left as it is; one of the same name with
 * other content is refused before anything is written. A damaged or misnamed run is left out, and so is one that holds a link.
 *
 * @param from A folder with `<study>/<id>/{results.json,…}`.
 * @param site The site's folder; it may be `from` itself.
 * @throws {Error} Where a run holds images that may not be redistributed, or differs from its published namesake.
 */
export async function assembleSite(from: string, site: string, options: SiteOptions): Promise<AssembledSite> {
  const { version, withholdImages = false, url } = options;
  const assets = await readPageAssets();
  const present = await findRuns(site);
  const published = present.runs.map((run) => publishable(run, false));
  const found: FoundRuns = resolve(from) === resolve(site) ? { runs: [], leftOut: [] } : await findRuns(from);
  // Its picture is made anew.
  const offered = found.runs.map((run) => ({ ...publishable(run, withholdImages), picture: false }));
  const byPath = new Map(published.map((run) => [run.path, run.results]));
  for (const { path, results } of offered) {
    const earlier = byPath.get(path);
    if (earlier && !sameRun(earlier, results)) {
      throw new Error(
        `Cannot publish "${path}": the site has a run of that name with other numbers, and a published run is never rewritten`,
      );
    }
  }
  const leftOut = [...present.leftOut, ...found.leftOut];
  const runs: FoundRun[] = [];
  const added: string[] = [];
  const rendered = new Map<string, Rendered>();
  /** Null where a run's results fit the schema and make no page all the same. */
  const render = async ({ path, results }: FoundRun): Promise<Rendered | null> => {
    const earlier = rendered.get(path);
    if (earlier !== undefined) return earlier;
    try {
      const picture = await heroPicture(results);
      const address = picture === null || url === undefined ? undefined : `${url}${path}${HERO}`;
      const made = { page: await renderReport(results, assets, { picture: address }), picture };
      rendered.set(path, made);
      return made;
    } catch (error) {
      leftOut.push({ path, reason: (error as Error).message });
      return null;
    }
  };
  for (const run of published) {
    const whole = run.page && (run.picture || Object.keys(run.results.thumbnails).length === 0);
    const made = whole ? null : await render(run);
    if (!run.page) {
      if (made === null) continue;
      await writeAtomically(join(site, run.path, PAGE), made.page);
    }
    const picture = !run.picture && made?.picture;
    if (picture) await writeAtomically(join(site, run.path, HERO), picture);
    runs.push(run.picture || picture ? { ...run, hero: `${run.path}${HERO}` } : run);
  }
  for (const run of offered) {
    // A run that the site has is never rewritten; a damaged one of that name is named already.
    if (byPath.has(run.path) || present.leftOut.some(({ path }) => path === run.path)) continue;
    const made = await render(run);
    if (made === null) continue;
    await addRun(from, site, run, made);
    runs.push(made.picture === null ? run : { ...run, hero: `${run.path}${HERO}` });
    added.push(run.path);
    for (const file of run.foreign) leftOut.push({ path: `${run.path}${file}`, reason: "it is no part of a run" });
  }
  for (const newest of newestOfKinds(runs)) {
    const made = await render(newest);
    if (made !== null) await writeLatest(site, newest, made.page);
  }
  await writeAtomically(join(site, "index.html"), await renderSiteIndex(runs, version));
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    await writeAtomically(join(site, name), schemaText(schema()));
  }
  // GitHub Pages would otherwise leave out what begins with an underscore.
  await writeAtomically(join(site, ".nojekyll"), "");
  return { added, runs, leftOut };
}
