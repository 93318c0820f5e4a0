export * from "./browser.ts";
export { fileSource } from "./file_source.ts";
export { openCheckpoint } from "./open_checkpoint.ts";
