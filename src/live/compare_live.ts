import { type LocalizedNetworks, parseResults, parseSelected } from "../browser/mod.ts";
import { escapeHtml, renderLiveComparison } from "../report/browser.ts";
import { explainFailure } from "./explain_failure.ts";
import { getFile, type LiveSite } from "./site_files.ts";

/**
 * How a run of the mini networks compares with the newest published one; null where the site has none. Where that cannot be
 * loaded or read, the page says so, and the run is shown all the same.
 */
export async function compareLive(run: LocalizedNetworks): Promise<string | null> {
  try {
    return await compare(run);
  } catch (error) {
    return `<p>The published run cannot be compared. ${escapeHtml(explainFailure(error))}</p>`;
  }
}

async function compare({ results, selected }: LocalizedNetworks): Promise<string | null> {
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
