import { MOST_AXES } from "./_limits.ts";
import { Global, isStorage, isTensor, OpaqueRecord, type PickleValue, type TensorReference } from "./_pickle_values.ts";

/** The element types of PyTorch's storage classes. */
const STORAGES: ReadonlyMap<string, string> = new Map([
  ["torch.DoubleStorage", "float64"],
  ["torch.FloatStorage", "float32"],
  ["torch.HalfStorage", "float16"],
  ["torch.BFloat16Storage", "bfloat16"],
  ["torch.LongStorage", "int64"],
  ["torch.IntStorage", "int32"],
  ["torch.ShortStorage", "int16"],
  ["torch.CharStorage", "int8"],
  ["torch.ByteStorage", "uint8"],
  ["torch.BoolStorage", "bool"],
  ["torch.ComplexFloatStorage", "complex64"],
  ["torch.ComplexDoubleStorage", "complex128"],
  ["torch.QInt8Storage", "qint8"],
  ["torch.QUInt8Storage", "quint8"],
  ["torch.QInt32Storage", "qint32"],
]);

/** Characters of a name that an error shows. */
const LONGEST_SHOWN = 200;

const NUMPY_CORE = ["numpy.core.multiarray", "numpy._core.multiarray"];

/** Classes and functions that training checkpoints are known to name beside their tensors; kept as records. */
const OPAQUE = new Set([
  "argparse.Namespace",
  "types.SimpleNamespace",
  "_codecs.encode",
  "datetime.datetime",
  "datetime.timedelta",
  "pathlib.Path",
  "pathlib.PosixPath",
  "pathlib.WindowsPath",
  "pathlib.PurePosixPath",
  "numpy.dtype",
  "numpy.ndarray",
  "numpy.float64",
  "numpy.float32",
  "numpy.int64",
  ...NUMPY_CORE.flatMap((module) => [`${module}.scalar`, `${module}._reconstruct`]),
  ...[
    "dict",
    "list",
    "set",
    "frozenset",
    "tuple",
    "int",
    "float",
    "bool",
    "str",
    "bytes",
    "bytearray",
    "complex",
    "object",
  ]
    .flatMap((name) => [`builtins.${name}`, `__builtin__.${name}`]),
  "torch.Tensor",
  "torch.device",
  ...["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"]
    .map((name) => `torch.${name}`),
  "torch.contiguous_format",
  "torch.channels_last",
  "torch.preserve_format",
  "yacs.config.CfgNode",
  "mmengine.logging.history_buffer.HistoryBuffer",
  "omegaconf.dictconfig.DictConfig",
  "omegaconf.listconfig.ListConfig",
  "pytorch_lightning.utilities.parsing.AttributeDict",
  "lightning.fabric.utilities.data.AttributeDict",
]);

type Construct = (args: readonly PickleValue[]) => PickleValue;

/** Globals whose call means something for the tensors; each gives data and does nothing else. */
const CONSTRUCT: Readonly<Record<string, Construct>> = {
  "collections.OrderedDict": ([pairs]) => dictionary(pairs),
  "collections.Counter": ([counts]) => dictionary(counts),
  "collections.defaultdict": ([, pairs]) => dictionary(pairs),
  "torch._utils._rebuild_tensor": rebuildTensor,
  "torch._utils._rebuild_tensor_v2": rebuildTensor,
  // Before PyTorch 0.4 a parameter was written as a call of its class, with its tensor and then its state.
  "torch.nn.parameter.Parameter": parameter,
  "torch.Size": ([sizes]) => sizes ?? [],
  "torch._utils._rebuild_parameter": parameter,
  "torch._utils._rebuild_parameter_with_state": parameter,
  "torch._tensor._rebuild_from_type_v2": ([rebuild, , args]) => {
    if (rebuild instanceof Global && Array.isArray(args)) return callGlobal(rebuild, args);
    throw new Error("a tensor subclass without the function that rebuilds it");
  },
  "torch.jit._pickle.build_intlist": ([list]) => list ?? [],
  "torch.jit._pickle.build_doublelist": ([list]) => list ?? [],
  "torch.jit._pickle.build_boollist": ([list]) => list ?? [],
  "torch.jit._pickle.build_tensorlist": ([list]) => list ?? [],
  "torch.jit._pickle.restore_type_tag": ([value]) => value ?? null,
};

function dictionary(from: PickleValue | undefined): Map<PickleValue, PickleValue> {
  if (from instanceof Map) return new Map(from);
  const map = new Map<PickleValue, PickleValue>();
  for (const pair of Array.isArray(from) ? from : []) {
    if (!Array.isArray(pair) || pair.length !== 2) throw new Error("a dictionary of something other than pairs");
    map.set(pair[0], pair[1]);
  }
  return map;
}

function parameter([tensor]: readonly PickleValue[]): TensorReference {
  if (isTensor(tensor)) return tensor;
  throw new Error("a parameter that is no tensor");
}

function counts(value: PickleValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

function rebuildTensor([storage, offset, shape, stride]: readonly PickleValue[]): TensorReference {
  if (!isStorage(storage)) throw new Error("a tensor without a storage");
  if (
    !counts([offset]) || !counts(shape) || !counts(stride) || shape.length !== stride.length || shape.length > MOST_AXES
  ) {
    throw new Error("a tensor whose offset, shape or strides are no counts");
  }
  return { kind: "tensor", storage, offset: storage.start + (offset as number), shape, stride };
}

/**
 * Allows a global by name or refuses it by name. Names under `__torch__` are a TorchScript archive's own classes.
 *
 * @throws {Error} where it is not on the list.
 */
export function resolveGlobal(name: string): Global {
  const known = STORAGES.has(name) || Object.hasOwn(CONSTRUCT, name) || OPAQUE.has(name);
  if (known || name.startsWith("__torch__.")) return new Global(name);
  throw new Error(
    `it names ${JSON.stringify(name.slice(0, LONGEST_SHOWN))}, which is not on the list of what weights may name`,
  );
}

/** The element type of a storage class, or `undefined` for any other value. */
export function storageType(value: PickleValue | undefined): string | undefined {
  return value instanceof Global ? STORAGES.get(value.name) : undefined;
}

/** What calling a global gives: data built here, or a record of the call. */
export function callGlobal(global: Global, args: readonly PickleValue[]): PickleValue {
  return Object.hasOwn(CONSTRUCT, global.name) ? CONSTRUCT[global.name](args) : new OpaqueRecord(global.name, args);
}
