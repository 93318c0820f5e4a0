import { bytesOf, externalTensors } from "./_external_tensors.ts";
import { encodeModel, LARGEST_MODEL, parseModel, type Tensor } from "./_schema.ts";

/** Data of a tensor that lie in another file than the model. */
export interface ExternalData {
  /** The tensor's. */
  readonly tensor: string;
  /** The file, as the model names it: a path from the model's own folder. */
  readonly location: string;
  /** The first byte. */
  readonly offset: number;
  /** How many bytes, as the tensor's shape and type say. */
  readonly length: number;
}

/**
 * Makes a model that lies in several files one that holds all its weights. One that holds them already is returned as it is.
 *
 * @param read Gives the bytes that are asked for; they are copied.
 * @throws {Error} where the bytes are no model, or what it says of such data contradicts itself or what `read` gives.
 * @throws {RangeError} where the whole would take 2 GiB or more.
 */
export async function embedExternalData(
  model: Uint8Array,
  read: (data: ExternalData) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const decoded = parseModel(model);
  const tensors = externalTensors(decoded);
  if (tensors.length === 0) return model;
  const located = tensors.map(locate);
  const total = located.reduce((sum, { length }) => sum + length, 0);
  if (total >= LARGEST_MODEL) {
    throw new RangeError(`Cannot read the ONNX model: its weights take ${total} bytes; expected less than 2 GiB`);
  }
  for (const [index, tensor] of tensors.entries()) {
    const data = located[index];
    const bytes = await read(data);
    if (bytes.length !== data.length) throw fail(data.tensor, `${bytes.length} bytes were read, not ${data.length}`);
    tensor.rawData = bytes;
    tensor.externalData = [];
    tensor.dataLocation = 0;
  }
  return encodeModel(decoded);
}

function fail(tensor: string, found: string): Error {
  return new Error(
    `Cannot read tensor "${tensor}" of the ONNX model: ${found}; expected a file, an offset and as many bytes as its shape takes`,
  );
}

function locate(tensor: Tensor): ExternalData {
  const { name, externalData = [] } = tensor;
  const said = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = said.get("location") ?? "";
  if (location === "") throw fail(name, "no file is named for its data");
  const length = bytesOf(tensor);
  if (length === undefined || !Number.isSafeInteger(length) || length < 0) {
    throw fail(name, `its data lie in "${location}", but its shape and type do not tell how many bytes they are`);
  }
  const offset = count(said.get("offset") ?? "0");
  if (offset === undefined) throw fail(name, `its offset is ${JSON.stringify(said.get("offset"))}`);
  const stated = said.get("length");
  if (stated !== undefined && count(stated) !== length) {
    throw fail(name, `${JSON.stringify(stated)} bytes are stated, and its shape and type take ${length}`);
  }
  return { tensor: name, location, offset, length };
}

function count(text: string): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}
