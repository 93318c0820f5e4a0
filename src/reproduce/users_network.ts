import type { Device } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import type { Digest } from "../lock/mod.ts";
import { buildNetwork, type Network, usualInput } from "../networks/mod.ts";
import type { NetworkResult } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import { fileName, type FileNetwork, RECIPES } from "../study/browser.ts";
import type { Checkpoint } from "../weights/mod.ts";
import { localWeights } from "./describe_network.ts";
import type { ImageRecipe } from "./image_recipe.ts";
import { openOnnx } from "./open_onnx.ts";
import type { OpenedNetwork } from "./opened_network.ts";
import type { DescribedNetwork } from "./described_network.ts";

/** A file of the user's own as it was read: a graph with all its weights, or weights alone. Size and hash are of its bytes. */
export type NetworkBytes = Digest & ({ readonly model: Uint8Array } | { readonly checkpoint: Checkpoint });

/** A network of the user's own. */
export interface UsersNetwork extends DescribedNetwork {
  /**
   * Builds its graph.
   *
   * @throws {Error} where its weights cannot be had, or are not those that they were.
   */
  open(): Promise<OpenedNetwork>;
}

/** How {@linkcode planUsersNetwork} gets at a file. */
export interface UsersFile {
  /** Reads it; a checkpoint is closed when its network is built. */
  readonly read: () => Promise<NetworkBytes>;
  /** How images become its input, where somebody says. */
  readonly recipe: ImageRecipe | undefined;
  /** Runs a graph once, to see the shapes of its layers. */
  readonly device: Device;
}

/** Whether a path names a graph with its weights; other files hold weights alone. */
export function isGraph(path: string): boolean {
  return /\.onnx$/i.test(path);
}

function unknownRecipe(path: string): RequestError {
  const form = '{"resize": 256, "crop": 224, "interpolation": "bilinear", "mean": [0.485, 0.456, 0.406], ' +
    '"std": [0.229, 0.224, 0.225]}';
  return new RequestError(
    `Cannot run "${path}" without knowing how images become its input; expected --preprocessing imagenet, clip, ` +
      `inception (from −1 to 1), a JSON file or JSON such as ${form}`,
  );
}

/** A recipe at the side that a network takes, in pixels. */
export function recipeAtSide(side: number, recipe: Preprocessing): Preprocessing {
  return side === recipe.crop
    ? recipe
    : { ...recipe, resize: Math.round(side * recipe.resize / recipe.crop), crop: side };
}

/** A file's network, and what is known of the file. */
interface OpenedFile extends Digest {
  readonly network: Network;
  readonly recipe: ImageRecipe;
  readonly architecture: string;
}

async function openFile(said: FileNetwork, { read, recipe, device }: UsersFile): Promise<OpenedFile> {
  const path = said.weights;
  if (recipe === undefined && isGraph(path)) throw unknownRecipe(path);
  const found = await read();
  const { bytes, sha256 } = found;
  if ("model" in found) {
    const layers = Array.isArray(said.layers) ? said.layers as readonly string[] : undefined;
    const network = await openOnnx(found.model, { layers, side: recipe!.crop, device });
    return { network, recipe: recipe!, architecture: "onnx", bytes, sha256 };
  }
  const { checkpoint } = found, { architecture } = said;
  try {
    const request = { checkpoint, architecture };
    const network = await buildNetwork(request);
    const usual = usualInput(request);
    if (recipe === undefined && usual === null) throw unknownRecipe(path);
    return {
      network,
      recipe: recipe ?? recipeAtSide(network.input.shape[1], RECIPES[usual!]),
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
 * Plans a network that the user brings as a file: a graph (`.onnx`), or weights of a known architecture (`.safetensors`, `.pth`,
 * `.pt`). It is opened once, so that what is wrong with it is found before images are prepared; its weights are let go until its
 * turn comes.
 *
 * @throws {RequestError} where its preprocessing is not known.
 * @throws {Error} where what is in the file cannot be used.
 */
export async function planUsersNetwork(said: FileNetwork, file: UsersFile): Promise<UsersNetwork> {
  const path = said.weights, given = file.recipe;
  const { recipe, architecture, bytes, sha256 } = await openFile(said, file);
  const supervision = said.supervision ?? given?.supervision ?? "unstated";
  const known = { id: said.id, family: said.family ?? said.id, supervision, seed: said.seed ?? null };
  const title = said.title ?? given?.title ?? fileName(path);
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
      const { network, sha256: now } = await openFile(said, file);
      if (now !== sha256) throw new Error(`Cannot use "${path}": it has changed since the run began`);
      return { network, found: { sha256, status: "local", bytes } };
    },
  };
}
