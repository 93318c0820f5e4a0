import { fileSource, memorySource, type NamedTensor, openSafetensors, writeSafetensors } from "../weights/mod.ts";
import { writeAtomically } from "../results/mod.ts";
import { OBJECTIVE_NAMES, type ObjectiveName } from "./heads.ts";

/** A trained network as its file holds it. */
export interface Fixture {
  readonly objective: ObjectiveName;
  /** Trunk, head and running statistics. */
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** The names of what its targets are made of; see `termsFor`. */
  readonly terms: readonly string[];
}

/**
 * Writes a trained network: kernels and matrices as float16, vectors as float32; the names of its targets' terms in the
 * header.
 *
 * @returns The file's bytes.
 */
export async function writeFixture(path: string, { objective, weights, terms }: Fixture): Promise<Uint8Array> {
  const tensors = new Map(
    [...weights].map((
      [name, tensor],
    ) => [name, { ...tensor, dtype: tensor.shape.length > 1 ? "F16" : "F32" } as const]),
  );
  const bytes = writeSafetensors(tensors, { objective, terms: JSON.stringify(terms) });
  await writeAtomically(path, bytes);
  return bytes;
}

/**
 * Reads a file of {@linkcode writeFixture}.
 *
 * @throws {Error} where the file is damaged or was not written by it.
 */
export async function readFixture(path: string): Promise<Fixture & { bytes: Uint8Array }> {
  const source = await fileSource(path);
  let bytes: Uint8Array;
  try {
    bytes = await source.read(0, source.size);
  } finally {
    await source.close();
  }
  const checkpoint = await openSafetensors(memorySource(bytes, path));
  const objective = checkpoint.metadata?.get("objective");
  const known = OBJECTIVE_NAMES.find((name) => name === objective);
  if (known === undefined) {
    throw new Error(
      `Cannot read "${path}": its objective is ${objective}; expected one of ${OBJECTIVE_NAMES.join(", ")}`,
    );
  }
  const weights = new Map<string, NamedTensor>();
  for (const [name, { shape }] of checkpoint.tensors) {
    weights.set(name, { shape, data: await checkpoint.read(name) });
  }
  return { objective: known, weights, terms: JSON.parse(checkpoint.metadata?.get("terms") ?? "[]"), bytes };
}
