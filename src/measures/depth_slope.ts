import { measured, type NetworkMeasure, unmeasured } from "./measure.ts";
import { PROPORTION } from "./proportion.ts";

/** The least-squares slope over normalized depth: the change from the network's input to its output. */
export const DEPTH_SLOPE: NetworkMeasure = {
  name: "depthSlope",
  kind: "network",
  group: "quantity",
  range: [null, null],
  direction: 1,
  label: "rise of the proportion with depth",
  short: "rise",
  unit: "%",
  format: "percent",
  definition: "Least-squares slope of the proportion of selected units over normalized depth.",
  doi: null,
  fixedBy: PROPORTION.fixedBy,
  value({ depths, layerValues }) {
    const values = layerValues(PROPORTION.name);
    if (values.some((value) => value === null)) return unmeasured("the proportion was not measured at every layer");
    const centre = depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
    let products = 0;
    let squares = 0;
    depths.forEach((depth, i) => {
      products += (depth - centre) * values[i]!;
      squares += (depth - centre) ** 2;
    });
    return squares > 0 ? measured(products / squares) : unmeasured("fewer than two depths have a value");
  },
};
