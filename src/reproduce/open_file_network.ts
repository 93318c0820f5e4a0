import type { Device } from "../devices/mod.ts";
import { RefusedFileError, RequestError } from "../errors.ts";
import { checkRegularFile, hashFile, LARGEST_WRITTEN, readWholeText } from "../store/mod.ts";
import { fileName, type FileNetwork, RECIPES } from "../study/mod.ts";
import { openCheckpoint } from "../weights/mod.ts";
import { type ImageRecipe, parseImageRecipe } from "./image_recipe.ts";
import { type PlannedNetwork, unusableNetwork } from "./planned_network.ts";
import { readOnnx } from "./read_onnx.ts";
import { isGraph, type NetworkBytes, planUsersNetwork } from "./users_network.ts";

/** The recipe that a study gives, or that stands beside the file; undefined where there is none. */
async function readRecipe({ weights, preprocessing }: FileNetwork): Promise<ImageRecipe | undefined> {
  if (preprocessing !== undefined) return typeof preprocessing === "string" ? RECIPES[preprocessing] : preprocessing;
  const file = `${weights.replace(/\.[a-z]+$/i, "")}.preprocessing.json`;
  let text: string;
  try {
    text = await readWholeText(file, LARGEST_WRITTEN);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw new RequestError(`Cannot read "${file}": ${(error as Error).message}`, { cause: error });
  }
  return parseImageRecipe(text, `"${file}"`);
}

/** Reads a file, and what it is known by. */
async function readFile(said: FileNetwork): Promise<NetworkBytes> {
  if (isGraph(said.weights)) return await readOnnx(said.weights);
  return { ...await hashFile(said.weights), checkpoint: await openCheckpoint(said.weights) };
}

/**
 * Opens a network that the user brings as a file: a graph (`.onnx`), or weights of a known architecture (`.safetensors`,
 * `.pth`, `.pt`).
 *
 * @throws {RefusedFileError} where what is in the file cannot be used.
 * @throws {RequestError} where there is no such file, or its preprocessing is not known.
 */
export async function openFileNetwork(said: FileNetwork, device: Device): Promise<PlannedNetwork> {
  const path = said.weights;
  try {
    await checkRegularFile(path);
    const given = await readRecipe(said);
    return await planUsersNetwork(said, { read: () => readFile(said), recipe: given, device });
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const { code, message } = error as { code?: string; message: string };
    if (code === "ENOENT" || code === "EISDIR" || code === "ENOTFILE") {
      const found = code === "ENOENT" ? "there is no such file" : message;
      throw new RequestError(`Cannot use --network ${path}: ${found}`, { cause: error });
    }
    throw new RefusedFileError(`Cannot use --network ${path}: ${message}`, { cause: error });
  }
}

/**
 * Opens the networks of a run that are files of the user's own. One whose content is refused does not stop the others: it is
 * told now, and reported as not run.
 *
 * @throws {RequestError} as {@linkcode openFileNetwork}, and where every network of the run is refused.
 */
export async function openFileNetworks(
  networks: readonly (PlannedNetwork | FileNetwork)[],
  { device, onNotice, some = true }: {
    readonly device: Device;
    readonly onNotice?: (sentence: string) => void;
    /** Whether one of them must be usable. @default true */
    readonly some?: boolean;
  },
): Promise<PlannedNetwork[]> {
  const planned: PlannedNetwork[] = [];
  const refused: RefusedFileError[] = [];
  for (const network of networks) {
    if (!("weights" in network)) {
      planned.push(network);
      continue;
    }
    try {
      planned.push(await openFileNetwork(network, device));
    } catch (error) {
      if (!(error instanceof RefusedFileError)) throw error;
      refused.push(error);
      const { id, family = id, weights, title = fileName(weights) } = network;
      const source = `file "${fileName(weights)}" of the user`;
      planned.push(unusableNetwork({ id, family, title, source, reason: error.message }));
    }
  }
  if (some && refused.length === networks.length) throw refused[0];
  for (const { message } of refused) onNotice?.(`${message}; the other networks run`);
  return planned;
}
