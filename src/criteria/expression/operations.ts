/** The value of an expression, or of a part of it, for a unit; a condition that holds is 1. */
export type Evaluate = (unit: number) => number;

/** Operators and functions by mathjs's names for them. What is not here has no meaning in a criterion. */
export const ARITHMETIC: ReadonlyMap<string, (a: Evaluate, b: Evaluate) => Evaluate> = new Map([
  ["add", (a, b) => (unit) => a(unit) + b(unit)],
  ["subtract", (a, b) => (unit) => a(unit) - b(unit)],
  ["multiply", (a, b) => (unit) => a(unit) * b(unit)],
  ["divide", (a, b) => (unit) => a(unit) / b(unit)],
  ["pow", (a, b) => (unit) => a(unit) ** b(unit)],
]);

export const COMPARISON: ReadonlyMap<string, (a: Evaluate, b: Evaluate) => Evaluate> = new Map([
  ["smaller", (a, b) => (unit) => a(unit) < b(unit) ? 1 : 0],
  ["smallerEq", (a, b) => (unit) => a(unit) <= b(unit) ? 1 : 0],
  ["larger", (a, b) => (unit) => a(unit) > b(unit) ? 1 : 0],
  ["largerEq", (a, b) => (unit) => a(unit) >= b(unit) ? 1 : 0],
  ["equal", (a, b) => (unit) => a(unit) === b(unit) ? 1 : 0],
  ["unequal", (a, b) => (unit) => a(unit) !== b(unit) ? 1 : 0],
]);

export const LOGIC: ReadonlyMap<string, (a: Evaluate, b: Evaluate) => Evaluate> = new Map([
  ["and", (a, b) => (unit) => a(unit) === 1 ? b(unit) : 0],
  ["or", (a, b) => (unit) => a(unit) === 1 ? 1 : b(unit)],
]);

export const SIGNS: ReadonlyMap<string, (a: Evaluate) => Evaluate> = new Map([
  ["unaryMinus", (a) => (unit) => -a(unit)],
  ["unaryPlus", (a) => a],
]);

export const FUNCTIONS: ReadonlyMap<string, (a: Evaluate) => Evaluate> = new Map([
  ["abs", (a) => (unit) => Math.abs(a(unit))],
  ["sqrt", (a) => (unit) => Math.sqrt(a(unit))],
  ["log", (a) => (unit) => Math.log(a(unit))],
  ["exp", (a) => (unit) => Math.exp(a(unit))],
]);

export const EXTREMES: ReadonlyMap<string, (a: Evaluate, b: Evaluate) => Evaluate> = new Map([
  ["min", (a, b) => (unit) => Math.min(a(unit), b(unit))],
  ["max", (a, b) => (unit) => Math.max(a(unit), b(unit))],
]);

/** Negates a condition. */
export function not(a: Evaluate): Evaluate {
  return (unit) => a(unit) === 1 ? 0 : 1;
}
