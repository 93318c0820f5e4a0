import { type Command, Option } from "commander";
import { path } from "./numbers.ts";

/** Flags of every command that writes a run. */
export interface OutputFlags {
  readonly units: "none" | "selected" | "all";
  readonly root?: string;
  readonly offline?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Adds the flags that every command which writes a run has. */
export function addOutputFlags(command: Command): Command {
  return command
    .addOption(
      new Option("--units <which>", "per-unit Parquet tables").choices(["none", "selected", "all"]).default("none"),
    )
    .option("--root <dir>", "the folder of models.lock.json and stimuli.lock.json, in place of the project's", path)
    .option("--offline", "use only what is already in the store")
    .option("--quiet", "print nothing but errors and why a network was not run")
    .option("--json", "print one line of JSON with the id, the paths, the claims and what was not run");
}
