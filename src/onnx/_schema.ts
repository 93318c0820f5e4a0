import protobuf from "protobufjs/light.js";
import { checkWire } from "./_check_wire.ts";

/**
 * The messages of the ONNX format, `field: "number type"`, with `*` for repeated and `+` for repeated and packed.
 * All of them, so that a model read from a file is written again with nothing lost.
 */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Model: {
    irVersion: "1 int64",
    opsetImport: "8 OperatorSet *",
    producerName: "2 string",
    producerVersion: "3 string",
    domain: "4 string",
    modelVersion: "5 int64",
    docString: "6 string",
    graph: "7 Graph",
    metadataProps: "14 Entry *",
    trainingInfo: "20 TrainingInfo *",
    functions: "25 Function *",
  },
  OperatorSet: { domain: "1 string", version: "2 int64" },
  Entry: { key: "1 string", value: "2 string" },
  TrainingInfo: {
    initialization: "1 Graph",
    algorithm: "2 Graph",
    initializationBinding: "3 Entry *",
    updateBinding: "4 Entry *",
  },
  Function: {
    name: "1 string",
    input: "4 string *",
    output: "5 string *",
    attribute: "6 string *",
    attributeProto: "11 Attribute *",
    node: "7 Node *",
    docString: "8 string",
    opsetImport: "9 OperatorSet *",
    domain: "10 string",
    valueInfo: "12 ValueInfo *",
    overload: "13 string",
    metadataProps: "14 Entry *",
  },
  Graph: {
    node: "1 Node *",
    name: "2 string",
    initializer: "5 Tensor *",
    sparseInitializer: "15 SparseTensor *",
    docString: "10 string",
    input: "11 ValueInfo *",
    output: "12 ValueInfo *",
    valueInfo: "13 ValueInfo *",
    quantizationAnnotation: "14 TensorAnnotation *",
    metadataProps: "16 Entry *",
  },
  TensorAnnotation: { tensorName: "1 string", quantParameterTensorNames: "2 Entry *" },
  Node: {
    input: "1 string *",
    output: "2 string *",
    name: "3 string",
    opType: "4 string",
    attribute: "5 Attribute *",
    docString: "6 string",
    domain: "7 string",
    overload: "8 string",
    metadataProps: "9 Entry *",
  },
  Attribute: {
    name: "1 string",
    f: "2 float",
    i: "3 int64",
    s: "4 bytes",
    t: "5 Tensor",
    g: "6 Graph",
    floats: "7 float *",
    ints: "8 int64 *",
    strings: "9 bytes *",
    tensors: "10 Tensor *",
    graphs: "11 Graph *",
    docString: "13 string",
    tp: "14 Type",
    typeProtos: "15 Type *",
    type: "20 int32",
    refAttrName: "21 string",
    sparseTensor: "22 SparseTensor",
    sparseTensors: "23 SparseTensor *",
  },
  ValueInfo: { name: "1 string", type: "2 Type", docString: "3 string", metadataProps: "4 Entry *" },
  Type: {
    tensorType: "1 TensorType",
    sequenceType: "4 SequenceType",
    mapType: "5 MapType",
    denotation: "6 string",
    opaqueType: "7 OpaqueType",
    sparseTensorType: "8 TensorType",
    optionalType: "9 SequenceType",
  },
  TensorType: { elemType: "1 int32", shape: "2 Shape" },
  SequenceType: { elemType: "1 Type" },
  MapType: { keyType: "1 int32", valueType: "2 Type" },
  OpaqueType: { domain: "1 string", name: "2 string" },
  Shape: { dim: "1 Dimension *" },
  Dimension: { dimValue: "1 int64", dimParam: "2 string", denotation: "3 string" },
  Tensor: {
    dims: "1 int64 *",
    dataType: "2 int32",
    segment: "3 Segment",
    floatData: "4 float +",
    int32Data: "5 int32 +",
    stringData: "6 bytes *",
    int64Data: "7 int64 +",
    name: "8 string",
    rawData: "9 bytes",
    doubleData: "10 double +",
    uint64Data: "11 uint64 +",
    docString: "12 string",
    externalData: "13 Entry *",
    dataLocation: "14 int32",
    metadataProps: "16 Entry *",
  },
  Segment: { begin: "1 int64", end: "2 int64" },
  SparseTensor: { values: "1 Tensor", indices: "2 Tensor", dims: "3 int64 *" },
};

/** An ONNX file has fewer bytes: what a protobuf message may hold. */
export const LARGEST_MODEL = 2 ** 31;

/** A 64-bit integer as protobufjs hands it over: it decodes to objects and encodes numbers as well. */
export type Int64 = number | { toNumber(): number };

export interface Tensor {
  readonly name: string;
  readonly dims?: readonly Int64[];
  readonly dataType: number;
  rawData?: Uint8Array;
  /** 1 where the data lie in another file. */
  dataLocation?: number;
  externalData?: readonly { readonly key: string; readonly value: string }[];
}

export interface SparseTensor {
  readonly values?: Tensor | null;
  readonly indices?: Tensor | null;
}

export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly i?: Int64;
  readonly f?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly Int64[];
  readonly floats?: readonly number[];
  readonly t?: Tensor | null;
  readonly tensors?: readonly Tensor[];
  readonly g?: Graph | null;
  readonly graphs?: readonly Graph[];
  readonly sparseTensor?: SparseTensor | null;
  readonly sparseTensors?: readonly SparseTensor[];
}

export interface Node {
  readonly name?: string;
  readonly opType: string;
  readonly domain?: string;
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly attribute?: readonly Attribute[];
}

export interface ValueInfo {
  readonly name: string;
  readonly type?: {
    readonly tensorType?: {
      readonly elemType?: number;
      readonly shape?: { readonly dim?: readonly { readonly dimValue?: Int64; readonly dimParam?: string }[] };
    };
  };
}

export interface Graph {
  readonly name?: string;
  readonly node?: readonly Node[];
  readonly initializer?: readonly Tensor[];
  readonly sparseInitializer?: readonly SparseTensor[];
  readonly input?: readonly ValueInfo[];
  readonly output?: readonly ValueInfo[];
  readonly valueInfo?: readonly ValueInfo[];
}

/** Nodes that stand for one node that names them. */
export interface LocalFunction {
  readonly name?: string;
  readonly domain?: string;
  readonly node?: readonly Node[];
  readonly attributeProto?: readonly Attribute[];
}

export interface Model {
  readonly irVersion?: Int64;
  readonly producerName?: string;
  readonly opsetImport?: readonly { readonly domain?: string; readonly version?: Int64 }[];
  readonly graph?: Graph | null;
  readonly functions?: readonly LocalFunction[];
}

function fields(message: Readonly<Record<string, string>>): Record<string, protobuf.IField> {
  return Object.fromEntries(
    Object.entries(message).map(([name, text]) => {
      const [id, type, repeat] = text.split(" ");
      const options = repeat === undefined ? {} : { rule: "repeated", options: { packed: repeat === "+" } };
      return [name, { id: Number(id), type, ...options }];
    }),
  );
}

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(Object.entries(MESSAGES).map(([name, message]) => [name, { fields: fields(message) }])),
});

const ModelType = root.lookupType("Model");
const GraphType = root.lookupType("Graph");
const TensorType = root.lookupType("Tensor");

/** The graph's field in Model, the initializer's in Graph and the raw data's in Tensor, as length-delimited tags. */
const TAG = { graph: (7 << 3) | 2, initializer: (5 << 3) | 2, rawData: (9 << 3) | 2 };

/**
 * Parses a model; the tensors' raw data are views of `bytes`.
 *
 * @throws {Error} where the bytes are no message, or one that would take far more memory than they do.
 */
export function parseModel(bytes: Uint8Array): Model {
  try {
    checkWire(bytes, ModelType);
    return ModelType.decode(bytes) as unknown as Model;
  } catch (error) {
    throw new Error(`Cannot read the ONNX model: ${(error as Error).message}; expected a whole protobuf message`);
  }
}

function frame(tag: number, length: number): Uint8Array {
  return protobuf.Writer.create().uint32(tag).uint32(length).finish();
}

/**
 * Writes a model. The library's writer doubles its buffer as it grows, several times the weights in all, so the messages
 * that enclose tensors are framed here and every tensor is copied once, into a buffer of the final size.
 */
export function encodeModel(model: Model): Uint8Array {
  const { graph, ...rest } = model;
  const { initializer = [], ...withoutTensors } = graph ?? {};
  const inGraph = [GraphType.encode(withoutTensors as Record<string, unknown>).finish()];
  for (const { rawData, ...tensor } of initializer) {
    const head = TensorType.encode(tensor as Record<string, unknown>).finish();
    if (rawData === undefined) {
      inGraph.push(frame(TAG.initializer, head.length), head);
    } else {
      const data = frame(TAG.rawData, rawData.length);
      inGraph.push(frame(TAG.initializer, head.length + data.length + rawData.length), head, data, rawData);
    }
  }
  const length = inGraph.reduce((sum, part) => sum + part.length, 0);
  const parts = [ModelType.encode(rest as Record<string, unknown>).finish(), frame(TAG.graph, length), ...inGraph];
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  if (total >= LARGEST_MODEL) {
    throw new RangeError(`Cannot write the model: ${total} bytes; expected less than 2 GiB, the limit of an ONNX file`);
  }
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
