export { formatBytes } from "./format_bytes.ts";
export { LARGEST_WRITTEN } from "./largest_written.ts";
export { checkMirror, mirrorUrl } from "./mirror_url.ts";
export { SNIFFED, type WeightsFormat, weightsFormat } from "./weights_format.ts";
