/** What a file of one's own ends in. */
const ENDING = /\.(onnx|safetensors|pth|pt)$/i;

/** Whether a text names a file with a network, and not an id of the lock. */
export function isNetworkFile(text: string): boolean {
  return ENDING.test(text);
}

/** The last part of a path, as it is written on any platform. */
export function fileName(path: string): string {
  return /([^/\\]*)[/\\]*$/.exec(path)![1];
}

/** What a file's network is called where nobody says: the file's name in lower-case letters, digits, dots and hyphens. */
export function idOfFile(path: string): string {
  const name = fileName(path).replace(ENDING, "");
  // Letters lose their accents, which NFKD sets apart.
  const stem = name.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^a-z0-9._-]+/g, "-");
  return stem.replace(/^[^a-z0-9]+/, "") || "network";
}
