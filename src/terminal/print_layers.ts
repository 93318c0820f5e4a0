import Table from "cli-table3";
import { openDevice } from "../devices/mod.ts";
import { RequestError } from "../errors.ts";
import { buildOnnxNetwork, defaultLayers, type LayerCandidate, listLayers } from "../networks/mod.ts";
import { readOnnx } from "../reproduce/mod.ts";
import { checkRegularFile } from "../store/mod.ts";
import { sentence } from "./sentence.ts";

/**
 * Prints the values of an ONNX file that can be layers, those that are by default marked.
 *
 * @param path The file; absent where the command line names none.
 * @param options.all Whether to list also values that only rearrange another.
 * @param options.json Whether to print a line of JSON in place of a table.
 * @returns The exit status.
 */
export async function printLayers(
  path: string | undefined,
  { all, json }: { readonly all: boolean; readonly json: boolean },
): Promise<number> {
  if (path === undefined) throw new RequestError("Cannot list layers without --network FILE.onnx");
  const every = await readLayers(path);
  const rows = all ? every : every.filter(({ rearranged, chosen, output }) => !rearranged || chosen || output);
  if (json) {
    console.log(JSON.stringify(rows.map(({ rearranged: _, ...row }) => row)));
    return 0;
  }
  const table = new Table({ head: ["value", "operator", "shape", ""], style: { head: [], border: [] } });
  for (const { name, operator, shape, output, chosen } of rows) {
    const marks = [chosen ? "layer by default" : "", output ? "output" : ""].filter((mark) => mark !== "");
    table.push([name, operator, shape?.join(" × ") ?? "?", marks.join(", ")]);
  }
  console.log(table.toString());
  const left = every.length - rows.length;
  if (left > 0) console.log(`${left} more only rearrange another value; --list-layers=all lists them`);
  return 0;
}

interface ListedLayer extends LayerCandidate {
  readonly chosen: boolean;
}

async function readLayers(path: string): Promise<ListedLayer[]> {
  try {
    await checkRegularFile(path);
    const { model: bytes } = await readOnnx(path);
    const chosen = new Set(defaultLayers(bytes));
    const layers = listLayers(bytes);
    const shapes = layers.some(({ shape }) => shape === undefined) ? await seenShapes(bytes, layers) : new Map();
    return layers.map((layer) => ({
      ...layer,
      shape: layer.shape ?? shapes.get(layer.name),
      chosen: chosen.has(layer.name),
    }));
  } catch (error) {
    throw new RequestError(`Cannot list the layers of ${path}: ${sentence(error)}`, { cause: error });
  }
}

/** The shapes that one blank image gives; none where the file needs more than an image or gives what cannot be read. */
async function seenShapes(
  bytes: Uint8Array,
  layers: readonly LayerCandidate[],
): Promise<Map<string, readonly number[]>> {
  const device = await openDevice("auto");
  try {
    const { graph, input } = buildOnnxNetwork(bytes, { layers: layers.map(({ name }) => name) });
    for (const { name } of layers) graph.output(name);
    const session = await device.open(graph.toBytes());
    const data = new Float32Array(input.shape.reduce((product, size) => product * size, 1));
    const outputs = await session.run({ [input.name]: { data, shape: [1, ...input.shape] } });
    return new Map(Object.entries(outputs).map(([name, { shape }]) => [name, shape.slice(1)]));
  } catch {
    // The list is of use without them.
    return new Map();
  } finally {
    await device.close();
  }
}
