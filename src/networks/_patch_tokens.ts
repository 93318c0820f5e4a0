import type { Tokens } from "./_attention.ts";
import type { GraphParts } from "./_graph_parts.ts";
import { resamplePositions, type Resampling } from "./_resample_positions.ts";

/** How the tensors that make an image to tokens are called. */
export interface EmbeddingNames {
  readonly patch: string;
  readonly classToken: string;
  readonly positions: string;
  /** Tokens between the class token and the patches, without a position; none by default. */
  readonly registers?: string;
}

/** What no tensor tells of tokens. */
export interface EmbeddingOptions {
  /** Rows and columns of the image; by default what the positions were made for. */
  readonly side?: number;
  /** How positions are interpolated where that is another side. */
  readonly resampling?: Pick<Resampling, "antialias" | "offset">;
}

/** Patches, their number along a side of the image and along a side of the grid that positions are stored for. */
interface Grid {
  readonly patch: number;
  readonly dimensions: number;
  readonly wanted: number;
  readonly stored: number;
  /** Whether the first position is the class token's. */
  readonly classPosition: boolean;
}

/**
 * Patches as tokens behind the class token and the registers, which take the places that padding makes, with their positions
 * added.
 */
export async function embedPatches(
  parts: GraphParts,
  names: EmbeddingNames,
  options: EmbeddingOptions,
): Promise<Tokens & { readonly side: number }> {
  const { graph } = parts;
  const grid = measureGrid(parts, names, options);
  const { dimensions, patch, wanted } = grid, side = patch * wanted;
  const image = graph.input("image", "float32", ["batch", 3, side, side]);
  const input = { value: image, shape: [3, side, side] } as const;
  const map = await parts.convolution(input, names.patch, { stride: patch, padding: 0 });
  const shape = graph.constant(new BigInt64Array([0n, BigInt(dimensions), -1n]), [3]);
  const patches = graph.node("Transpose", [graph.node("Reshape", [map.value, shape])], { perm: [0, 2, 1] });
  const before = await prefixTokens(parts, names, grid);
  const extra = before.length / dimensions;
  const padding = graph.constant(new BigInt64Array([0n, BigInt(extra), 0n, 0n, 0n, 0n]), [6]);
  const places = await patchPositions(parts, names, grid, options.resampling);
  const added = new Float32Array(before.length + places.length);
  added.set(before);
  added.set(places, before.length);
  const count = added.length / dimensions;
  const placed = graph.constant(added, [1, count, dimensions]);
  return { value: graph.node("Add", [graph.node("Pad", [patches, padding]), placed]), count, dimensions, side };
}

function measureGrid(parts: GraphParts, { patch, positions }: EmbeddingNames, { side }: EmbeddingOptions): Grid {
  const [dimensions, , size] = parts.shape(`${patch}.weight`, 4);
  const count = parts.shapeOf(positions).at(-2) ?? 0;
  const classPosition = !Number.isInteger(Math.sqrt(count)) || count === 1;
  const stored = Math.sqrt(classPosition ? count - 1 : count);
  if (!Number.isInteger(stored) || stored < 1) {
    throw parts.mismatch(positions, "rows for a square, and at most one more for the class token");
  }
  const wanted = side === undefined ? stored : side / size;
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new Error(
      `Cannot build the network: an image of ${side} rows has no whole number of patches; expected a multiple of ${size}`,
    );
  }
  return { patch: size, dimensions, wanted, stored, classPosition };
}

/** The class token, with its position where it has one, and the registers. */
async function prefixTokens(parts: GraphParts, names: EmbeddingNames, grid: Grid): Promise<Float32Array> {
  const { dimensions, stored, classPosition } = grid;
  const { registers } = names;
  const count = registers === undefined ? 0 : parts.shapeOf(registers).at(-2) ?? 0;
  const tokens = new Float32Array((1 + count) * dimensions);
  tokens.set(await parts.flat(names.classToken, dimensions));
  if (registers !== undefined) tokens.set(await parts.flat(registers, count * dimensions), dimensions);
  if (!classPosition) return tokens;
  const positions = await parts.flat(names.positions, (stored ** 2 + 1) * dimensions);
  for (let i = 0; i < dimensions; i++) tokens[i] += positions[i];
  return tokens;
}

async function patchPositions(
  parts: GraphParts,
  { positions }: EmbeddingNames,
  { dimensions, stored, wanted, classPosition }: Grid,
  resampling: EmbeddingOptions["resampling"],
): Promise<Float32Array> {
  const before = classPosition ? 1 : 0;
  const all = await parts.flat(positions, (stored ** 2 + before) * dimensions);
  const patches = all.subarray(before * dimensions);
  if (stored === wanted) return patches;
  return resamplePositions(patches, dimensions, { antialias: true, ...resampling, from: stored, to: wanted });
}
