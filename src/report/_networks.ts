import type { NetworkResult, Results } from "../results/mod.ts";
import { runFamilies, SUPERVISION_LABELS } from "./_families.ts";
import { formatBytes, formatCount } from "./_format.ts";
import { type Content, type Html, markup } from "./_html.ts";
import { table, tag } from "./_table.ts";

/** A link to a DOI. */
export function doiLink(doi: string): Html {
  return markup`<a href="https://doi.org/${encodeURI(doi)}" rel="noreferrer">${doi}</a>`;
}

/** The networks: where their weights are from, by which hash, under which licence, trained on what, how good. */
export function networksSection(results: Results): Html {
  const colors = new Map(runFamilies(results).map((family) => [family.id, family.color]));
  const rows = results.networks.map((network) => ({
    family: network.family,
    cells: networkCells(network, colors.get(network.family)),
  }));
  const head = ["Network", "Supervision", "Weights", "Trained on", "Preprocessing", "Accuracy", "Licence"];
  return markup`${table("Networks", head, rows, "networks")}
${layersTables(results)}`;
}

function networkCells(network: NetworkResult, color: string | undefined): Content[] {
  const { weights } = network;
  const about = [network.title, network.architecture, network.seed === null ? "" : `seed ${network.seed}`];
  const size = weights.bytes === null ? "" : `, ${formatBytes(weights.bytes)}`;
  return [
    markup`${color && markup`<span class="swatch" style="--light:${color}"></span>`}${network.id}${
      network.status === "not run" && tag("not run")
    }<small>${about.filter((part) => part !== "").join("; ")}</small>`,
    markup`${SUPERVISION_LABELS[network.supervision]}${weights.language && markup`<small>${weights.language}</small>`}`,
    markup`${tag(weights.status)}${
      weights.sha256 && markup` <code title="${weights.sha256}">${weights.sha256.slice(0, 12)}…</code>`
    }<small>${weights.source}${size}</small>`,
    weights.trainingData ?? "–",
    weights.preprocessing,
    weights.accuracy ?? "–",
    markup`${weights.licence ?? "–"}${weights.doi !== null && markup`<small>${doiLink(weights.doi)}</small>`}`,
  ];
}

function layersTables(results: Results): Html {
  const shown = runFamilies(results).map((family) => family.networks[0]);
  if (shown.length === 0) return markup``;
  const head = ["Layer", "Depth", "Shape", "Units", "Sampled", "Dead", "Effective dimensions", "Self-check"];
  return markup`<details><summary>Layers, shapes and dead units</summary>${
    shown.map((network) => {
      const rows = network.layers.map((layer) => ({
        cells: [
          layer.name,
          layer.depth.toFixed(2),
          layer.shape.join(" × "),
          formatCount(layer.units),
          formatCount(layer.sampledUnits),
          formatCount(layer.deadUnits),
          layer.dimensions?.toFixed(1) ?? "–",
          layer.selfCheck.toExponential(1),
        ],
      }));
      return markup`<h3>${network.id}</h3>${table(`Layers of ${network.id}`, head, rows)}`;
    })
  }</details>`;
}

/** What was not run, and why. */
export function notRunSection(results: Results): Html {
  const absent = results.networks.filter((network) => network.status === "not run");
  if (absent.length === 0) return markup`<p>Every network was run.</p>`;
  return markup`<ul>${
    absent.map(({ id, title, reason }) =>
      markup`<li><strong>${id}</strong> (${title}): ${reason ?? "no reason was recorded"}</li>`
    )
  }</ul>`;
}
