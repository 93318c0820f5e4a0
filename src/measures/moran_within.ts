import type { PlacementMeasure } from "./measure.ts";

/** Whether selected positions of a channel's map adjoin: Moran's I with weight 1 for neighbours by an edge. */
export const MORAN_WITHIN: PlacementMeasure = {
  name: "localization.within.moran",
  kind: "placement",
  group: "localization",
  range: [null, null],
  direction: 1,
  label: "Moran's I",
  short: "Moran's I",
  unit: "",
  format: "number",
  definition:
    "Moran's I of selected and other positions of a channel's map (neighbours by an edge), averaged over the " +
    "channels with at least four selected units; above 0 where selected positions adjoin.",
  doi: "10.1093/biomet/37.1-2.17",
  over: "maps",
  ofMap({ selected, rows, columns, positions, marks }) {
    const count = rows * columns;
    if (selected === count) return null;
    const links = 2 * (rows * (columns - 1) + columns * (rows - 1));
    // From the selected positions alone: the rest enters through the mean.
    let joined = 0;
    let degrees = 0;
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i];
      const column = position % columns;
      if (column > 0) {
        degrees++;
        joined += marks[position - 1];
      }
      if (column < columns - 1) {
        degrees++;
        joined += marks[position + 1];
      }
      if (position >= columns) {
        degrees++;
        joined += marks[position - columns];
      }
      if (position < count - columns) {
        degrees++;
        joined += marks[position + columns];
      }
    }
    const mean = selected / count;
    const products = joined - 2 * mean * degrees + mean * mean * links;
    return count / links * products / (selected * (1 - mean));
  },
};
