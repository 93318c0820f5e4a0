import { SNIFFED, weightsFormat } from "../store/browser.ts";
import type { ByteSource } from "./byte_source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { openLegacyPyTorch } from "./open_legacy_pytorch.ts";
import { openSafetensors } from "./open_safetensors.ts";
import { openPyTorch } from "./open_pytorch.ts";

/**
 * Opens weights from any source of bytes, which the checkpoint then owns, in whatever format their first bytes say.
 *
 * @throws {Error} where the source is cut short, or of a format that is not read; the message says which.
 */
export async function openSource(source: ByteSource): Promise<Checkpoint> {
  const head = await source.read(0, Math.min(SNIFFED, source.size));
  const found = weightsFormat(head, source.size);
  if ("format" in found) {
    if (found.format === "zip") return await openPyTorch(source);
    if (found.format === "pickle") return await openLegacyPyTorch(source);
    if (found.format === "safetensors") return await openSafetensors(source);
  }
  throw new Error(
    `Cannot read "${source.name}": it is ${
      "found" in found ? found.found : "an ONNX file"
    }; expected safetensors, or what torch.save or torch.jit.save write`,
  );
}
