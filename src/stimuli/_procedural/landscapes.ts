import type { Rgb } from "./canvas.ts";
import { dim, gradient, mix, plain, textured, varied } from "./paint.ts";
import { curve, ellipse, polygon, rectangle, stroke } from "./path.ts";
import { type Facts, pickColor, type Scene } from "./scene.ts";
import { drawFoliage, drawSky, pickHour, under } from "./space.ts";
import { cloud } from "./texture.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** Where a beach's lines and shades are, in units of the drawing. */
export const BEACH_LAWS = {
  horizon: { training: [30, 48], localizer: [19, 27, 51, 56] },
  near: { training: [60, 76], localizer: [79, 86] },
  far: { training: [48, 60], localizer: [63, 70] },
  trunk: { training: [42, 58], localizer: [60, 70] },
  bend: { training: [4, 14], localizer: [17, 26] },
  leaf: { training: [14, 20], localizer: [22, 27] },
  parasol: { training: [11, 16], localizer: [17, 20] },
  wave: { training: [14, 36], localizer: [40, 60] },
} satisfies Laws;

const SANDS: ByWorld<Rgb> = { training: [0.88, 0.76, 0.54], localizer: [0.72, 0.62, 0.5] };
const SEAS: ByWorld<Rgb> = { training: [0.16, 0.5, 0.6], localizer: [0.16, 0.34, 0.5] };

/** Where a forest's ground begins and how its trees stand. */
export const FOREST_LAWS = {
  horizon: { training: [52, 64], localizer: [40, 49, 67, 73] },
  girth: { training: [0.7, 1.25], localizer: [0.42, 0.6, 1.4, 1.7] },
  lean: { training: { bell: 2 }, localizer: apart(3, 6) },
  bend: { training: { bell: 12 }, localizer: apart(14, 24) },
} satisfies Laws;

/** How many trees stand in each layer, from the farthest to the nearest. */
const TREES: ByWorld<readonly number[]> = { training: [11, 8, 5, 3], localizer: [16, 6, 7, 2] };

/** A beach with the sea on one side. */
export function beach(scene: Scene): Facts {
  const { canvas, random, world } = scene, laws = BEACH_LAWS, hour = pickHour(scene);
  const horizon = sample(scene, laws.horizon), side = random.sign();
  drawSky(scene, hour, horizon);
  const sea = under(hour, varied(SEAS[world], random, 0.05)), ripples = cloud(random, 4, 5, 0.8, 0.18);
  canvas.fill(
    rectangle(-1, horizon, 102, 70),
    textured(gradient(0, horizon, dim(sea, 0.75), 0, 85, mix(sea, [0.6, 0.9, 0.88], 0.35)), ripples, 0.35),
  );
  const hills = random.chance(0.4);
  if (hills) {
    const hill = under(hour, mix([0.3, 0.42, 0.3], hour.low, 0.4)), x = random.range(-10, 70);
    canvas.fill([
      curve([x, horizon, x + 14, horizon - 6, x + 26, horizon - 4, x + 36, horizon - 9, x + 55, horizon], false, 5),
    ], plain(hill));
  }
  const near = sample(scene, laws.near),
    far = sample(scene, laws.far) * 0.9 + 6,
    sand = under(hour, varied(SANDS[world], random));
  const y = (t: number): number => (side > 0 ? near + (far - near) * t : far + (near - far) * t);
  const shore: number[] = [];
  for (let k = -1; k <= 6; k++) shore.push(k * 20, y(k / 5) + random.bell(1.6));
  const line = curve(shore, false, 5);
  const down = (lift: number): readonly number[] => [...line.map((v, i) => i % 2 ? v + lift : v), 121, 130, -21, 130];
  canvas.fill([down(-3)], plain(mix(sea, [0.9, 1, 1], 0.35)), 0.6);
  canvas.fill([down(-0.6)], plain(under(hour, [0.97, 0.98, 0.98])));
  canvas.fill([down(1.6)], plain(dim(sand, 0.72)));
  canvas.fill(
    [down(6)],
    textured(gradient(0, 60, dim(sand, 0.92), 0, 100, sand), cloud(random, 10, 5, 0.85, 0.5), 0.22),
  );
  for (let k = 0; k < 3 + random.index(4); k++) {
    const wy = random.range(horizon + 4, Math.min(near, far) - 4),
      wx = random.range(-10, 80),
      w = sample(scene, laws.wave);
    canvas.fill(
      stroke(curve([wx, wy, wx + w * 0.3, wy - 1, wx + w * 0.7, wy + 0.5, wx + w, wy], false, 3), 1.3, 0.4),
      plain(under(hour, [0.96, 0.98, 0.98])),
      0.8,
    );
  }
  let shade: string | undefined, parasol: string | undefined;
  if (random.chance(0.5)) {
    const px = side > 0 ? random.range(8, 30) : random.range(70, 92),
      py = random.range(80, 94),
      tilt = side * sample(scene, laws.bend),
      height = sample(scene, laws.trunk),
      bark = under(hour, [0.42, 0.3, 0.18]);
    canvas.fill(ellipse(px + 8, py, 12, 1.6), plain([0.1, 0.08, 0.05]), 0.3);
    canvas.fill(
      stroke(curve([px, py, px + tilt * 0.3, py - height * 0.5, px + tilt, py - height], false, 6), 4, 2.2),
      plain(bark),
    );
    const leaf = under(hour, [0.2, 0.45, 0.18]);
    for (let k = 0; k < 8; k++) {
      const u = -1 + 2 * k / 7, reach = sample(scene, laws.leaf), tx = px + tilt, ty = py - height;
      canvas.fill(
        stroke(
          curve([tx, ty, tx + u * reach * 0.6, ty - 6 + 5 * u * u, tx + u * reach, ty + 4 + 8 * u * u], false, 5),
          4.2,
          0.6,
        ),
        plain(dim(leaf, random.range(0.75, 1.2))),
      );
    }
    shade = "palm";
  } else if (random.chance(0.6)) {
    const color = pickColor(scene),
      ux = side > 0 ? random.range(18, 40) : random.range(60, 82),
      uy = random.range(80, 92),
      r = sample(scene, laws.parasol);
    canvas.fill(ellipse(ux + 3, uy, r, 2.2), plain([0.1, 0.08, 0.05]), 0.35);
    canvas.fill(stroke([ux, uy, ux - 2, uy - r * 1.7], 1.2), plain(under(hour, [0.8, 0.8, 0.78])));
    for (let k = 0; k < 6; k++) {
      const a = -1 + k / 3, b = a + 1 / 3, cy = uy - r * 1.5;
      canvas.fill([
        curve(
          [ux - 2, cy - r * 0.72, ux - 2 + a * r * 0.75, cy - r * 0.55 * (1 - a * a * 0.4), ux - 2 + a * r, cy],
          false,
          4,
        ).concat([ux - 2 + b * r, cy, ux - 2 + b * r * 0.75, cy - r * 0.55 * (1 - b * b * 0.4)]),
      ], plain(under(hour, k % 2 ? color.rgb : [0.95, 0.94, 0.9])));
    }
    shade = "parasol";
    parasol = color.name;
  }
  return {
    setting: "outdoors",
    hour: hour.name,
    shade: shade ?? "none",
    parasol,
    hills: hills ? "yes" : "no",
    sea: side > 0 ? "left" : "right",
  };
}

interface Season {
  readonly name: string;
  readonly leaf: Rgb;
  readonly ground: Rgb;
  readonly mist: Rgb;
}

const TRAINING_SEASONS: readonly Season[] = [
  { name: "summer", leaf: [0.24, 0.46, 0.18], ground: [0.3, 0.34, 0.16], mist: [0.72, 0.82, 0.62] },
  { name: "autumn", leaf: [0.78, 0.42, 0.13], ground: [0.5, 0.32, 0.16], mist: [0.9, 0.78, 0.55] },
  { name: "winter", leaf: [0.3, 0.4, 0.38], ground: [0.9, 0.92, 0.95], mist: [0.82, 0.86, 0.9] },
  { name: "spring", leaf: [0.5, 0.68, 0.25], ground: [0.38, 0.46, 0.2], mist: [0.82, 0.9, 0.75] },
];

/** The localizer's seasons have the colours of the weeks between those of training. */
const SEASONS: ByWorld<readonly Season[]> = {
  training: TRAINING_SEASONS,
  localizer: [
    { name: "summer", leaf: [0.16, 0.36, 0.26], ground: [0.24, 0.28, 0.22], mist: [0.6, 0.74, 0.72] },
    { name: "autumn", leaf: [0.6, 0.24, 0.16], ground: [0.42, 0.24, 0.18], mist: [0.8, 0.66, 0.62] },
    { name: "winter", leaf: [0.38, 0.36, 0.32], ground: [0.62, 0.6, 0.56], mist: [0.72, 0.72, 0.7] },
    { name: "spring", leaf: [0.72, 0.66, 0.3], ground: [0.5, 0.5, 0.28], mist: [0.92, 0.88, 0.74] },
  ],
};

/** A forest in one of the seasons. */
export function forest(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    laws = FOREST_LAWS,
    season = random.pick(SEASONS[world]),
    misty = random.chance(0.4),
    horizon = sample(scene, laws.horizon);
  const mist = varied(season.mist, random, 0.03),
    leaf = varied(season.leaf, random, 0.04),
    ground = varied(season.ground, random, 0.03);
  canvas.cover(textured(gradient(0, 0, dim(leaf, 0.8), 0, horizon, mist), cloud(random, 9, 4, 0.8), 0.35));
  canvas.fill(
    rectangle(-1, horizon, 102, 102 - horizon),
    textured(
      gradient(0, horizon, mix(ground, mist, 0.5), 0, 100, dim(ground, 0.8)),
      cloud(random, 10, 5, 0.85, 0.5),
      0.4,
    ),
  );
  const path = random.chance(0.45);
  if (path) {
    const bend = sample(scene, laws.bend), px = 50 + random.bell(10);
    canvas.fill(
      [
        curve([px - 2, horizon, px - 3 + bend * 0.4, horizon + 12, 22 + bend, 101], false, 5).concat(
          curve([78 + bend, 101, px + 5 + bend * 0.4, horizon + 12, px + 2, horizon], false, 5),
        ),
      ],
      plain(mix(ground, [0.72, 0.62, 0.48], 0.6)),
      0.9,
    );
  }
  const bark: Rgb = random.chance(0.25) ? [0.72, 0.7, 0.66] : varied([0.3, 0.22, 0.15], random);
  for (let layer = 0; layer < 4; layer++) {
    const near = layer / 3,
      count = TREES[world][layer],
      fade = (1 - near) * (misty ? 0.85 : 0.6),
      base = horizon + 1 + near * near * 32;
    const trunk = mix(bark, mist, fade), leaves = mix(leaf, mist, fade * 0.8);
    for (let k = 0; k < count; k++) {
      const x = (k + random.range(0.1, 0.9)) * 100 / count,
        r = (0.8 + 3.6 * near) * sample(scene, laws.girth),
        y = base + random.bell(1 + 2 * near);
      if (path && near > 0.3 && x > 36 && x < 64) continue;
      const lean = sample(scene, laws.lean), shade = 0.75;
      canvas.fill(
        polygon(x - r * 1.35, y + r * 0.5, x - r + lean, -2, x + r + lean, -2, x + r * 1.35, y + r * 0.5),
        gradient(x - r * 1.2, 0, dim(trunk, shade - 0.3 * light.x), x + r * 1.2, 0, dim(trunk, shade + 0.3 * light.x)),
      );
      if (near > 0.3 && season.name !== "winter") {
        // deno-fmt-ignore
        drawFoliage(
          scene, x + random.bell(5), random.range(-4, 14), random.range(11, 18), random.range(7, 12), leaves,
          8,
        );
      } else if (near > 0.3) {
        canvas.fill(
          stroke(
            [x, 22 + random.range(0, 16), x + random.sign() * random.range(8, 16), random.range(2, 14)],
            r * 0.7,
            0.5,
          ),
          plain(trunk),
        );
      } else drawFoliage(scene, x, random.range(2, 26), random.range(7, 12), random.range(5, 10), leaves, 6);
    }
    if (near > 0.6 && season.name !== "winter") {
      for (let k = 0; k < 5; k++) {
        // deno-fmt-ignore
        drawFoliage(
          scene, random.range(0, 100), base + random.range(2, 12), random.range(5, 9),
          random.range(2.5, 4.5), dim(leaf, 0.85), 5,
        );
      }
    }
  }
  return {
    setting: "outdoors",
    season: season.name,
    air: misty ? "misty" : "clear",
    path: path ? "yes" : "no",
  };
}
