import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../errors.ts";
import { openRecording } from "../recording/mod.ts";
import { MANIFEST, type ReadManifest, readManifest, type ShardManifest, type ShardNetwork } from "./shard_manifest.ts";
import { VERSION } from "./version.ts";

/** One network of the whole. */
export interface MergedNetwork {
  readonly id: string;
  /** Of the shards that have a part of it, one that could not run it first. */
  readonly from: ShardNetwork;
  /** Files of its parts, in the order of the shards; none where it was not run. */
  readonly files: readonly string[];
}

/** A whole set of shards. */
export interface Shards {
  /** By their index. */
  readonly manifests: readonly ShardManifest[];
  /** In the order of the report. */
  readonly networks: readonly MergedNetwork[];
  /** Manifests that were changed, and what differs among the machines, a sentence each. */
  readonly notices: readonly string[];
}

interface Found extends ReadManifest {
  readonly directory: string;
}

/**
 * Reads shards and checks that they are one run: all of it, each part once, every file whole.
 *
 * @param directories Folders of shards, or folders that hold such folders.
 * @param onProgress Told how many recordings were verified, out of how many.
 * @throws {RequestError} with every problem, a line each.
 */
export async function readShards(
  directories: readonly string[],
  { onProgress = () => {}, signal }: {
    readonly onProgress?: (done: number, total: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Shards> {
  const problems: string[] = [];
  const found: Found[] = [];
  for (const directory of (await Promise.all(directories.map(shardFolders))).flat()) {
    try {
      found.push({ directory, ...await readManifest(join(directory, MANIFEST)) });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      problems.push(error.message);
    }
  }
  const fit = sameRun(found, problems);
  const byIndex = onceEach(fit, problems);
  await verifyFiles([...byIndex.values()], { problems, onProgress, signal });
  if (problems.length > 0) throw new RequestError(`Cannot merge the shards: ${problems.join("\n")}`);
  const all = [...byIndex].sort(([a], [b]) => a - b).map(([, shard]) => shard);
  const notices = [...all.flatMap(({ notice }) => notice ?? []), ...unlike(all)];
  return { manifests: all.map(({ manifest }) => manifest), networks: joined(all), notices };
}

/** Folders with a manifest: the folder itself, else those in it. */
async function shardFolders(directory: string): Promise<string[]> {
  const listed = async (path: string): Promise<string[]> => {
    try {
      return await readdir(path);
    } catch (error) {
      throw new RequestError(`Cannot read "${path}": ${(error as Error).message}`, { cause: error });
    }
  };
  const names = await listed(directory);
  if (names.includes(MANIFEST)) return [directory];
  const folders: string[] = [];
  for (const name of names.sort()) {
    const inside = await readdir(join(directory, name)).catch((): string[] => []);
    if (inside.includes(MANIFEST)) folders.push(join(directory, name));
    // A shard that was cut short has recordings and no manifest.
    else if (/^shard-\d+-of-\d+$/.test(name)) folders.push(join(directory, name));
  }
  if (folders.length === 0) throw new RequestError(`Cannot merge "${directory}": it holds no shard`);
  return folders;
}

/** Shards of the run that the first of them is of; the others are foreign. */
function sameRun(found: readonly Found[], problems: string[]): Found[] {
  if (found.length === 0) return [];
  const [first] = found;
  return found.filter(({ directory, manifest: { whole } }) => {
    const expected = first.manifest.whole;
    if (whole.version !== VERSION) {
      problems.push(`"${directory}" was recorded by Fusiform ${whole.version}; expected ${VERSION}, which merges`);
      return false;
    }
    for (const [field, what] of DIFFERENCES) {
      const [one, other] = [whole, expected].map((each) => JSON.stringify(each[field]));
      if (one === other) continue;
      const shown = one.length + other.length < 200 ? `: ${one}; expected ${other}, as` : "; expected what is";
      problems.push(`"${directory}" is of another run: its ${what} differ${shown} in "${first.directory}"`);
      return false;
    }
    return true;
  });
}

/** In which a shard of another run is told from one of this, what says most first. */
const DIFFERENCES = [
  ["device", "devices"],
  ["runtime", "runtimes"],
  ["study", "studies"],
  ["stimuli", "images"],
  ["networks", "networks"],
  ["sampledUnits", "numbers of sampled units"],
  ["locks", "locks"],
  ["shards", "numbers of shards or costs of networks"],
] as const;

function onceEach(found: readonly Found[], problems: string[]): Map<number, Found> {
  const byIndex = new Map<number, Found>();
  for (const shard of found) {
    const { index, of } = shard.manifest.shard;
    const known = byIndex.get(index);
    if (known !== undefined) {
      problems.push(`shard ${index} of ${of} is in "${known.directory}" and in "${shard.directory}"; expected it once`);
    } else byIndex.set(index, shard);
  }
  const of = found[0]?.manifest.whole.shards.length ?? 0;
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0) problems.push(`shard ${missing.join(", ")} of ${of} is missing`);
  return byIndex;
}

async function verifyFiles(
  shards: readonly Found[],
  { problems, onProgress, signal }: {
    readonly problems: string[];
    readonly onProgress: (done: number, total: number) => void;
    readonly signal: AbortSignal | undefined;
  },
): Promise<void> {
  const files = shards.flatMap(({ directory, manifest: { networks } }) =>
    networks.flatMap(({ recording }) =>
      recording === null ? [] : [{ ...recording, path: join(directory, recording.file) }]
    )
  );
  for (const [done, { path, key }] of files.entries()) {
    signal?.throwIfAborted();
    onProgress(done, files.length);
    try {
      await (await openRecording(path, { key })).close();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  onProgress(files.length, files.length);
}

function joined(shards: readonly Found[]): MergedNetwork[] {
  return shards[0].manifest.whole.networks.map((id) => {
    const parts = shards.flatMap(({ directory, manifest: { networks } }) =>
      networks.filter((network) => network.id === id).map((network) => ({ directory, network }))
    );
    const failed = parts.find(({ network }) => network.recording === null);
    return {
      id,
      from: (failed ?? parts[0]).network,
      files: failed !== undefined
        ? []
        : parts.map(({ directory, network }) => join(directory, network.recording!.file)),
    };
  });
}

/** What may make numbers differ in their last digits. */
function unlike(shards: readonly Found[]): string[] {
  return (["cpu", "os", "deno"] as const).flatMap((field) => {
    const values = [...new Set(shards.map(({ manifest }) => String(manifest.machine[field])))];
    return values.length < 2 ? [] : [
      `the shards were recorded on unlike machines (${field}: ${
        values.join("; ")
      }); numbers may differ in their last digits`,
    ];
  });
}
