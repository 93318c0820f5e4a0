import { everyLook } from "./_families.ts";
import { type Html, markup } from "./_html.ts";
import { policyHash } from "./_inline_script.ts";
import { LIVE_STYLE } from "./_live_style.ts";
import { page, reportPolicy } from "./_page.ts";
import type { PageAssets } from "./page_assets.ts";
import { reportScripts } from "./render_report.ts";
import { SITE_STYLE, siteFrame } from "./_site_frame.ts";
import { pageStyle } from "./_style.ts";

/** A network that the page offers to run. */
export interface OfferedNetwork {
  readonly id: string;
  readonly family: string;
  readonly seed: number | null;
}

const LEAD =
  "Find the selective units of a network on your own device, in this browser. Nothing is uploaded: networks, " +
  "pictures and results stay here.";

/**
 * The page that runs networks in the browser: a form, whose script `page.js` fills the rest.
 *
 * @param networks The networks of the mini study.
 * @returns The page's text; it may load files of its own site alone, and run WebAssembly.
 */
export async function renderLivePage(
  { version, networks }: { readonly version: string; readonly networks: readonly OfferedNetwork[] },
): Promise<string> {
  const families = everyLook(), style = SITE_STYLE + LIVE_STYLE;
  const hash = await policyHash(pageStyle(families) + style);
  return page({
    title: "Fusiform live",
    description: LEAD,
    version,
    families,
    style,
    policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; " +
      `style-src 'sha256-${hash}'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'`,
    body: markup`${
      siteFrame({
        title: "Live",
        lead: LEAD,
        root: "../",
        body: markup`<noscript><p>This page needs a script, and this browser runs none.</p></noscript>
${reproduceSection(networks)}
${ownSection()}
${runSection()}
`,
        footer: `Fusiform ${version}.`,
      })
    }
<script type="module" src="page.js"></script>`,
  });
}

function reproduceSection(networks: readonly OfferedNetwork[]): Html {
  const families = [...new Set(networks.map(({ family }) => family))];
  return markup`<section aria-labelledby="reproduce-title"><h2 id="reproduce-title">Reproduce here</h2>
<p>Run the mini networks of the published study again, and compare the results with it. They see 588 drawn pictures.
The quick analysis takes less than half a minute for each network, the full one, with intervals and chance levels,
about a minute.</p>
<form id="reproduce"><fieldset><legend>Networks</legend><div class="offered">${
    families.map((family) =>
      markup`<div role="group" aria-label="${family}"><span>${family}</span>${
        networks.filter((network) => network.family === family).map(({ id, seed }) =>
          markup`<label><input type="checkbox" name="network" value="${id}"${
            id === networks[0].id && markup` checked`
          }><span>seed ${seed}</span></label>`
        )
      }</div>`
    )
  }</div></fieldset>
${commonFields("reproduce")}
<button type="submit" class="go">Reproduce</button></form></section>`;
}

function ownSection(): Html {
  return markup`<section aria-labelledby="own-title"><h2 id="own-title">Your own</h2>
<p>Choose a network: an ONNX file, or the weights (<code>.safetensors</code>, <code>.pth</code>, <code>.pt</code>) of an
architecture that Fusiform knows. If the weights of an ONNX file are in other files, choose or drop all of them
together. Then choose pictures: a folder that holds one folder for each condition (faces, places, …), or the drawn
pictures.</p>
<form id="own"><div class="drop" id="drop-network"><label for="network-file">Network</label>
<input type="file" id="network-file" multiple><p class="hint">Choose files, or drop them here.</p></div>
<div class="fields" id="recipe" hidden><div><label for="recipe-name">Preprocessing of the pictures</label>
<select id="recipe-name"></select></div>
<div><label for="recipe-side">Width and height in pixels</label> <input type="number" id="recipe-side" min="1" max="2048" value="224"></div></div>
<div id="layers" hidden><label for="layer-list">Layers</label> <select id="layer-list" multiple size="8"></select>
<p class="hint">Hold Ctrl or ⌘ to choose several.</p></div>
<fieldset><legend>Pictures</legend>
<div class="choices"><label><input type="radio" name="pictures" value="drawn" checked> the drawn pictures</label>
<label><input type="radio" name="pictures" value="folder"> a folder of my own</label></div>
<div class="drop" id="drop-folder" hidden><label for="folder">Folder</label>
<input type="file" id="folder" webkitdirectory><p class="hint">Choose a folder, or drop it here.</p></div></fieldset>
<div id="conditions" hidden></div>
${commonFields("own")}
<button type="submit" class="go">Localize</button></form></section>`;
}

function commonFields(form: string): Html {
  return markup`<div class="fields"><div><label for="${form}-device">Runs on</label>
<select id="${form}-device" name="device"><option value="auto">WebGPU if possible</option><option value="webgpu">WebGPU</option>
<option value="wasm">WebAssembly</option></select></div>
<div><label for="${form}-depth">Analysis</label>
<select id="${form}-depth" name="depth"><option value="fast">quick: one split, one criterion</option>
<option value="full">full: intervals and chance levels</option></select></div>
<div><label for="${form}-limit">Most pictures per category</label>
<input type="number" id="${form}-limit" name="limit" min="1" max="10000" placeholder="all"></div></div>`;
}

function runSection(): Html {
  return markup`<section id="run" aria-labelledby="run-title" hidden><h2 id="run-title">Run</h2>
<p id="device-note"></p>
<p id="status" role="status"></p>
<progress id="bar" max="1" value="0" aria-label="How much is done"></progress>
<p id="pace"></p>
<p><button type="button" id="pause">Pause</button> <button type="button" id="stop">Stop</button></p>
<div id="found"></div></section>
<section id="done" aria-labelledby="done-title" hidden><h2 id="done-title">Results</h2>
<p id="downloads"></p>
<div id="compared"></div>
<iframe id="report" title="The report of this run" src="report.html"></iframe></section>`;
}

/**
 * The empty page into which a report is written for the visitor to see; it allows what a report allows, and nothing else.
 *
 * @param assets As {@linkcode renderReport} takes them.
 */
export async function renderReportFrame(assets: PageAssets): Promise<string> {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${
    reportPolicy(await reportScripts(assets))
  }"><title>Report</title></head><body></body></html>
`;
}
