/** `deno task reproduce`: runs a study and writes its report. */
import { reproduceCommand, reproduceProgram } from "../src/terminal/mod.ts";
import { runTask } from "./terminal/exit.ts";
import { giveUp, needlessOf } from "./terminal/give_up.ts";

/** What the command line may say. */
export const program = reproduceProgram;

if (import.meta.main) {
  await giveUp(needlessOf(Deno.args));
  await runTask(
    (signal) => reproduceCommand(Deno.args, { name: "deno task reproduce", signal }),
    "interrupted; no report was written",
  );
}
