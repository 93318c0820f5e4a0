import { readFile } from "node:fs/promises";

/** The example of mod.ts's documentation, as the JavaScript that it is. */
export async function moduleExample(): Promise<string> {
  const source = await readFile(new URL("../mod.ts", import.meta.url), "utf8");
  const [, block] = /^ \* ```ts\n(.*?)^ \* ```$/ms.exec(source)!;
  return block.replaceAll(/^ \* ?/gm, "");
}

/**
 * What the example prints, a line a layer: its name, the share of selected units, the largest t, and how many of the units prefer
 * faces to objects in the other images.
 */
export const EXAMPLE_LINE = /^(relu|layer[1-4]|avgpool) (0(?:\.\d+)?) (-?\d+\.\d+) (\d+)$/;
