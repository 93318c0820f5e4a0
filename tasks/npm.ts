/** `deno task npm`: packs the library for npm. */
import { Command } from "commander";
import { relative } from "node:path";
import process from "node:process";
import { packForNpm } from "./npm/pack_for_npm.ts";
import { parseCommandLine } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";

/** What the command line may say. */
export function program(): Command {
  return new Command("npm")
    .description("Pack the library for npm, as a folder and as the tarball that `npm publish` takes.")
    .option("--out <dir>", "the folder that receives both", "dist")
    .option("--allow-dirty", "pack what has not been committed too");
}

async function main(signal: AbortSignal): Promise<number> {
  const command = program();
  if (!await parseCommandLine(command, Deno.args)) return 0;
  const { out, allowDirty } = command.opts<{ out: string; allowDirty?: boolean }>();
  const { tarball, bytes, manifest } = await packForNpm({ out, allowDirty, signal });
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  const dependencies = Object.keys(manifest.dependencies).length;
  console.log(`${manifest.name} ${manifest.version}: ${size}, ${dependencies} dependencies at exact versions`);
  console.log(relative(process.cwd(), tarball) || tarball);
  return 0;
}

if (import.meta.main) await runTask(main);
