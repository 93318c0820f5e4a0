import type { Device } from "../devices/browser.ts";
import { hashBytes } from "../lock/mod.ts";
import {
  type ImageRecipe,
  isGraph,
  type NetworkBytes,
  planUsersNetwork,
  readModel,
  type UsersNetwork,
} from "../reproduce/browser.ts";
import type { FileNetwork } from "../study/mod.ts";
import { blobSource, type ByteSource, memorySource, openSource } from "../weights/browser.ts";

/**
 * Reads a file that was chosen on a page: a graph (`.onnx`) with its weights, or weights (`.safetensors`, `.pth`, `.pt`).
 *
 * @param beside Files that were chosen with it; a graph finds the weights that lie outside it there, by their names without folders.
 * @throws {Error} where it is none of these, cannot be read, or is a graph whose weights lie in a file that was not chosen.
 */
export async function readNetworkFile(file: File, beside: readonly File[] = []): Promise<NetworkBytes> {
  if (isGraph(file.name)) {
    const openBeside = opener(file.name, beside);
    return await readModel({ file: blobSource(file, file.name), openBeside, hash: hashSources });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const checkpoint = await openSource(memorySource(bytes, file.name));
  return { bytes: bytes.length, sha256: await hashBytes(bytes), checkpoint };
}

/** Finds the files that a graph names among those that were chosen with it. */
function opener(graph: string, beside: readonly File[]): (data: { readonly location: string }) => Promise<ByteSource> {
  const taken = new Map<string, string>();
  return ({ location }) => {
    const name = location.slice(location.lastIndexOf("/") + 1);
    const file = beside.find((each) => each.name === name);
    if (file === undefined) {
      throw new Error(
        `Cannot read "${graph}": some of its weights are in another file, "${name}"; expected both files together`,
      );
    }
    const other = taken.get(name) ?? location;
    if (other !== location) {
      throw new Error(
        `Cannot read "${graph}": its weights are in "${other}" and "${location}"; expected files with different names`,
      );
    }
    taken.set(name, location);
    return Promise.resolve(blobSource(file, name));
  };
}

async function hashSources(sources: readonly ByteSource[]): Promise<string> {
  const parts = await Promise.all(sources.map((source) => source.read(0, source.size)));
  const [whole] = parts.length === 1 ? parts : [new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())];
  return await hashBytes(whole);
}

/**
 * A network of a file that was chosen on a page.
 *
 * @param said What is known of it; `weights` is the file's name.
 * @param options.beside Files that were chosen with it, as {@linkcode readNetworkFile} takes them.
 * @throws {RequestError} where it is not known how images become its input.
 * @throws {Error} where what is in the file cannot be used.
 */
export async function fileNetwork(
  file: File,
  said: FileNetwork,
  { recipe, device, beside }: {
    readonly recipe: ImageRecipe | undefined;
    readonly device: Device;
    readonly beside?: readonly File[];
  },
): Promise<UsersNetwork> {
  return await planUsersNetwork(said, { read: () => readNetworkFile(file, beside), recipe, device });
}
