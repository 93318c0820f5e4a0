export type { AttributeValue, GraphNode, GraphValue } from "./_messages.ts";
export { embedExternalData, type ExternalData } from "./embed_external_data.ts";
export { GraphBuilder } from "./graph_builder.ts";
