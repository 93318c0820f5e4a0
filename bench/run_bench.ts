/**
 * Whole runs, as a user starts them, each in a process of its own with an empty store; and PyTorch's hooks with SciPy beside
 * them, where `--against` asks for it. Networks have seeded weights in the official format.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDevice } from "../src/devices/mod.ts";
import { untrainedResNet, type UntrainedResNetName } from "../src/networks/mod.ts";
import { writeSafetensors, type WrittenTensor } from "../src/weights/mod.ts";
import { type ChildCost, runChild } from "./_child.ts";
import { pictureFolder } from "./_images.ts";
import { median } from "./_median.ts";
import { runOptions } from "./_run_options.ts";
import { type BenchRow, printRows } from "./_rows.ts";
import { taskStart } from "./_task_start.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const WORK = join(ROOT, ".cache", "bench");
const REFERENCE = join(ROOT, "tasks", "agree", "reference.py");

const options = runOptions(Deno.args);
const opened = await openDevice(options.device);
const { name: device, adapter } = opened;
await opened.close();
const images = options.images ?? await pictureFolder(options.count);

/** A file of seeded weights. */
async function weightsOf(name: UntrainedResNetName): Promise<string> {
  const checkpoint = untrainedResNet(name, 0);
  const tensors = new Map<string, WrittenTensor>();
  for (const [tensor, { shape }] of checkpoint.tensors) {
    tensors.set(tensor, { shape, data: await checkpoint.read(tensor) });
  }
  const path = join(WORK, `${name}.safetensors`);
  await mkdir(WORK, { recursive: true });
  await writeFile(path, writeSafetensors(tensors));
  return path;
}

/** A run of this project. */
async function ours(
  weights: string,
  flags: readonly string[],
  { keep }: { readonly keep: boolean },
): Promise<ChildCost> {
  const store = join(WORK, "store");
  if (!keep) await rm(store, { recursive: true, force: true });
  await rm(join(store, "recordings"), { recursive: true, force: true });
  const out = join(WORK, "report");
  const { env, flags: start } = taskStart("reproduce");
  return await runChild(Deno.execPath(), [
    ...["run", ...start, join(ROOT, "tasks", "reproduce.ts")],
    ...["--network", weights, "--stimuli", images, "--preprocessing", "imagenet", "--layers", "blocks", "--quiet"],
    ...["--device", device, "--out", out, ...flags],
  ], { env: { ...env, FUSIFORM_CACHE: store } });
}

/** A run of PyTorch and SciPy, without this project's settings of memory, which would make it slower. */
async function theirs(architecture: string): Promise<ChildCost> {
  const out = join(WORK, "reference.npz");
  return await runChild(options.python, [
    ...[REFERENCE, "--architecture", architecture, "--images", images, "--out", out],
    ...["--device", device === "webgpu" ? "cuda" : "cpu"],
  ]);
}

interface Job {
  readonly name: string;
  readonly run: () => Promise<ChildCost>;
}

/** Times jobs in turns; each is given as a ratio to the first. */
async function group(name: string, jobs: readonly Job[]): Promise<BenchRow[]> {
  const costs = jobs.map((): ChildCost[] => []);
  for (let run = 0; run < options.runs; run++) {
    for (const [j, job] of jobs.entries()) {
      console.error(`${name}: ${job.name}, ${run + 1} of ${options.runs}`);
      costs[j].push(await job.run());
    }
  }
  const seconds = costs.map((own) => median(own.map((cost) => cost.seconds)));
  return jobs.map((job, j): BenchRow => {
    const peaks = costs[j].flatMap(({ peakBytes }) => peakBytes ?? []);
    return {
      suite: "run",
      group: name,
      name: job.name,
      runs: options.runs,
      seconds: seconds[j],
      ...(peaks.length === 0 ? {} : { peakBytes: median(peaks) }),
      ...(j === 0 ? {} : { ratio: { to: jobs[0].name, value: seconds[0] / seconds[j] } }),
    };
  });
}

console.error(`runs on ${device}: ${adapter}`);
const rows: BenchRow[] = [];
for (const architecture of options.networks) {
  const weights = await weightsOf(architecture);
  const against: Job[] = options.against
    ? [{ name: "PyTorch’s hooks and SciPy", run: () => theirs(architecture) }]
    : [];
  rows.push(
    ...await group(`${architecture}, ${options.count} images on ${device}`, [
      ...against,
      { name: "whole run", run: () => ours(weights, [], { keep: false }) },
      { name: "--fast", run: () => ours(weights, ["--fast"], { keep: false }) },
      { name: "--fast, images prepared before", run: () => ours(weights, ["--fast"], { keep: true }) },
    ]),
  );
}
printRows(rows);
