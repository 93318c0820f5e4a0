import type { Device } from "../devices/browser.ts";
import { hashBytes } from "../lock/mod.ts";
import { embedExternalData } from "../onnx/mod.ts";
import {
  type ImageRecipe,
  isGraph,
  type NetworkBytes,
  planUsersNetwork,
  type UsersNetwork,
} from "../reproduce/browser.ts";
import type { FileNetwork } from "../study/mod.ts";
import { memorySource, openSource } from "../weights/browser.ts";

/**
 * Reads a file that was chosen on a page: a graph (`.onnx`) with its weights, or weights (`.safetensors`, `.pth`, `.pt`).
 *
 * @throws {Error} where it is none of these, cannot be read, or is a graph whose weights lie in another file.
 */
export async function readNetworkFile(file: File): Promise<NetworkBytes> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const digest = { bytes: bytes.length, sha256: await hashBytes(bytes) };
  if (!isGraph(file.name)) return { ...digest, checkpoint: await openSource(memorySource(bytes, file.name)) };
  const model = await embedExternalData(bytes, ({ tensor, location }) => {
    throw new Error(
      `Cannot read tensor "${tensor}" of "${file.name}": its data lie in "${location}"; expected a file that holds its weights`,
    );
  });
  return { ...digest, model };
}

/**
 * A network of a file that was chosen on a page.
 *
 * @param said What is known of it; `weights` is the file's name.
 * @throws {RequestError} where it is not known how images become its input.
 * @throws {Error} where what is in the file cannot be used.
 */
export async function fileNetwork(
  file: File,
  said: FileNetwork,
  { recipe, device }: { readonly recipe: ImageRecipe | undefined; readonly device: Device },
): Promise<UsersNetwork> {
  return await planUsersNetwork(said, { read: () => readNetworkFile(file), recipe, device });
}
