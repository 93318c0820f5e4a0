/** What Windows keeps for devices, whatever follows the first dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * Names of layers as names of files: what a file system may not take becomes `_`, and names that would then be alike, or differ
 * in case alone, get a number.
 *
 * @param names Names of layers, all different.
 * @returns As many names, all different, without an ending.
 */
export function fileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const safe = name.replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^[._]+/, "").slice(0, 120).replace(/\.+$/, "") ||
      "layer";
    const plain = safe.replace(RESERVED, "$1_$2");
    let free = plain;
    for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${plain}-${number}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
