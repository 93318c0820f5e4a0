import type { Checkpoint } from "../weights/mod.ts";

/** The line that makes a file which needs no known architecture; the batch stays open. */
const EXPORT = 'torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), "model.onnx", input_names=["image"], ' +
  'dynamic_axes={"image": {0: "batch"}})';

/**
 * What to say of tensors that are of no known network: what was found, what is known and what helps.
 *
 * @param known Names of architectures.
 */
export function unknownNetwork({ tensors }: Checkpoint, known: readonly string[]): Error {
  const [first] = tensors;
  const found = first === undefined
    ? "there are none"
    : `found ${tensors.size}, the first ${JSON.stringify(first[0])} [${first[1].shape.join(", ")}]`;
  return new Error(
    `Cannot recognize the network by its tensors: ${found}; expected those of ${known.join(", ")}, ` +
      `or the network as an .onnx file, which this line of Python writes: ${EXPORT}`,
  );
}
