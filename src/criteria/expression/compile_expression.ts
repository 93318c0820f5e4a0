import { create, parseDependencies } from "mathjs/number";
import type { MathNode } from "mathjs";
import type { ExpressionColumns } from "./expression_columns.ts";
import { ExpressionCompiler } from "./expression_compiler.ts";
import { expressionError } from "./expression_error.ts";
import type { Evaluate } from "./operations.ts";

const { parse } = create({ parseDependencies }) as { parse(source: string): MathNode };
const MAX_LENGTH = 2000;

/**
 * Reads an expression with mathjs and turns its tree into plain functions of a unit.
 *
 * mathjs only parses; a node gets its meaning from a closed list, so that no other function, property or assignment is reachable.
 *
 * @param source A condition such as `min(d.objects, d.scrambled) > 0.5 and mean.faces > 0`.
 * @param conditions Names that may follow a quantity.
 * @returns Binds the expression to a layer and target.
 * @throws {RequestError} that shows the place, where the expression is wrong.
 */
export function compileExpression(
  source: string,
  conditions: readonly string[],
): (columns: ExpressionColumns) => Evaluate {
  if (source.length > MAX_LENGTH) {
    throw expressionError(source.slice(0, 60), 60, `${source.length} characters; expected ${MAX_LENGTH} at most`);
  }
  const part = new ExpressionCompiler(source, conditions).compile(read(source));
  if (part.kind !== "condition") {
    throw expressionError(source, 0, "it gives a number; expected a comparison, such as d.rest > 1");
  }
  return (columns) => part.bind(columns)[0];
}

function read(source: string): MathNode {
  try {
    return parse(source);
  } catch (error) {
    const { message, char } = error as { message: string; char?: number };
    // Only a parser's complaint has a place; the other there is, is a stack too small for the nesting.
    if (char === undefined) throw expressionError(source, 0, "it is nested too deeply; expected a simpler expression");
    const problem = message.replace(/ \(char \d+\)$/, "");
    throw expressionError(source, char - 1, problem[0].toLowerCase() + problem.slice(1));
  }
}
