import { LONGEST_NAME, MOST_TENSORS } from "./_limits.ts";
import { isTensor, OpaqueRecord, type PickleValue, type TensorReference } from "./_pickle_values.ts";

/** More than any checkpoint has; only a damaged or hostile one nests without end. */
const MOST_VISITS = 2_000_000;
const DEEPEST = 64;

/**
 * Finds the tensors in what a pickle holds and names each by its path: keys of dictionaries, positions in lists and
 * attributes of objects, joined by dots. A state dict's own names come out as they are.
 *
 * @throws {Error} where the structure does not end, or has more tensors or longer names than any network.
 */
export function nameTensors(root: PickleValue): Map<string, TensorReference> {
  const tensors = new Map<string, TensorReference>();
  let visits = 0;
  function visit(value: PickleValue, path: string, depth: number): void {
    if (depth > DEEPEST) throw endless();
    if (isTensor(value)) {
      if (path.length > LONGEST_NAME) throw new Error(`a tensor's name in it has ${path.length} characters`);
      if (!tensors.has(path)) tensors.set(path, value);
      if (tensors.size > MOST_TENSORS) throw new Error(`it has more than ${MOST_TENSORS} tensors`);
      return;
    }
    for (const [key, child] of children(value)) {
      if (++visits > MOST_VISITS) throw endless();
      if (typeof child === "object" && child !== null) visit(child, path === "" ? key : `${path}.${key}`, depth + 1);
    }
  }
  visit(root, "", 0);
  return tensors;
}

function endless(): Error {
  return new Error("its objects nest without end");
}

function* children(value: PickleValue): Generator<[string, PickleValue]> {
  if (value instanceof OpaqueRecord) {
    yield* children(value.items);
    yield* children(value.state);
  } else if (value instanceof Map) {
    for (const [key, child] of value) {
      if (typeof key === "string" || typeof key === "number") yield [String(key), child];
    }
  } else if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) yield [String(index), child];
  }
}
