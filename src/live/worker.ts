import { type LocalizedNetworks, measuresTable, renderReport, serializeSelected, useAssets } from "../browser/mod.ts";
import { compareLive } from "./compare_live.ts";
import { explainFailure } from "./explain_failure.ts";
import { Gate } from "./gate.ts";
import { lookAtNetwork } from "./look_at_network.ts";
import { lookAtPictures } from "./look_at_pictures.ts";
import type { Report, Request } from "./messages.ts";
import { reproduceLive, runOwn } from "./run_live.ts";
import { assetPath, getBytes, getFile } from "./site_files.ts";

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  postMessage(message: Report): void;
  onmessage: ((event: MessageEvent<Request>) => void) | null;
}

const scope = globalThis as unknown as WorkerScope;
const gate = new Gate();

useAssets((name) => getBytes(assetPath(name)));

async function run(request: Extract<Request, { ask: "reproduce" | "own" }>): Promise<void> {
  const watcher = {
    device: (sentence: string) => scope.postMessage({ tell: "device", sentence }),
    progress: (progress: Extract<Report, { tell: "progress" }>["progress"]) =>
      scope.postMessage({ tell: "progress", progress }),
    found: (html: string) => scope.postMessage({ tell: "found", html }),
    ready: () => gate.pass(),
  };
  if (request.ask === "own") return await tellResults(await runOwn(request.run, watcher), null);
  const ran = await reproduceLive(request.run, watcher);
  watcher.progress({ phase: "fetch", label: "the published run", done: 0, total: 1, unit: "runs" });
  await tellResults(ran, await compareLive(ran));
}

async function tellResults(
  { results, text, selected }: LocalizedNetworks,
  compared: string | null,
): Promise<void> {
  const vega = await (await getFile("vega.min.js")).text();
  scope.postMessage({
    tell: "done",
    page: await renderReport(results, { vega }),
    results: text,
    table: measuresTable(results),
    selected: serializeSelected(results, selected),
    name: `${results.study}-${results.id}`,
    compared,
  });
}

/** What a request is about, as the page tells failures. */
const ABOUT = { reproduce: "run", own: "run", network: "network", pictures: "pictures" } as const;

async function answer(request: Exclude<Request, { ask: "pause" | "resume" }>): Promise<void> {
  try {
    if (request.ask === "network") scope.postMessage({ tell: "network", seen: await lookAtNetwork(request.files) });
    else if (request.ask === "pictures") {
      scope.postMessage({ tell: "pictures", seen: await lookAtPictures(request.pictures) });
    } else await run(request);
  } catch (error) {
    scope.postMessage({ tell: "failed", about: ABOUT[request.ask], sentence: explainFailure(error) });
  }
}

scope.onmessage = ({ data: request }) => {
  if (request.ask === "pause") gate.pause();
  else if (request.ask === "resume") gate.resume();
  else void answer(request);
};
