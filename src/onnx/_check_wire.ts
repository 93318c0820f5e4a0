import protobuf from "protobufjs/light.js";

/** Fields that a model may have in all, of all messages; one of a thousand layers has some 100,000. */
const MOST_FIELDS = 1_000_000;

/** Whole numbers that the lists of a model may hold: shapes, and weights of a few bits that are stored so. */
const MOST_INTEGERS = 2 ** 24;

/** Messages within each other: branches of branches. */
const DEEPEST = 90;

const LENGTH_DELIMITED = 2;

/**
 * Walks over a message without building anything of it, so that one which would take far more memory than the file is refused
 * before it is parsed.
 *
 * @param type The message's, with the types of its fields.
 * @throws {Error} with half a sentence where it is no message, has too many fields, too many numbers in lists, or nests too
 *   deep.
 */
export function checkWire(bytes: Uint8Array, type: protobuf.Type): void {
  const reader = protobuf.Reader.create(bytes);
  let fields = 0, integers = 0;
  function walk(of: protobuf.Type, end: number, depth: number): void {
    if (depth > DEEPEST) throw new Error("its graphs nest too deep");
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (++fields > MOST_FIELDS) throw new Error(`it has more than ${MOST_FIELDS} fields`);
      if ((tag & 7) !== LENGTH_DELIMITED) {
        reader.skipType(tag & 7);
        continue;
      }
      const length = reader.uint32(), last = reader.pos + length;
      if (last > end) throw new Error(`it ends at ${bytes.length} bytes, within a field`);
      const field = of.fieldsById[tag >>> 3]?.resolve();
      if (field?.resolvedType instanceof protobuf.Type) walk(field.resolvedType, last, depth + 1);
      else if (field?.repeated === true && /^u?int/.test(field.type)) integers += length;
      if (integers > MOST_INTEGERS) throw new Error(`its lists hold more than ${MOST_INTEGERS} whole numbers`);
      reader.pos = last;
    }
  }
  walk(type, bytes.length, 0);
}
