import { type Locks, locksOf, parseModelsLock, parseStimuliLock } from "../browser/mod.ts";

/** What the page's folder says of itself, in `live.json`. */
export interface LiveSite {
  /** sha256 over the source that the scripts were made of. */
  readonly source: string;
  /** The commit that they were made at; null where nobody knows it. */
  readonly gitCommit: string | null;
  /** Where files of the newest published run of the mini study lie, from this folder; null where there is none. */
  readonly published: {
    readonly results: string;
    /** Null where the run tells no units. */
    readonly selected: string | null;
  } | null;
}

/** Where a file of a package lies in the folder. */
export function assetPath(name: string): string {
  return `assets/${name.replace(/^@/, "").replaceAll("/", "-").replace(/-decodewasm$/, "-decode.wasm")}`;
}

/**
 * Gets a file of the page's own folder.
 *
 * @throws {Error} where the server does not give it.
 */
export async function getFile(path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(path, import.meta.url));
  } catch (error) {
    throw new Error(`Cannot load "${path}" from this site: ${(error as Error).message}`, { cause: error });
  }
  if (!response.ok) throw new Error(`Cannot load "${path}" from this site: the server answered ${response.status}`);
  return response;
}

/** The bytes of a file of the page's own folder. */
export async function getBytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await getFile(path)).arrayBuffer());
}

/** The locks as they lie in the folder. */
export async function getLocks(): Promise<Locks> {
  const [models, stimuli] = await Promise.all(
    ["models.lock.json", "stimuli.lock.json"].map(async (name) => await (await getFile(name)).text()),
  );
  return locksOf(parseModelsLock(models, "models.lock.json"), parseStimuliLock(stimuli, "stimuli.lock.json"));
}
