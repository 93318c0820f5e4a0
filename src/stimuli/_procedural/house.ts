import type { Rgb } from "./canvas.ts";
import { dim, gradient, mix, plain, textured, varied } from "./paint.ts";
import { ellipse, polygon, rectangle, stroke } from "./path.ts";
import { COLORS, type Facts, pickColor, type Scene } from "./scene.ts";
import { drawFoliage, drawSky, GLASS_LIT, pickHour, under } from "./space.ts";
import { cloud } from "./texture.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** How houses stand and are built; lengths in units of the drawing. */
export const HOUSE_LAWS = {
  horizon: { training: [58, 68], localizer: [46, 54] },
  width: { training: [30, 42], localizer: [22, 28, 46, 52] },
  deep: { training: [14, 26], localizer: [6, 11, 29, 35] },
  height: { training: [20, 30], localizer: [15, 19] },
  base: { training: [10, 18], localizer: [20, 28] },
  gable: { training: [13, 20], localizer: [6, 10, 23, 28] },
  door: { training: [0.36, 0.5], localizer: [0.29, 0.33, 0.52, 0.55] },
  aside: { training: { bell: 3 }, localizer: apart(4, 8) },
  near: { training: [9, 14], localizer: [5.5, 8] },
  far: { training: [7, 12], localizer: [13, 16] },
} satisfies Laws;

/** How much higher a house of two storeys is. */
const TALL: ByWorld<number> = { training: 1.35, localizer: 2.1 };

const TREES: ByWorld<Rgb> = { training: [0.26, 0.48, 0.22], localizer: [0.44, 0.46, 0.16] };
const LAWNS: ByWorld<Rgb> = { training: [0.36, 0.58, 0.26], localizer: [0.52, 0.58, 0.28] };

/** A house on a lawn. */
export function house(scene: Scene): Facts {
  const { canvas, random, light, world } = scene, laws = HOUSE_LAWS;
  const hour = pickHour(scene), horizon = sample(scene, laws.horizon);
  const night = hour.name === "night",
    wall = pickColor(scene),
    roof = pickColor(scene, COLORS[world].filter((c) => c.name !== wall.name && c.name !== "white"));
  drawSky(scene, hour, horizon);
  const lawn = under(hour, varied(LAWNS[world], random)), grass = cloud(random, 12, 4, 0.8, 2);
  canvas.fill(
    rectangle(-1, horizon, 102, 102 - horizon),
    textured(gradient(0, horizon, dim(lawn, 0.85), 0, 100, lawn), grass, 0.3),
  );
  const side = random.sign(),
    w = sample(scene, laws.width),
    deep = sample(scene, laws.deep),
    h = sample(scene, laws.height) * (random.chance(0.35) ? TALL[world] : 1);
  const storeys = h > 30 ? 2 : 1,
    x0 = 50 - w / 2 - side * deep / 2 + sample(scene, laws.aside),
    x1 = x0 + w,
    base = horizon + sample(scene, laws.base),
    top = base - h;
  const gable = sample(scene, laws.gable),
    edge = side > 0 ? x1 : x0,
    back = edge + side * deep,
    rise = deep * 0.22,
    mid = (x0 + x1) / 2;
  let trees = 0;
  for (
    const [tx, size] of [[back + side * 10, sample(scene, laws.near)], [
      side > 0 ? x0 - 10 : x1 + 10,
      sample(scene, laws.far),
    ]]
  ) {
    if (random.chance(0.4)) continue;
    trees++;
    canvas.fill(rectangle(tx - 1.5, base - 16, 3, 16), plain(under(hour, [0.33, 0.23, 0.15])));
    drawFoliage(scene, tx, base - 15 - size, size, size * 1.25, under(hour, TREES[world]));
  }
  const front = under(hour, dim(mix(wall.rgb, [0.9, 0.87, 0.8], 0.35), 0.92 - 0.12 * side * light.x)),
    flank = under(hour, dim(mix(wall.rgb, [0.9, 0.87, 0.8], 0.3), 0.68 + 0.22 * side * light.x));
  const tiles = under(hour, dim(roof.rgb, 0.85)), planks = cloud(random, 3, 3, 0.7, 0.2);
  canvas.fill(
    polygon(edge, base, back, base - rise, back, top + rise * 0.4, edge, top),
    textured(plain(flank), planks, 0.1),
  );
  canvas.fill(polygon(x0, base, x1, base, x1, top, mid, top - gable, x0, top), textured(plain(front), planks, 0.1));
  const overhang = 2.5, peak = top - gable - 1.5, slope = gable / (w / 2);
  const chimney = random.chance(0.6);
  if (chimney) {
    const cx = mid + side * deep * random.range(0.3, 0.6);
    canvas.fill(rectangle(cx, peak - 5, 4.5, 12), plain(under(hour, [0.55, 0.27, 0.2])));
    canvas.fill(rectangle(cx - 0.5, peak - 6, 5.5, 1.6), plain(under(hour, [0.3, 0.2, 0.18])));
  }
  canvas.fill(
    // deno-fmt-ignore
    polygon(
      mid, peak, mid + side * deep, peak - rise * 0.1,
      back + side * overhang, top + rise * 0.4 + slope * overhang,
      edge + side * overhang, top + slope * overhang,
    ),
    textured(plain(dim(tiles, 0.9 + 0.2 * side * light.x)), cloud(random, 3, 4, 0.8, 0.4), 0.25),
  );
  const eaves = [x0 - overhang, top + slope * overhang, mid, peak, x1 + overhang, top + slope * overhang];
  canvas.fill(stroke(eaves, 2.6), plain(dim(tiles, 0.7)));
  const trim = under(hour, [0.93, 0.92, 0.88]), glass: Rgb = night ? GLASS_LIT : under(hour, [0.42, 0.56, 0.68]);
  const window = (wx: number, wy: number, ww: number, wh: number): void => {
    canvas.fill(rectangle(wx - 0.9, wy - 0.9, ww + 1.8, wh + 1.8), plain(trim));
    canvas.fill(
      rectangle(wx, wy, ww, wh),
      gradient(wx, wy, mix(glass, [1, 1, 1], 0.2), wx + ww, wy + wh, dim(glass, 0.8)),
    );
    canvas.fill(rectangle(wx + ww / 2 - 0.4, wy, 0.8, wh), plain(trim));
    canvas.fill(rectangle(wx, wy + wh / 2 - 0.4, ww, 0.8), plain(trim));
  };
  const door = pickColor(scene), storey = h / storeys, doorAt = sample(scene, laws.door), dx = x0 + w * doorAt;
  canvas.fill(
    polygon(dx, base, dx + w * 0.18, base, dx + w * 0.3, 101, dx - w * 0.16, 101),
    plain(under(hour, [0.68, 0.63, 0.55])),
  );
  canvas.fill(rectangle(dx - 0.8, base - storey * 0.7 - 0.8, w * 0.17 + 1.6, storey * 0.7 + 0.8), plain(trim));
  canvas.fill(rectangle(dx, base - storey * 0.7, w * 0.17, storey * 0.7), plain(under(hour, dim(door.rgb, 0.8))));
  canvas.fill(ellipse(dx + w * 0.14, base - storey * 0.33, 0.6, 0.6), plain(trim));
  for (let s = 0; s < storeys; s++) {
    const wy = base - storey * (s + 0.78);
    window(x0 + w * 0.09, wy, w * 0.17, storey * 0.42);
    window(x0 + w * 0.74, wy, w * 0.17, storey * 0.42);
    if (s > 0) window(x0 + w * 0.42, wy, w * 0.17, storey * 0.42);
    const sx = edge + side * deep * 0.3, ww = side * deep * 0.35, up = rise * 0.45;
    canvas.fill(
      // deno-fmt-ignore
      polygon(
        sx, wy - up * 0.3, sx + ww, wy - up * 0.8, sx + ww, wy + storey * 0.4 - up,
        sx, wy + storey * 0.4 - up * 0.5,
      ),
      plain(dim(glass, night ? 1 : 0.8)),
    );
  }
  canvas.fill(ellipse(mid, top - gable * 0.32, 2.4, 2.4), plain(trim));
  canvas.fill(ellipse(mid, top - gable * 0.32, 1.6, 1.6), plain(glass));
  for (let k = random.index(4); k > 0; k--) {
    drawFoliage(
      scene,
      random.chance(0.5) ? x0 + random.range(-6, 6) : x1 + random.range(-6, 6),
      base + random.range(0, 2),
      random.range(4, 7),
      random.range(3, 4.5),
      under(hour, [0.22, 0.42, 0.2]),
      5,
    );
  }
  return {
    setting: "outdoors",
    walls: wall.name,
    roof: roof.name,
    hour: hour.name,
    trees: ["none", "one", "two"][trees],
    chimney: chimney ? "yes" : "no",
    storeys: storeys > 1 ? "two" : "one",
  };
}
