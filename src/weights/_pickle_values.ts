/** A global that a pickle names: `module.name`. It stands for itself and nothing is ever looked up by it. */
export class Global {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** An object whose class is known by name alone; its constructor's arguments and its state are kept as data. */
export class OpaqueRecord {
  readonly className: string;
  readonly args: readonly PickleValue[];
  state: PickleValue = null;
  readonly items = new Map<PickleValue, PickleValue>();

  constructor(className: string, args: readonly PickleValue[]) {
    this.className = className;
    this.args = args;
  }
}

/** A run of elements: a file of its own within an archive, or a stretch of a file that is none. */
export interface StorageReference {
  readonly kind: "storage";
  readonly dtype: string;
  readonly key: string;
  /** Elements, not bytes. */
  readonly size: number;
  /** The element that offsets of tensors count from. */
  readonly start: number;
}

/** A tensor as a view of a storage; offset and strides count elements. */
export interface TensorReference {
  readonly kind: "tensor";
  readonly storage: StorageReference;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

/** What a pickle can hold. Lists and tuples are arrays, dicts are maps. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | Set<PickleValue>
  | Global
  | OpaqueRecord
  | StorageReference
  | TensorReference;

/** Whether a value is a tensor. */
export function isTensor(value: PickleValue | undefined): value is TensorReference {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "tensor";
}

/** Whether a value is a storage. */
export function isStorage(value: PickleValue | undefined): value is StorageReference {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "storage";
}
