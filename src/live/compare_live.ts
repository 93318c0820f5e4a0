import { type LocalizedNetworks, parseResults, parseSelected } from "../browser/mod.ts";
import { renderLiveComparison } from "../report/browser.ts";
import { getFile, type LiveSite } from "./site_files.ts";

/**
 * How a run of the mini networks compares with the newest published one; null where the site has none.
 *
 * @throws {Error} where what is published cannot be loaded or read.
 */
export async function compareLive({ results, selected }: LocalizedNetworks): Promise<string | null> {
  const { published } = await (await getFile("live.json")).json() as LiveSite;
  if (published === null) return null;
  const [there, units] = await Promise.all([
    getFile(published.results).then((response) => response.text()),
    published.selected === null ? null : getFile(published.selected).then((response) => response.text()),
  ]);
  return renderLiveComparison({ results, selected }, {
    results: parseResults(there),
    selected: units === null ? null : parseSelected(units),
  });
}
