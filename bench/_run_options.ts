import { Command, InvalidArgumentError, Option } from "commander";
import { DEVICE_CHOICES } from "../src/devices/mod.ts";
import { list, whole } from "../src/terminal/mod.ts";
import { TIMED_NETWORKS, type TimedNetworkName } from "./_seeded_weights.ts";

/** How whole runs are timed. */
export interface RunOptions {
  /** Whether PyTorch and SciPy are timed beside. */
  readonly against: boolean;
  readonly python: string;
  /** Where this project's runs take place; PyTorch's take place on the same GPU, or the processor. */
  readonly device: typeof DEVICE_CHOICES[number];
  /** Pictures in place of drawings: a folder a condition. */
  readonly images?: string;
  /** How many pictures are drawn. */
  readonly count: number;
  readonly networks: readonly TimedNetworkName[];
  readonly runs: number;
}

function networks(value: string): string[] {
  const names = list(value);
  const lost = names.find((name) => !(TIMED_NETWORKS as readonly string[]).includes(name));
  if (lost !== undefined) throw new InvalidArgumentError(`Expected ${TIMED_NETWORKS.join(", ")}.`);
  return names;
}

/** Adds the flags of whole runs to a command line. */
export function addRunFlags(command: Command): Command {
  return command
    .option("--against", "time PyTorch’s hooks and SciPy (tasks/agree/reference.py) beside whole runs")
    .option("--python <program>", "a Python that has torch, torchvision, scipy and Pillow", "python3")
    .addOption(
      new Option("--device <name>", "where whole runs take place; PyTorch runs on CUDA where these run on WebGPU")
        .choices(DEVICE_CHOICES).default("auto"),
    )
    .option("--images <folder>", "pictures for whole runs, a folder a condition (default: drawn ones)")
    .option("--count <n>", "how many pictures are drawn, each of 1024 × 1024", whole(60), 264)
    .addOption(
      new Option("--networks <names>", `networks for whole runs, of ${TIMED_NETWORKS.join(", ")}`).argParser(networks)
        .default(["resnet50"], "resnet50"),
    )
    .option("--runs <n>", "whole runs of each kind; the median counts", whole(1), 3);
}

/** Reads them where a suite is started with nothing else. */
export function runOptions(args: readonly string[]): RunOptions {
  const { against = false, ...options } = addRunFlags(new Command("run")).parse([...args], { from: "user" }).opts();
  return { against, ...options } as RunOptions;
}
