import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Device } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import { buildNetwork, type Network, usualInput } from "../networks/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import { hashFile } from "../store/mod.ts";
import { type FileNetwork, RECIPES } from "../study/mod.ts";
import { openCheckpoint } from "../weights/mod.ts";
import { localWeights } from "./describe_network.ts";
import { type ImageRecipe, parseImageRecipe } from "./image_recipe.ts";
import { openOnnx } from "./open_onnx.ts";
import type { PlannedNetwork } from "./planned_network.ts";
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
    text = await readFile(file, "utf8");
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
 * @throws {RequestError} where the file, its layers or its preprocessing cannot be used.
 */
export async function openFileNetwork(said: FileNetwork, device: Device): Promise<PlannedNetwork> {
  const path = said.weights;
  try {
    if (!(await stat(path)).isFile()) throw new Error("it is a folder");
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
    const found = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw new RequestError(`Cannot use --network ${path}: ${found}`, { cause: error });
  }
}
