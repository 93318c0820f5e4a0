import { type Command, Option } from "commander";
import { RequestError } from "../errors.ts";

/** A flag that may be given more than once; any other is refused the second time. */
export class RepeatableOption extends Option {}

/**
 * Parses a command line, with what every task has in common: a mistake is a request error of one sentence, and a flag that
 * stands twice is refused, because only the last of the two would count.
 *
 * @param command The command, whose actions and those of its subcommands are run.
 * @param args What follows the task's name.
 * @returns Whether there is something to do; false where help was asked for and printed.
 * @throws {RequestError} where the command line does not fit the command.
 */
export async function parseCommandLine(command: Command, args: readonly string[]): Promise<boolean> {
  prepare(command);
  try {
    await command.parseAsync([...args], { from: "user" });
    return true;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "commander.helpDisplayed" || code === "commander.help") return false;
    if (code?.startsWith("commander.") === true) throw new RequestError(message.replace(/^error: /, ""));
    throw error;
  }
}

function prepare(command: Command): void {
  command.exitOverride().configureOutput({ writeErr() {} });
  for (const option of command.options) {
    if (option instanceof RepeatableOption) continue;
    let given = false;
    // Commander tells every occurrence on the command line by this event.
    command.on(`option:${option.name()}`, () => {
      if (given) throw new RequestError(`Cannot use ${option.long ?? option.short} twice; expected it at most once`);
      given = true;
    });
  }
  for (const subcommand of command.commands) prepare(subcommand);
}
