export { parseCommandLine, RepeatableOption } from "./command_line.ts";
export { path, positive, whole } from "./numbers.ts";
export { type ProgressDisplay, progressDisplay, type ShownProgress } from "./progress_display.ts";
export { type CommandContext, reproduceCommand, reproduceProgram, tellRun } from "./reproduce_command.ts";
export { runCommandLine } from "./run_command_line.ts";
export { sentence } from "./sentence.ts";
export { duplicatesNotice, notRunAccounts, summary } from "./summary.ts";
export { tellFailure } from "./tell_failure.ts";
export { list } from "./study_flags.ts";
