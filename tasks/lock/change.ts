import { join } from "node:path";
import { RequestError } from "../../src/errors.ts";
import { type ModelEntry, type ModelsLock, parseModelsLock } from "../../src/lock/mod.ts";
import { hashFile } from "../../src/store/mod.ts";
import { NOT_STATED } from "../../src/study/mod.ts";
import { inOrder } from "./entry_options.ts";

/**
 * Adds an entry; a file that comes with the project is hashed now.
 *
 * @param root The directory that paths start from.
 * @returns The new lock; the old one where it has the same entry already.
 * @throws {RequestError} where the id is taken by another entry or the entry breaks the lock's format.
 */
export async function addEntry(
  lock: ModelsLock,
  { id, fields, root }: { id: string; fields: Readonly<Record<string, unknown>>; root: string },
): Promise<ModelsLock> {
  const hashed = { ...fields, ...await digestOf(fields.source, root) };
  const entry = {
    id,
    family: id,
    evidence: [],
    licence: null,
    doi: null,
    bibtex: null,
    ...standing(hashed),
    ...hashed,
  };
  const existing = lock.models.find((other) => other.id === id);
  if (existing !== undefined) {
    const { models } = checked({ models: [entry] });
    if (JSON.stringify(inOrder({ ...models[0] })) === JSON.stringify(inOrder({ ...existing }))) return lock;
    throw new RequestError(`Cannot add "${id}": the lock has another entry of that id; use lock update to change it`);
  }
  return checked({ ...lock, models: [...lock.models.map((other) => ({ ...other })), entry] });
}

/** What an entry says of its origin where its fields do not. Of a file that somebody has, nothing but its hash is known. */
function standing(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  if (isPath(fields.source)) return { status: "local", trainingData: NOT_STATED, language: NOT_STATED };
  return { status: "sha256" in fields ? "official" : "sha256Prefix" in fields ? "prefix" : "none" };
}

function isPath(source: unknown): source is { path: string } {
  return typeof source === "object" && source !== null && "path" in source;
}

/**
 * Changes fields of entries and hashes their files again where they come with the project.
 *
 * @param ids Which entries; none means every entry whose file comes with the project.
 * @throws {RequestError} where an id is unknown or an entry would break the lock's format.
 */
export async function updateEntries(
  lock: ModelsLock,
  { ids, fields, root }: { ids: readonly string[]; fields: Readonly<Record<string, unknown>>; root: string },
): Promise<ModelsLock> {
  const unknown = ids.find((id) => !lock.models.some((entry) => entry.id === id));
  if (unknown !== undefined) throw new RequestError(`Cannot update "${unknown}": the lock has no such entry`);
  const models = await Promise.all(lock.models.map(async (entry): Promise<Record<string, unknown>> => {
    const chosen = ids.length === 0 ? "path" in entry.source : ids.includes(entry.id);
    if (!chosen) return { ...entry };
    const changed = withoutOldPin({ ...entry, ...fields }, fields);
    return { ...changed, ...await digestOf(changed.source, root) };
  }));
  return checked({ ...lock, models });
}

/** Another kind of pin replaces the one before. */
function withoutOldPin(
  entry: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { sha256, sha256Prefix, ...rest } = entry;
  const full = fields.sha256 ?? (fields.sha256Prefix === undefined && fields.status !== "none" ? sha256 : undefined);
  const prefix = fields.sha256Prefix ?? (full === undefined && fields.status !== "none" ? sha256Prefix : undefined);
  return {
    ...rest,
    ...(full === undefined ? {} : { sha256: full }),
    ...(prefix === undefined ? {} : { sha256Prefix: prefix }),
  };
}

async function digestOf(source: unknown, root: string): Promise<Partial<Pick<ModelEntry, "bytes" | "sha256">>> {
  if (!isPath(source)) return {};
  const { path } = source;
  try {
    return await hashFile(join(root, path));
  } catch (error) {
    throw new RequestError(`Cannot hash ${path}: ${(error as Error).message}; expected a file in ${root}`, {
      cause: error,
    });
  }
}

function checked(
  { models, encoders }: Pick<ModelsLock, "encoders"> & { models: readonly Readonly<Record<string, unknown>>[] },
): ModelsLock {
  const lock = { version: 1, models: models.map(inOrder), encoders };
  return parseModelsLock(JSON.stringify(lock), "the new models.lock.json");
}
