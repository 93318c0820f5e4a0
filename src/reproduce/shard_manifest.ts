import { createHash } from "node:crypto";
import { z } from "zod";
import { oneLine, RequestError } from "../errors.ts";
import { preprocessingForm } from "../lock/mod.ts";
import { CHANGED } from "../results/mod.ts";
import type { Preprocessing } from "../stimuli/mod.ts";
import { readWholeText } from "../store/mod.ts";
import type { Study } from "../study/mod.ts";
import type { NetworkDescription, WeightsFound } from "./describe_network.ts";
import type { MachineDescription } from "./run_place.ts";
import type { Shard, ShardPart } from "./shard_plan.ts";

/** The name of the file that says what a folder of recordings is a shard of. */
export const MANIFEST = "shard.json";

/** Bytes of a manifest; one of 10,000 networks takes some 20 MB. */
const LARGEST_MANIFEST = 2 ** 26;

/** What the whole is that a shard is part of; the same in every shard of it. */
export interface WholeRun {
  /** The package's version. */
  readonly version: string;
  /** With everything that the command line changed; the path of its images is absolute. */
  readonly study: Study;
  /** Ids of its networks, in the order of the report. */
  readonly networks: readonly string[];
  /** What each shard records. */
  readonly shards: readonly (readonly ShardPart[])[];
  readonly sampledUnits: number;
  /** sha256 over the two lock files. */
  readonly locks: string;
  /** sha256 over ids and bytes of every image. */
  readonly stimuli: string;
  /** Where networks ran, and the inference runtime with its version. */
  readonly device: string;
  readonly runtime: string;
}

/** What a shard has of one network. */
export interface ShardNetwork {
  readonly id: string;
  /** What results say of it; its `reason` says why it was not run, where it was not. */
  readonly description: NetworkDescription;
  readonly found: WeightsFound | null;
  readonly preprocessing: Preprocessing;
  /** Name of the file in the shard's folder, and the recording's key; null where it was not run. */
  readonly recording: { readonly file: string; readonly key: string } | null;
}

/** What a shard's folder holds. */
export interface ShardManifest {
  /** Of this layout. */
  readonly format: 1;
  readonly shard: Shard;
  readonly whole: WholeRun;
  readonly machine: MachineDescription & { readonly threads: number };
  /** In the order of the shard's parts. */
  readonly networks: readonly ShardNetwork[];
}

const text = z.string();
const count = z.int().nonnegative();

const manifest = z.strictObject({
  format: z.literal(1),
  shard: z.strictObject({ index: z.int().positive(), of: z.int().positive() }),
  whole: z.strictObject({
    version: text,
    study: z.looseObject({ name: text, networks: z.array(z.looseObject({})) }),
    networks: z.array(text),
    shards: z.array(z.array(z.strictObject({ network: count, groups: z.array(count).nullable() }))),
    sampledUnits: z.int().positive(),
    locks: text,
    stimuli: text,
    device: text,
    runtime: text,
  }),
  machine: z.strictObject({
    deno: text,
    runtime: text,
    device: text,
    adapter: text,
    cpu: text,
    os: text,
    threads: z.int().positive(),
  }),
  networks: z.array(z.strictObject({
    id: text,
    description: z.looseObject({ id: text, family: text, reason: text.nullable() }),
    found: z.strictObject({
      sha256: text.nullable(),
      status: text,
      bytes: z.number().nullable(),
      replacedBy: text.optional(),
    }).nullable(),
    preprocessing: preprocessingForm,
    recording: z.strictObject({ file: text.regex(/^[^/\\]+$/), key: text.regex(/^[0-9a-f]{64}$/) }).nullable(),
  })),
  // Those of earlier versions have none.
  checksum: text.optional(),
});

/** The text of a manifest, with the checksum of what it says. */
export function formatManifest(manifest: ShardManifest): string {
  return `${JSON.stringify({ ...manifest, checksum: checksumOf(manifest) }, null, 2)}\n`;
}

function checksumOf(said: object): string {
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

/** What a shard's folder says of itself. */
export interface ReadManifest {
  readonly manifest: ShardManifest;
  /** That it was changed after it was written, in words; null where it was not. */
  readonly notice: string | null;
}

/**
 * Reads what a shard's folder says of itself.
 *
 * @throws {RequestError} where the file is missing, too large or no manifest of a shard.
 */
export async function readManifest(path: string): Promise<ReadManifest> {
  let value: unknown;
  try {
    value = JSON.parse(await readWholeText(path, LARGEST_MANIFEST));
  } catch (error) {
    throw new RequestError(`Cannot read "${path}": ${oneLine((error as Error).message)}`, { cause: error });
  }
  const parsed = manifest.safeParse(value);
  if (!parsed.success) {
    const [{ path: place, message }] = parsed.error.issues;
    const found = oneLine(`${place.join(".") || "it"} is not as a shard writes it (${message})`);
    throw new RequestError(`Cannot use "${path}": ${found}`);
  }
  const { checksum, ...said } = value as { readonly checksum?: string };
  const { checksum: _, ...read } = parsed.data;
  const changed = checksum !== undefined && checksum !== checksumOf(said);
  return { manifest: read as unknown as ShardManifest, notice: changed ? `"${path}": ${CHANGED}` : null };
}
