import { type Measure, PlacementNull } from "../measures/mod.ts";

/** Random placements of layers by their shape; one object serves every network that is analysed alike, so each is drawn once. */
export class PlacementNulls {
  readonly #known = new Map<string, PlacementNull>();

  /**
   * The placements of layers of one shape.
   *
   * @param measures Those of places among them are taken.
   * @param settings.placements Random placements per count of units, at least 2.
   */
  of(
    shape: readonly number[],
    measures: readonly Measure[],
    { placements, seed }: { readonly placements: number; readonly seed: number },
  ): PlacementNull {
    const placed = measures.filter((measure) => measure.kind === "placement");
    const key = JSON.stringify([shape, placed.map(({ name }) => name), placements, seed]);
    let known = this.#known.get(key);
    if (known === undefined) {
      this.#known.set(key, known = new PlacementNull({ shape, measures: placed, placements, seed }));
    }
    return known;
  }
}
