import type { AttributeValue, GraphBuilder } from "../onnx/mod.ts";

/** Short names for the operators that training needs; every method returns the name of a value. */
export class GraphOps {
  readonly graph: GraphBuilder;

  constructor(graph: GraphBuilder) {
    this.graph = graph;
  }

  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, AttributeValue>> = {}): string {
    return this.graph.node(op, inputs, attributes);
  }

  number(value: number): string {
    return this.graph.constant(new Float32Array([value]), []);
  }

  integers(...values: number[]): string {
    return this.graph.constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  add(a: string, b: string): string {
    return this.node("Add", [a, b]);
  }

  subtract(a: string, b: string): string {
    return this.node("Sub", [a, b]);
  }

  multiply(a: string, b: string): string {
    return this.node("Mul", [a, b]);
  }

  divide(a: string, b: string): string {
    return this.node("Div", [a, b]);
  }

  scale(a: string, factor: number): string {
    return this.multiply(a, this.number(factor));
  }

  product(a: string, b: string): string {
    return this.node("MatMul", [a, b]);
  }

  transpose(a: string, ...axes: number[]): string {
    return this.node("Transpose", [a], { perm: axes });
  }

  reshape(a: string, ...shape: number[]): string {
    return this.node("Reshape", [a, this.integers(...shape)]);
  }

  /** The sum over axes, which stay with length 1 where `keep` says so. */
  sum(a: string, axes: readonly number[], keep = false): string {
    return this.node("ReduceSum", [a, this.integers(...axes)], { keepdims: Number(keep) });
  }

  /** The mean over axes, which stay with length 1. */
  mean(a: string, axes: readonly number[]): string {
    return this.node("ReduceMean", [a], { axes: [...axes], keepdims: 1 });
  }

  slice(
    a: string,
    { axes, starts, ends, steps }: { axes: number[]; starts: number[]; ends: number[]; steps: number[] },
  ): string {
    const list = (values: number[]): string => this.integers(...values);
    return this.node("Slice", [a, list(starts), list(ends), list(axes), list(steps)]);
  }

  /** 1 where a value is above zero, else 0. */
  isPositive(a: string): string {
    return this.node("Cast", [this.node("Greater", [a, this.number(0)])], { to: 1 });
  }
}
