import { readFile } from "node:fs/promises";
import { memorySource, type NamedTensor, openSafetensors, writeSafetensors } from "../weights/mod.ts";
import { writeAtomically } from "../results/mod.ts";
import type { Snapshot } from "./trainer.ts";

/**
 * Keeps a training's state, whole or not at all.
 *
 * @param key What the training is; a state with another key is not gone on from.
 */
export async function writeSnapshot(path: string, { step, tensors }: Snapshot, key: string): Promise<void> {
  await writeAtomically(
    path,
    writeSafetensors(new Map([["step", { shape: [], data: new Float32Array([step]) }], ...tensors]), { key }),
  );
}

/**
 * The state kept at a path, or `undefined` where there is none or it is another training's.
 *
 * @throws {Error} where the file is damaged.
 */
export async function readSnapshot(path: string, key: string): Promise<Snapshot | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
  const checkpoint = await openSafetensors(memorySource(bytes, path));
  if (checkpoint.metadata?.get("key") !== key) return undefined;
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape }] of checkpoint.tensors) tensors.set(name, { shape, data: await checkpoint.read(name) });
  const [step] = tensors.get("step")?.data ?? [];
  tensors.delete("step");
  if (!Number.isInteger(step)) {
    throw new Error(`Cannot go on from "${path}": it holds no step; expected a training's state`);
  }
  return { step, tensors };
}
