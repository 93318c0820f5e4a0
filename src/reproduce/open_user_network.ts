import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Device } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import type { NetworkResult } from "../results/mod.ts";
import { localWeights } from "./describe_network.ts";
import { openOnnx } from "./open_onnx.ts";
import type { UserNetwork } from "./options.ts";
import type { PlannedNetwork } from "./planned_network.ts";
import { type ImageRecipe, parseImageRecipe } from "./image_recipe.ts";
import { readOnnx } from "./read_onnx.ts";

/** The recipe that is given, or that stands beside the file. */
async function readRecipe({ path, preprocessing }: UserNetwork): Promise<ImageRecipe> {
  const text = preprocessing?.trim() ?? null;
  if (text?.startsWith("{")) return parseImageRecipe(text, "--preprocessing");
  const file = text ?? `${path.replace(/\.onnx$/i, "")}.preprocessing.json`;
  try {
    return parseImageRecipe(await readFile(file, "utf8"), `"${file}"`);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const form = '{"resize": 256, "crop": 224, "interpolation": "bilinear", "mean": [0.485, 0.456, 0.406], ' +
      '"std": [0.229, 0.224, 0.225]}';
    throw new RequestError(
      `Cannot run "${path}" without knowing how images become its input: "${file}" cannot be read ` +
        `(${
          (error as { code?: string }).code ?? (error as Error).message
        }); expected --preprocessing or that file with ${form}`,
      { cause: error },
    );
  }
}

/** A file's name as an id. */
function idOf(path: string): string {
  const stem = basename(path).replace(/\.onnx$/i, "").toLowerCase().replace(/[^a-z0-9._-]+/g, "-");
  return stem.replace(/^[^a-z0-9]+/, "") || "network";
}

function describeWeights(recipe: ImageRecipe, found: NetworkResult["weights"]): NetworkResult["weights"] {
  return {
    ...found,
    trainingData: recipe.trainingData ?? found.trainingData,
    language: recipe.language ?? found.language,
    licence: recipe.licence ?? null,
    doi: recipe.doi ?? null,
  };
}

/**
 * Opens a network that the user brings as an ONNX file, with what lies beside it where its weights are in other files.
 *
 * @throws {RequestError} where the file, its layers or its preprocessing cannot be used.
 */
export async function openUserNetwork(user: UserNetwork, device: Device): Promise<PlannedNetwork> {
  const recipe = await readRecipe(user);
  try {
    if (!(await stat(user.path)).isFile()) throw new Error("it is a folder");
    const { model, bytes, sha256 } = await readOnnx(user.path);
    const layers = user.layers.length > 0 ? user.layers : undefined;
    const network = await openOnnx(model, { layers, side: recipe.crop, device });
    const id = idOf(user.path);
    const { supervision = "unstated", title = basename(user.path) } = recipe;
    const known = { id, family: id, supervision, seed: null };
    const weights = describeWeights(recipe, localWeights(user.path, { sha256, bytes }, recipe));
    return {
      ...known,
      preprocessing: recipe,
      describe: (_found, reason) => ({
        ...known,
        title,
        status: reason === null ? "run" : "not run",
        reason,
        architecture: "onnx",
        weights,
      }),
      open: () => Promise.resolve({ network, found: { sha256, status: "local", bytes } }),
    };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const found = code === "ENOENT" ? "there is no such file" : message;
    throw new RequestError(`Cannot use --network ${user.path}: ${found}`, { cause: error });
  }
}
