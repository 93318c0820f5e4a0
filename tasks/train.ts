/** `deno task train`: trains the mini networks, or checks their held-out accuracy. */
import { Command, Option } from "commander";
import { parseCommandLine, RepeatableOption } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { giveUp } from "./terminal/give_up.ts";
import { whole } from "../src/terminal/mod.ts";
import { checkNetworks } from "./train/check_networks.ts";
import { printDecoding } from "./train/print_decoding.ts";
import { embedCaptions } from "./train/embed_captions.ts";
import type { TrainOptions } from "./train/options.ts";
import { SETTINGS } from "../src/training/mod.ts";
import { trainNetworks } from "./train/train_networks.ts";

/** What the command line may say. */
export function program(): Command {
  const collect = (value: string, before: string[]): string[] => [...before, value];
  const collectSeed = (value: string, before: number[]): number[] => [...before, whole(0)(value)];
  return new Command("train")
    .description("Train the mini networks from the procedural images, or check their accuracy on unseen ones.")
    .addOption(
      new RepeatableOption("--network <id>", "a family or a network, such as mini-lang or mini-lang-s1; repeatable")
        .argParser(collect).default([], "all"),
    )
    .addOption(
      new RepeatableOption("--seed <n>", "a seed that a family stands for; repeatable")
        .argParser(collectSeed).default([], "all"),
    )
    .option("--steps <n>", "optimizer steps", whole(1), SETTINGS.steps)
    .option("--batch <n>", "images a step, a multiple of four", whole(4), SETTINGS.batch)
    .option("--device <name>", "where it computes: auto, webgpu, cpu or wasm", "auto")
    .addOption(
      new Option("--on <images>", "which unseen images a network is measured on after its training")
        .choices(["validation", "test"]).default("test"),
    )
    .option("--out <dir>", "where the weights are (default: fixtures/)")
    .addOption(
      new Option("--check", "measure the accuracy of the weights that are there, and compare it with the lock")
        .conflicts("updateLock"),
    )
    .addOption(
      new Option("--embed", "embed the captions with the pinned text encoder and write mini-captions.safetensors")
        .conflicts(["check", "decode", "updateLock"]),
    )
    .addOption(
      new Option("--decode", "tell how well each attribute can be decoded from the embeddings of the captions")
        .conflicts(["check", "embed", "updateLock"]),
    )
    .option("--update-lock", "write the trained networks into models.lock.json");
}

if (import.meta.main) {
  await runTask(async (signal) => {
    const command = program();
    if (!await parseCommandLine(command, Deno.args)) return 0;
    const options = command.opts<TrainOptions>();
    if (!options.embed) await giveUp(["net"]);
    if (options.decode) return await printDecoding();
    if (options.embed) return await embedCaptions(options, signal);
    return await (options.check ? checkNetworks : trainNetworks)(options);
  }, "interrupted; run the command again to continue from the last state that was kept");
}
