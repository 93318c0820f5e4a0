import type {
  AccessorNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  RelationalNode,
  SymbolNode,
} from "mathjs";
import { type ExpressionColumns, type Member, QUANTITIES, type Quantity } from "./expression_columns.ts";
import { expressionError } from "./expression_error.ts";
import { leafTokens, type Token } from "./leaf_tokens.ts";
import { ARITHMETIC, COMPARISON, type Evaluate, EXTREMES, FUNCTIONS, LOGIC, not, SIGNS } from "./operations.ts";

/** A compiled part of an expression. */
export interface Part {
  readonly kind: "number" | "condition" | "list";
  /** Looks its numbers up for a layer and target. A list gives one function for each other condition, anything else one in all. */
  bind(columns: ExpressionColumns): Evaluate[];
}

const FUNCTION_NAMES = [...EXTREMES.keys(), ...FUNCTIONS.keys()].join(", ");

/** Turns a tree of mathjs into functions, going through it from left to right so that each leaf meets its token. */
export class ExpressionCompiler {
  readonly #source: string;
  readonly #conditions: readonly string[];
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(source: string, conditions: readonly string[]) {
    this.#source = source;
    this.#conditions = conditions;
    this.#tokens = leafTokens(source);
  }

  /** @throws {RequestError} where the node has no meaning in a criterion. */
  compile(node: MathNode): Part {
    switch (node.type) {
      case "ParenthesisNode":
        return this.compile((node as ParenthesisNode).content);
      case "ConstantNode":
        return this.#constant(node as ConstantNode);
      case "SymbolNode":
        return this.#symbol(node as SymbolNode);
      case "AccessorNode":
        return this.#accessor(node as AccessorNode);
      case "FunctionNode":
        return this.#call(node as FunctionNode);
      case "OperatorNode":
        return this.#operator(node as OperatorNode);
      case "RelationalNode":
        return this.#chain(node as RelationalNode);
      default:
        throw this.#error(`${DESCRIPTIONS[node.type] ?? "this"} has no place in a criterion`, this.#sign(node.type));
    }
  }

  #constant({ value }: ConstantNode): Part {
    const start = this.#start();
    if (value === undefined) throw this.#error("it is empty; expected a comparison, such as d.rest > 1", 0);
    this.#next++;
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw this.#error(`${typeof value === "string" ? `"${value}"` : value} is not a finite number`, start);
    }
    return { kind: "number", bind: () => [() => value] };
  }

  /** A quantity by itself: its values against each other condition, for min and max. */
  #symbol({ name }: SymbolNode): Part {
    const quantity = this.#quantity(name);
    return {
      kind: "list",
      bind: (columns) =>
        columns.contrasts.others(columns.target).map((other) => evaluateColumn(columns, quantity, other)),
    };
  }

  #accessor(node: AccessorNode): Part {
    const object = node.object as MathNode;
    if (object.type !== "SymbolNode") {
      throw this.#error("only a quantity has conditions", this.#start());
    }
    const quantity = this.#quantity((object as SymbolNode).name);
    const dimensions = (node.index as unknown as { dimensions: MathNode[] }).dimensions;
    const [key] = dimensions;
    if ((node as unknown as { optionalChaining?: boolean }).optionalChaining) {
      const at = this.#source.indexOf("?.", this.#tokens[this.#next - 1].end);
      throw this.#error(`"?." has no place in a criterion; expected ${this.#example(quantity)}`, at);
    }
    const start = this.#start();
    const name = key?.type === "ConstantNode" ? (key as ConstantNode).value as unknown : undefined;
    if (dimensions.length !== 1 || typeof name !== "string") {
      throw this.#error(`expected the name of a condition after ${quantity}, as in ${this.#example(quantity)}`, start);
    }
    this.#next++;
    const dotted = (node.index as unknown as { dotNotation: boolean }).dotNotation;
    const member = this.#member(name, { start, dotted });
    return {
      kind: "number",
      bind: (columns) => [evaluateColumn(columns, quantity, member === "target" ? columns.target : member)],
    };
  }

  #call(node: FunctionNode): Part {
    const fn = node.fn as unknown as MathNode;
    const start = this.#start();
    const name = fn.type === "SymbolNode" ? (fn as SymbolNode).name : "";
    const extreme = EXTREMES.get(name);
    const plain = FUNCTIONS.get(name);
    if (!extreme && !plain) {
      throw this.#error(`unknown function "${fn.toString()}"; expected one of ${FUNCTION_NAMES}`, start);
    }
    this.#next++;
    const parts = node.args.map((argument) => {
      const from = this.#start();
      const part = this.compile(argument);
      if (extreme ? part.kind === "condition" : part.kind !== "number") throw this.#mismatch("number", part, from);
      return part;
    });
    if (plain) {
      if (parts.length !== 1) throw this.#error(`${name} takes one number, not ${parts.length}`, start);
      return { kind: "number", bind: (columns) => [plain(parts[0].bind(columns)[0])] };
    }
    if (parts.length === 0) throw this.#error(`${name} takes one number or more`, start);
    return {
      kind: "number",
      bind: (columns) => {
        const values = parts.flatMap((part) => part.bind(columns));
        // With no other condition there is nothing to exceed: a comparison with NaN is false.
        return [values.length === 0 ? () => NaN : values.reduce((a, b) => extreme!(a, b))];
      },
    };
  }

  #operator(node: OperatorNode): Part {
    const name = node.fn as string;
    if (node.args.length === 1) {
      const sign = SIGNS.get(name);
      if (!sign && name !== "not") throw this.#unknownOperator(node);
      const operand = this.#expect(node.args[0], sign ? "number" : "condition");
      return sign
        ? { kind: "number", bind: (columns) => [sign(operand.bind(columns)[0])] }
        : { kind: "condition", bind: (columns) => [not(operand.bind(columns)[0])] };
    }
    const operation = ARITHMETIC.get(name) ?? COMPARISON.get(name) ?? LOGIC.get(name);
    const takes = LOGIC.has(name) ? "condition" : "number";
    const left = operation ? this.#expect(node.args[0], takes) : this.compile(node.args[0]);
    if ((node as { implicit?: boolean }).implicit) throw this.#error("an operator is missing", this.#start());
    if (!operation) throw this.#unknownOperator(node);
    const right = this.#expect(node.args[1], takes);
    return {
      kind: ARITHMETIC.has(name) ? "number" : "condition",
      bind: (columns) => [operation(left.bind(columns)[0], right.bind(columns)[0])],
    };
  }

  /** Comparisons in a row, such as `0 < d.rest < 1`. */
  #chain({ conditionals, params }: RelationalNode): Part {
    const parts = params.map((param) => this.#expect(param, "number"));
    const and = LOGIC.get("and")!;
    return {
      kind: "condition",
      bind: (columns) => {
        const values = parts.map((part) => part.bind(columns)[0]);
        const steps = conditionals.map((name, i) => COMPARISON.get(name)!(values[i], values[i + 1]));
        return [steps.reduce((a, b) => and(a, b))];
      },
    };
  }

  #expect(node: MathNode, kind: "number" | "condition"): Part {
    const start = this.#start();
    const part = this.compile(node);
    if (part.kind !== kind) throw this.#mismatch(kind, part, start);
    return part;
  }

  #unknownOperator({ op }: OperatorNode): Error {
    const end = this.#tokens[this.#next - 1]?.end ?? 0;
    return this.#error(`unknown operator "${op}"`, Math.max(end, this.#source.indexOf(op, end)));
  }

  #quantity(name: string): Quantity {
    const start = this.#start();
    const quantity = QUANTITIES.find((known) => known === name);
    if (!quantity) throw this.#error(`unknown name "${name}"; expected one of ${QUANTITIES.join(", ")}`, start);
    this.#next++;
    return quantity;
  }

  #member(name: string, { start, dotted }: { start: number; dotted: boolean }): Member | "target" {
    const exact = dotted ? -1 : this.#conditions.indexOf(name);
    if (exact >= 0) return exact;
    const known = this.#conditions.flatMap((condition, c) => identifier(condition) === identifier(name) ? [c] : []);
    if (known.length > 1) {
      const candidates = known.map((c) => `"${this.#conditions[c]}"`).join(" and ");
      throw this.#error(`"${name}" may be ${candidates}; expected the name in brackets, as in d["…"]`, start);
    }
    if (known.length === 1 && identifier(name) === name) return known[0];
    if (name === "rest" || name === "target") return name;
    const names = [...this.#conditions.map(identifier), "rest", "target"].join(", ");
    throw this.#error(`unknown condition "${name}"; expected one of ${names}`, start);
  }

  #mismatch(expected: "number" | "condition", part: Part, start: number): Error {
    const found = part.kind === "list" ? "a value for each other condition" : `a ${part.kind}`;
    const hint = part.kind === "list" ? `, such as ${this.#example("d")} or min(d)` : "";
    return this.#error(`found ${found}; expected a ${expected}${hint}`, start);
  }

  #example(quantity: Quantity): string {
    return `${quantity}.${identifier(this.#conditions[0] ?? "rest")}`;
  }

  /** Where the sign stands that makes a node of this type; else where the node begins. */
  #sign(type: string): number {
    const sign = SIGN_OF[type];
    const at = sign === undefined ? -1 : blanked(this.#source).slice(this.#start()).search(sign);
    return this.#start() + Math.max(0, at);
  }

  #start(): number {
    return this.#tokens[this.#next]?.start ?? this.#source.length;
  }

  #error(problem: string, at: number): Error {
    return expressionError(this.#source, at, problem);
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ArrayNode: "a list",
  AssignmentNode: "an assignment (== compares)",
  BlockNode: "a second statement",
  ConditionalNode: "a choice (? :)",
  FunctionAssignmentNode: "a function definition",
  ObjectNode: "an object",
  RangeNode: "a range",
};

/** The signs that no part of a criterion has. */
const SIGN_OF: Readonly<Record<string, RegExp>> = {
  AssignmentNode: /=/,
  BlockNode: /[;\n]/,
  ConditionalNode: /\?/,
  FunctionAssignmentNode: /=/,
  RangeNode: /:/,
};

/** The source with its texts and comments blanked, in which signs may be sought; every character keeps its place. */
function blanked(source: string): string {
  return source.replace(/#[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, (text) => " ".repeat(text.length));
}

/** A condition's name as it follows a dot: `scrambled_places`. */
function identifier(condition: string): string {
  return condition.replace(/[^\p{L}\p{N}_]/gu, "_");
}

function evaluateColumn(columns: ExpressionColumns, quantity: Quantity, member: Member): Evaluate {
  const column = columns.column(quantity, member);
  return typeof column === "number" ? () => column : (unit) => column[unit];
}
