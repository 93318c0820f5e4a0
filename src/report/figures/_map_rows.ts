import type { LayerCategory } from "../../results/mod.ts";
import { mapImage } from "./_map_image.ts";
import type { FigureInput, FigureRow } from "./figure.ts";

type PositionMap = NonNullable<LayerCategory["map"]>;

/** The columns of {@linkcode mapRows}. */
export const MAP_COLUMNS: readonly string[] = [
  "category",
  "family",
  "layer",
  "depth",
  "rows",
  "columns",
  "units",
  "counts",
];

/**
 * Where selected units are, averaged over a family's networks: a row a category (`all` is their sum), family and layer
 * that has positions. `counts` is row-major, to four digits.
 */
export function mapRows({ results, families }: FigureInput): FigureRow[] {
  return families.flatMap((family) =>
    family.networks[0].layers.flatMap((layer, order) => {
      const byCategory = results.targets.flatMap((category) => {
        const map = meanMap(family.networks.flatMap((network) =>
          network.layers.find(({ name }) => name === layer.name)?.categories[category].map ?? []
        ));
        return map === null ? [] : [{ category, map }];
      });
      const sum = meanMap(
        byCategory.map(({ map }) =>
          map
        ),
        byCategory.length,
      );
      const shown = sum === null ? [] : [{ category: "all", map: sum }, ...byCategory];
      return shown.map(({ category, map }) => ({
        category,
        family: family.id,
        layer: layer.name,
        depth: layer.depth,
        order,
        rows: map.rows,
        columns: map.columns,
        units: map.counts.reduce((total, count) => total + count, 0),
        counts: map.counts.map((count) => Number(count.toPrecision(4))),
        url: mapImage(map.rows, map.columns, map.counts, family.color),
      }));
    })
  );
}

/** The mean of maps of one size, times `scale`; null where there is none. */
function meanMap(maps: readonly PositionMap[], scale = 1): PositionMap | null {
  const [first] = maps;
  if (!first) return null;
  const alike = maps.filter((map) => map.rows === first.rows && map.columns === first.columns);
  const counts = first.counts.map((_, at) =>
    alike.reduce((sum, map) => sum + map.counts[at], 0) * scale / alike.length
  );
  return { rows: first.rows, columns: first.columns, counts };
}
