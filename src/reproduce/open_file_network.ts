import { basename } from "node:path";
import type { Device } from "../devices/mod.ts";
import { RefusedFileError, RequestError } from "../errors.ts";
import { buildNetwork, type Network, usualInput } from "../networks/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import { checkRegularFile, hashFile, LARGEST_WRITTEN, readWholeText } from "../store/mod.ts";
import { type FileNetwork, RECIPES } from "../study/mod.ts";
import { openCheckpoint } from "../weights/mod.ts";
import { localWeights } from "./describe_network.ts";
import { type ImageRecipe, parseImageRecipe } from "./image_recipe.ts";
import { openOnnx } from "./open_onnx.ts";
import { type PlannedNetwork, unusableNetwork } from "./planned_network.ts";
import { readOnnx } from "./read_onnx.ts";

/** Whether a path names a graph with its weights; other files hold weights alone. */
function isGraph(path: string): boolean {
  return /\.onnx$/i.test(path);
}

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

function unknownRecipe(path: string): RequestError {
  const form = '{"resize": 256, "crop": 224, "interpolation": "bilinear", "mean": [0.485, 0.456, 0.406], ' +
    '"std": [0.229, 0.224, 0.225]}';
  return new RequestError(
    `Cannot run "${path}" without knowing how images become its input; expected --preprocessing imagenet, clip, ` +
      `inception (from −1 to 1), a JSON file or JSON such as ${form}`,
  );
}

/** A recipe at the side that a network takes. */
function atSideOf({ input }: Network, recipe: Preprocessing): Preprocessing {
  const [, side] = input.shape;
  return side === recipe.crop
    ? recipe
    : { ...recipe, resize: Math.round(side * recipe.resize / recipe.crop), crop: side };
}

/** A file's network, and what is known of the file. */
interface OpenedFile {
  readonly network: Network;
  readonly recipe: ImageRecipe;
  readonly architecture: string;
  /** Of the file, and of those beside it that hold its weights. */
  readonly bytes: number;
  readonly sha256: string;
}

async function openGraph(network: FileNetwork, recipe: ImageRecipe | undefined, device: Device): Promise<OpenedFile> {
  if (recipe === undefined) throw unknownRecipe(network.weights);
  const { model, bytes, sha256 } = await readOnnx(network.weights);
  const layers = Array.isArray(network.layers) ? network.layers as readonly string[] : undefined;
  const opened = await openOnnx(model, { layers, side: recipe.crop, device });
  return { network: opened, recipe, architecture: "onnx", bytes, sha256 };
}

async function openWeights(
  { weights, architecture }: FileNetwork,
  recipe: ImageRecipe | undefined,
): Promise<OpenedFile> {
  const { bytes, sha256 } = await hashFile(weights);
  const checkpoint = await openCheckpoint(weights);
  try {
    const request = { checkpoint, architecture };
    const network = await buildNetwork(request);
    const usual = usualInput(request);
    if (recipe === undefined && usual === null) throw unknownRecipe(weights);
    return {
      network,
      recipe: recipe ?? atSideOf(network, RECIPES[usual!]),
      architecture: architecture ?? "by its tensors",
      bytes,
      sha256,
    };
  } finally {
    await checkpoint.close();
  }
}

function describeWeights(
  said: FileNetwork,
  recipe: ImageRecipe,
  found: NetworkResult["weights"],
): NetworkResult["weights"] {
  const training = [said.trainingData ?? recipe.trainingData, said.training].filter((text) => text !== undefined);
  return {
    ...found,
    trainingData: training.length > 0 ? training.join("; ") : found.trainingData,
    language: said.language ?? recipe.language ?? found.language,
    licence: said.licence ?? recipe.licence ?? null,
    doi: said.doi ?? recipe.doi ?? null,
  };
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
    const open = (): Promise<OpenedFile> => isGraph(path) ? openGraph(said, given, device) : openWeights(said, given);
    // What is wrong with a file is found before images are prepared; its weights are let go until its turn comes.
    const { recipe, architecture, bytes, sha256 } = await open();
    const supervision = said.supervision ?? given?.supervision ?? "unstated";
    const known = { id: said.id, family: said.family ?? said.id, supervision, seed: said.seed ?? null };
    const title = said.title ?? given?.title ?? basename(path);
    const weights = describeWeights(said, recipe, localWeights(path, { sha256, bytes }, recipe));
    return {
      ...known,
      preprocessing: recipe,
      // Of a graph, only the layers that were asked for are there.
      layers: isGraph(path) ? "blocks" : said.layers,
      describe: (_found, reason) => ({
        ...known,
        title,
        status: reason === null ? "run" : "not run",
        reason,
        architecture,
        weights,
      }),
      open: async () => {
        const { network, sha256: now } = await open();
        if (now !== sha256) throw new Error(`Cannot use "${path}": it has changed since the run began`);
        return { network, found: { sha256, status: "local", bytes } };
      },
    };
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
      const { id, family = id, weights, title = basename(weights) } = network;
      const source = `file "${basename(weights)}" of the user`;
      planned.push(unusableNetwork({ id, family, title, source, reason: error.message }));
    }
  }
  if (some && refused.length === networks.length) throw refused[0];
  for (const { message } of refused) onNotice?.(`${message}; the other networks run`);
  return planned;
}
