/**
 * `deno task agree`: compares what Fusiform finds in a network with what PyTorch hooks and SciPy found, on the same weights and
 * images.
 *
 * The reference is an `.npz` file with `<layer>/<condition>/mean` and `…/var` (n − 1), and `<layer>/<condition>><condition>/t`
 * and `…/p` (Welch, two-sided) of every unit, over the first images by name of every category.
 */
import Table from "cli-table3";
import { Command, Option } from "commander";
import { openDevice } from "../src/devices/mod.ts";
import { buildNetwork } from "../src/networks/mod.ts";
import { recordNetwork } from "../src/recording/mod.ts";
import { preprocess } from "../src/stimuli/mod.ts";
import { RECIPES } from "../src/study/mod.ts";
import { openCheckpoint } from "../src/weights/mod.ts";
import { compareLayer, judge } from "./agree/compare_layer.ts";
import { openNpz } from "./agree/npz.ts";
import { readImages } from "./agree/read_images.ts";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { positive, whole } from "../src/terminal/mod.ts";

/** The preprocessing of each network. */
const RECIPE_OF: Readonly<Record<string, keyof typeof RECIPES>> = { resnet50: "imagenet", "clip-rn50": "clip" };

interface Flags {
  readonly reference: string;
  readonly weights: string;
  readonly architecture: string;
  readonly images: string;
  readonly device: "auto" | "cpu" | "webgpu" | "wasm";
  readonly perFolder: number;
  readonly tolerance: number;
}

/** What the command line may say. */
export function program(): Command {
  return new Command("agree")
    .description("Compare moments, Welch t and selection of every unit with a reference made by PyTorch and SciPy.")
    .requiredOption("--reference <file.npz>", "means, variances, t and p of the reference")
    .requiredOption("--weights <file>", "the weights that made it")
    .addOption(new Option("--architecture <name>", "the network").choices(Object.keys(RECIPE_OF)).makeOptionMandatory())
    .requiredOption("--images <dir>", "a folder of images per condition, as for deno task reproduce")
    .option("--per-folder <n>", "the first n images of each category; 0 for all", whole(0), 0)
    .option("--device <name>", "cpu, webgpu, wasm or auto", "cpu")
    .option(
      "--tolerance <x>",
      "largest ‖Δ‖/‖reference‖ of means and variances; t may differ by ten times it",
      positive,
      1e-4,
    );
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const flags = command.opts<Flags>();
  const { tolerance } = flags;
  const { set, conditions, images } = await readImages(flags.images, flags.perFolder);
  const checkpoint = await openCheckpoint(flags.weights);
  const network = await buildNetwork({ checkpoint, architecture: flags.architecture });
  await checkpoint.close();
  const recipe = RECIPES[RECIPE_OF[flags.architecture]];
  const device = await openDevice(flags.device);
  const started = performance.now();
  const recording = await recordNetwork({
    network,
    device,
    images,
    conditions,
    load: async (i) => preprocess(await set.stimuli[i].pixels(), recipe),
    sampledUnits: 256,
    signal,
  }).finally(() => device.close());
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${flags.architecture}: ${images.length} images, ${recording.header.layers.length} layers, ${
      seconds.toFixed(1)
    } s ` +
      `(${(images.length / seconds).toFixed(1)} images/s) on ${device.name} (${device.adapter})`,
  );
  await using npz = await openNpz(flags.reference);
  const table = new Table({
    head: [
      "layer",
      "units",
      "deviation/mean",
      "mean",
      "variance",
      "t",
      "t of unresolved units (beyond)",
      "selected otherwise",
      "",
    ],
    style: { head: [], border: [] },
  });
  let agreed = true;
  const unresolved: string[] = [];
  for (const index of recording.header.layers.keys()) {
    const found = await compareLayer(await recording.readLayer(index), conditions, npz);
    const judgement = judge(found, tolerance);
    agreed &&= judgement !== "differs";
    if (judgement === "unresolved") unresolved.push(found.layer);
    table.push([
      found.layer,
      found.units,
      ...[found.varying, found.mean, found.variance, found.t].map((value) => value.toExponential(1)),
      `${found.unresolved.t.toExponential(1)} (${found.unresolved.beyond})`,
      found.differing === 0 ? 0 : `${found.differing}, p within ${found.distance.toExponential(1)}`,
      judgement === "differs" ? "DIFFERS" : judgement,
    ]);
  }
  console.log(table.toString());
  const but = unresolved.length > 0 ? " but those unresolved" : "";
  console.log(
    agreed
      ? `Every layer agrees${but}: ‖Δ‖/‖reference‖ of means and variances ≤ ${tolerance}, ` +
        `|Δt| ≤ ${10 * tolerance}·max(1, |t|), the same units selected but where p is within 1e-6 of the threshold. ` +
        "Unresolved units have a standard error below 1e-3 of the size of the layer's responses (root mean square); " +
        "float32 rounding of two forward passes decides their t."
      : "Not every layer agrees.",
  );
  if (unresolved.length > 0) {
    console.log(
      `Unresolved layers: ${
        unresolved.join(", ")
      }. Their means agree; their responses vary by less than 1e-3 of their ` +
        "size, so that float32 rounding of two forward passes decides variances, t and selection.",
    );
  }
  return agreed ? 0 : 1;
}

if (import.meta.main) await runTask(main);
