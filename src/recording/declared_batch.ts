import type { Network } from "../networks/mod.ts";

/** The batch size that a network's graph insists on, where it has one: files may hold a number in place of a name. */
export function declaredBatch({ graph, input }: Network): number | undefined {
  const size = graph.inputs.find(({ name }) => name === input.name)?.shape?.[0];
  return typeof size === "number" && size > 0 ? size : undefined;
}
