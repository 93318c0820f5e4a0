import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { encode } from "fast-png";

/** A small grey PNG. */
export const image = (shade: number): Uint8Array =>
  encode({ width: 2, height: 2, channels: 1, depth: 8, data: new Uint8Array(4).fill(shade) });

/** Shades of a folder's own, so that no two images are the same file. */
export const SHADES = 10;

/** Writes files into a folder of its own, which is removed after use. */
export async function withFolder(
  files: Readonly<Record<string, Uint8Array | string>>,
  use: (dir: string) => Promise<void>,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "fusiform-folder-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), content);
    }
    await use(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** As many images in each folder, no two alike. */
export function images(folders: readonly string[], each = 4): Record<string, Uint8Array> {
  return Object.fromEntries(
    folders.flatMap((folder, f) =>
      Array.from({ length: each }, (_, i) => [`${folder}/${i}.png`, image(SHADES * f + i)])
    ),
  );
}
