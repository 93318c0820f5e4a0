import { hashBytes, type ModelEntry, verifyDigest } from "../lock/mod.ts";
import { buildNetwork } from "../networks/mod.ts";
import { describedEntry, generateNetwork, type OpenedNetwork, type UsersNetwork } from "../reproduce/browser.ts";
import { memorySource, openSource } from "../weights/browser.ts";

/**
 * A network that the lock pins, whose weights come as bytes.
 *
 * @param entry Its entry in models.lock.json; of an architecture that is built from tensors.
 * @param read Gets its file of weights; not asked for one that is generated. The bytes are compared with the pinned hash.
 */
export function pinnedNetwork(entry: ModelEntry, read: () => Promise<Uint8Array>): UsersNetwork {
  return {
    ...describedEntry(entry),
    open: () => "generator" in entry.source ? generateNetwork(entry, entry.source.generator) : open(entry, read),
  };
}

async function open(entry: ModelEntry, read: () => Promise<Uint8Array>): Promise<OpenedNetwork> {
  const bytes = await read();
  const sha256 = await hashBytes(bytes);
  verifyDigest(entry.id, { pin: entry, found: { bytes: bytes.length, sha256 } });
  const checkpoint = await openSource(memorySource(bytes, entry.id));
  const network = await buildNetwork({ checkpoint, architecture: entry.architecture, prefix: entry.weightsPrefix });
  return { network, found: { sha256, status: entry.status, bytes: bytes.length } };
}
