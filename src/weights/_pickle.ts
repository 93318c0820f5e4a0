import { MOST_VALUES } from "./_limits.ts";
import { PickleBytes } from "./_pickle_bytes.ts";
import { callGlobal, resolveGlobal, storageType } from "./_pickle_globals.ts";
import { decimal, quoted, real, unescape } from "./_pickle_text.ts";
import { Global, OpaqueRecord, type PickleValue, type StorageReference } from "./_pickle_values.ts";

/** A place on the stack that marks where a group of values begins. */
const MARK = Symbol("mark");
type StackValue = PickleValue | typeof MARK;

/** A pickle's value and what else there is to know of it. */
export interface ReadPickle {
  readonly value: PickleValue;
  /** Where the pickle ends and what follows it begins. */
  readonly end: number;
  /** Every reference to a storage, whether or not a tensor of the value is in it. */
  readonly storages: readonly StorageReference[];
}

/**
 * Interprets a pickle (protocols 0–5) as data. Nothing is imported or called: a global is a name on a list, or the pickle is
 * refused, and calling one builds a value or a record here.
 *
 * @throws {PickleCutShortError} where the bytes end before the pickle.
 * @throws {Error} with half a sentence on what is wrong, for the reader to complete.
 */
export function readPickle(bytes: Uint8Array): PickleValue {
  return readPickleAt(bytes, 0).value;
}

/** The same for a pickle that begins at `start` and that other bytes may follow. */
export function readPickleAt(bytes: Uint8Array, start: number): ReadPickle {
  return new Unpickler(bytes, start).run();
}

class Unpickler extends PickleBytes {
  #stack: StackValue[] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #storages: StorageReference[] = [];
  #built = 0;

  run(): ReadPickle {
    for (;;) {
      const opcode = this.unsigned(1);
      if (opcode === 0x2e) return { value: this.#pop(), end: this.at, storages: this.#storages };
      const operation = OPERATIONS[opcode];
      if (operation === undefined) {
        throw new Error(`opcode 0x${opcode.toString(16).padStart(2, "0")} at ${this.at - 1} is not a pickle's`);
      }
      operation(this);
    }
  }

  push(value: PickleValue): void {
    this.#count(1);
    this.#stack.push(value);
  }

  #count(values: number): void {
    this.#built += values;
    if (this.#built > MOST_VALUES) throw new Error(`its structure has more than ${MOST_VALUES} values`);
  }

  mark(): void {
    this.#count(1);
    this.#stack.push(MARK);
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw new Error(`a value is missing at ${this.at}`);
    return value;
  }

  pop(): PickleValue {
    return this.#pop();
  }

  /** Drops the topmost value or mark. */
  drop(): void {
    if (this.#stack.pop() === undefined) throw new Error(`a value is missing at ${this.at}`);
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw new Error(`a value is missing at ${this.at}`);
    return value;
  }

  take(count: number): PickleValue[] {
    const values: PickleValue[] = [];
    for (let i = 0; i < count; i++) values.unshift(this.#pop());
    return values;
  }

  /** Everything above the last mark. */
  group(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw new Error(`a mark is missing at ${this.at}`);
    const values = this.#stack.splice(mark);
    return values.slice(1) as PickleValue[];
  }

  remember(index: number): void {
    this.#memo.set(index, this.top());
  }

  memoize(): void {
    this.remember(this.#memo.size);
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw new Error(`value ${index} is recalled at ${this.at} but was never stored`);
    this.push(value);
  }

  append(values: readonly PickleValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new Error(`something other than a list is appended to at ${this.at}`);
    for (const value of values) list.push(value);
  }

  setItems(values: readonly PickleValue[]): void {
    const target = this.top();
    const map = target instanceof OpaqueRecord ? target.items : target;
    if (!(map instanceof Map) || values.length % 2 !== 0) throw new Error(`a dictionary is malformed at ${this.at}`);
    for (let i = 0; i < values.length; i += 2) map.set(values[i], values[i + 1]);
  }

  addItems(values: readonly PickleValue[]): void {
    const set = this.top();
    if (!(set instanceof Set)) throw new Error(`something other than a set is added to at ${this.at}`);
    for (const value of values) set.add(value);
  }

  /** Calls or instantiates the global below the arguments. */
  call(args: PickleValue): void {
    const global = this.#pop();
    if (!(global instanceof Global) || !Array.isArray(args)) throw new Error(`a call is malformed at ${this.at}`);
    const made = callGlobal(global, args);
    // A dictionary that is made from another is a copy of it.
    if (made instanceof Map) this.#count(made.size);
    this.push(made);
  }

  /** Gives the object below its state; a dictionary's or tensor's attributes are of no use here. */
  build(): void {
    const state = this.#pop();
    const target = this.top();
    if (target instanceof OpaqueRecord) target.state = state;
  }

  /** A storage, or a part of one, as files before PyTorch 0.4 may say: its own key, where it begins and how long it is. */
  persistent(id: PickleValue): void {
    const [tag, type, key, , size, part] = Array.isArray(id) ? id : [];
    const dtype = storageType(type);
    const [, start, length] = Array.isArray(part) ? part : [null, 0, size];
    if (
      tag !== "storage" || dtype === undefined || typeof key !== "string" || !isCount(size) || !isCount(start) ||
      !isCount(length) || start + length > size
    ) {
      throw new Error(`a reference at ${this.at} is not to a tensor's storage`);
    }
    const storage: StorageReference = { kind: "storage", dtype, key, size, start };
    this.#storages.push(storage);
    this.push(storage);
  }

  global(module: PickleValue, name: PickleValue): void {
    if (typeof module !== "string" || typeof name !== "string") throw new Error(`a global at ${this.at} has no name`);
    this.push(resolveGlobal(`${module}.${name}`));
  }
}

function isCount(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

type Operation = (machine: Unpickler) => void;

/** What each opcode does, in the order of the values' kinds; an opcode that is not here is refused. */
const OPERATIONS: Readonly<Record<number, Operation>> = Object.fromEntries(
  ([
    [0x80, (m) => {
      const protocol = m.unsigned(1);
      if (protocol > 5) throw new Error(`protocol ${protocol} is unknown; expected 0 to 5`);
    }],
    [0x95, (m) => void m.unsigned(8)],
    ["(", (m) => m.mark()],
    ["0", (m) => m.drop()],
    ["1", (m) => void m.group()],
    ["2", (m) => m.push(m.top())],
    ["N", (m) => m.push(null)],
    [0x88, (m) => m.push(true)],
    [0x89, (m) => m.push(false)],
    ["I", (m) => m.push(decimal(m.line()))],
    ["J", (m) => m.push(m.int32())],
    ["K", (m) => m.push(m.unsigned(1))],
    ["M", (m) => m.push(m.unsigned(2))],
    ["L", (m) => m.push(decimal(m.line()))],
    [0x8a, (m) => m.push(m.long(m.unsigned(1)))],
    [0x8b, (m) => m.push(m.long(bounded(m.unsigned(4))))],
    ["F", (m) => m.push(real(m.line()))],
    ["G", (m) => m.push(m.float64())],
    ["S", (m) => m.push(quoted(m.line()))],
    ["T", (m) => m.push(m.latin(m.unsigned(4)))],
    ["U", (m) => m.push(m.latin(m.unsigned(1)))],
    ["V", (m) => m.push(unescape(m.line()))],
    ["X", (m) => m.push(m.text(m.unsigned(4)))],
    [0x8c, (m) => m.push(m.text(m.unsigned(1)))],
    [0x8d, (m) => m.push(m.text(m.unsigned(8)))],
    ["B", (m) => m.push(m.slice(m.unsigned(4)))],
    ["C", (m) => m.push(m.slice(m.unsigned(1)))],
    [0x8e, (m) => m.push(m.slice(m.unsigned(8)))],
    [0x96, (m) => m.push(m.slice(m.unsigned(8)))],
    ["]", (m) => m.push([])],
    ["l", (m) => m.push(m.group())],
    ["a", (m) => m.append(m.take(1))],
    ["e", (m) => m.append(m.group())],
    [")", (m) => m.push([])],
    ["t", (m) => m.push(m.group())],
    [0x85, (m) => m.push(m.take(1))],
    [0x86, (m) => m.push(m.take(2))],
    [0x87, (m) => m.push(m.take(3))],
    ["}", (m) => m.push(new Map())],
    ["d", (m) => {
      const values = m.group();
      m.push(new Map());
      m.setItems(values);
    }],
    ["s", (m) => m.setItems(m.take(2))],
    ["u", (m) => m.setItems(m.group())],
    [0x8f, (m) => m.push(new Set())],
    [0x90, (m) => m.addItems(m.group())],
    [0x91, (m) => m.push(new Set(m.group()))],
    ["g", (m) => m.recall(Number(decimal(m.line())))],
    ["h", (m) => m.recall(m.unsigned(1))],
    ["j", (m) => m.recall(m.unsigned(4))],
    ["p", (m) => m.remember(Number(decimal(m.line())))],
    ["q", (m) => m.remember(m.unsigned(1))],
    ["r", (m) => m.remember(m.unsigned(4))],
    [0x94, (m) => m.memoize()],
    ["c", (m) => m.global(m.line(), m.line())],
    [0x93, (m) => {
      const [module, name] = m.take(2);
      m.global(module, name);
    }],
    ["R", (m) => m.call(m.pop())],
    [0x81, (m) => m.call(m.pop())],
    [0x92, (m) => {
      m.pop();
      m.call(m.pop());
    }],
    ["o", (m) => {
      const [global, ...args] = m.group();
      m.push(global ?? null);
      m.call(args);
    }],
    ["i", (m) => {
      const [module, name] = [m.line(), m.line()];
      const args = m.group();
      m.global(module, name);
      m.call(args);
    }],
    ["b", (m) => m.build()],
    ["P", (m) => m.persistent(m.line())],
    ["Q", (m) => m.persistent(m.pop())],
  ] satisfies [number | string, Operation][]).map(([code, operation]) => [
    typeof code === "number" ? code : code.charCodeAt(0),
    operation,
  ]),
);

/** Integers of thousands of digits occur in no checkpoint and cost quadratic time. */
function bounded(width: number): number {
  if (width > 1024) throw new Error(`an integer of ${width} bytes; expected at most 1024`);
  return width;
}
