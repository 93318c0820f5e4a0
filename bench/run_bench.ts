/**
 * Whole runs, as a user starts them, each in a process of its own with an empty store; and PyTorch's hooks with SciPy beside
 * them, where `--against` asks for it. Networks have seeded weights in the official format. The rate is how many images a second
 * are decoded and recorded; beside it stands that of a plain forward pass.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pLimit from "p-limit";
import { maxBatch, openDevice } from "../src/devices/mod.ts";
import { buildNetwork } from "../src/networks/mod.ts";
import type { Results } from "../src/results/mod.ts";
import { openCheckpoint } from "../src/weights/mod.ts";
import { type ChildCost, runChild } from "./_child.ts";
import { pictureFolder } from "./_images.ts";
import { median } from "./_median.ts";
import { noise, plainModel } from "./_networks.ts";
import { runOptions } from "./_run_options.ts";
import { type BenchRow, printRows } from "./_rows.ts";
import { isResNet, seededWeights, type TimedNetworkName } from "./_seeded_weights.ts";
import { taskStart } from "./_task_start.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const WORK = join(ROOT, ".cache", "bench");
const REFERENCE = join(ROOT, "tasks", "agree", "reference.py");

/** Images of a plain forward pass. */
const FORWARD_IMAGES = 256;

const options = runOptions(Deno.args);
const device = await openDevice(options.device);
const images = options.images ?? await pictureFolder(options.count);

/** What a job cost; with `rate` how many images it showed to the network a second. */
interface JobCost extends Partial<ChildCost> {
  readonly seconds: number;
  readonly rate?: number;
}

/** A run of this project. */
async function ours(
  name: TimedNetworkName,
  weights: string,
  { flags = [], keep = false }: { readonly flags?: readonly string[]; readonly keep?: boolean } = {},
): Promise<JobCost> {
  const store = join(WORK, "store");
  if (!keep) await rm(store, { recursive: true, force: true });
  await rm(join(store, "recordings"), { recursive: true, force: true });
  const out = join(WORK, "report");
  await rm(out, { recursive: true, force: true });
  const { env, flags: start } = taskStart("reproduce");
  const cost = await runChild(Deno.execPath(), [
    ...["run", ...start, join(ROOT, "tasks", "reproduce.ts")],
    ...["--network", weights, "--stimuli", images, "--preprocessing", "imagenet", "--layers", "blocks", "--quiet"],
    ...["--device", device.name, "--out", out, ...(isResNet(name) ? [] : ["--architecture", name]), ...flags],
  ], { env: { ...env, FUSIFORM_CACHE: store } });
  const path = (await readdir(out, { recursive: true })).find((path) => path.endsWith("results.json"))!;
  const { timing } = JSON.parse(await readFile(join(out, path), "utf8")) as Results;
  return { ...cost, rate: timing.imagesPerSecond };
}

/** The network's last layer and nothing else, for images that are in memory: as fast as a recording could be. */
async function plainForward(name: TimedNetworkName, weights: string): Promise<JobCost> {
  const checkpoint = await openCheckpoint(weights);
  const network = await buildNetwork({ checkpoint, ...(isResNet(name) ? {} : { architecture: name }) });
  await checkpoint.close();
  const batch = maxBatch(network, device);
  const runs = Math.ceil(FORWARD_IMAGES / batch);
  const feeds = { [network.input.name]: { data: noise(network, batch), shape: [batch, ...network.input.shape] } };
  const session = await device.open(plainModel(network), { runs });
  await session.run(feeds);
  const start = performance.now();
  const limit = pLimit(session.ahead ?? 1);
  await Promise.all(Array.from({ length: runs }, () => limit(() => session.run(feeds))));
  const seconds = (performance.now() - start) / 1000;
  await session.close();
  return { seconds, rate: runs * batch / seconds };
}

/** A run of PyTorch and SciPy, without this project's settings of memory, which would make it slower. */
async function theirs(architecture: string): Promise<JobCost> {
  const out = join(WORK, "reference.npz");
  return await runChild(options.python, [
    ...[REFERENCE, "--architecture", architecture, "--images", images, "--out", out],
    ...["--device", device.name === "webgpu" ? "cuda" : "cpu"],
  ]);
}

interface Job {
  readonly name: string;
  readonly run: () => Promise<JobCost>;
}

/** Times jobs in turns; each is given as a ratio to the first. */
async function group(name: string, jobs: readonly Job[]): Promise<BenchRow[]> {
  const costs = jobs.map((): JobCost[] => []);
  for (let run = 0; run < options.runs; run++) {
    for (const [j, job] of jobs.entries()) {
      console.error(`${name}: ${job.name}, ${run + 1} of ${options.runs}`);
      costs[j].push(await job.run());
    }
  }
  const seconds = costs.map((own) => median(own.map((cost) => cost.seconds)));
  return jobs.map((job, j): BenchRow => {
    const peaks = costs[j].flatMap(({ peakBytes }) => peakBytes ?? []);
    const rates = costs[j].flatMap(({ rate }) => rate ?? []);
    return {
      suite: "run",
      group: name,
      name: job.name,
      runs: options.runs,
      seconds: seconds[j],
      ...(peaks.length === 0 ? {} : { peakBytes: median(peaks) }),
      ...(rates.length === 0 ? {} : { rate: { of: "images", perSecond: median(rates) } }),
      ...(j === 0 ? {} : { ratio: { to: jobs[0].name, value: seconds[0] / seconds[j] } }),
    };
  });
}

console.error(`runs on ${device.name}: ${device.adapter}`);
const rows: BenchRow[] = [];
for (const architecture of options.networks) {
  const weights = await seededWeights(architecture, WORK);
  const against: Job[] = options.against && isResNet(architecture)
    ? [{ name: "PyTorch’s hooks and SciPy", run: () => theirs(architecture) }]
    : [];
  const fast = ["--fast"];
  rows.push(
    ...await group(`${architecture}, ${options.count} images on ${device.name}`, [
      ...against,
      { name: "whole run", run: () => ours(architecture, weights) },
      { name: "--fast", run: () => ours(architecture, weights, { flags: fast }) },
      { name: "--fast, images prepared before", run: () => ours(architecture, weights, { flags: fast, keep: true }) },
    ]),
    ...await group(`${architecture} on ${device.name}`, [
      { name: "plain forward pass", run: () => plainForward(architecture, weights) },
    ]),
  );
}
await device.close();
printRows(rows);
