import type { Rgb } from "./canvas.ts";
import { dim, mix, plain, textured, varied } from "./paint.ts";
import { ellipse, rectangle, stroke } from "./path.ts";
import { COLORS, type Facts, pickColor, type Scene } from "./scene.ts";
import { drawSky, GLASS_LIT, Perspective, pickHour, under } from "./space.ts";
import { cloud } from "./texture.ts";
import { apart, type Laws, sample } from "./world.ts";

/** The vantage point in a street, and what stands along it, in units of the distance to the picture. */
export const STREET_LAWS = {
  aside: { training: { bell: 9 }, localizer: apart(12, 20) },
  horizon: { training: [48, 60], localizer: [37, 44, 64, 70] },
  eye: { training: [0.62], localizer: [0.36, 0.5] },
  front: { training: [0.4], localizer: [0.15] },
  half: { training: [0.55, 0.75], localizer: [0.34, 0.46, 0.86, 1.0] },
  lot: { training: [0.6, 1.1], localizer: [0.36, 0.54, 1.25, 1.6] },
  tall: { training: [2, 4.6], localizer: [5, 6.5] },
  low: { training: [1.0, 1.9], localizer: [0.78, 0.94] },
  storey: { training: [0.42], localizer: [0.28, 0.34] },
  lamps: { training: [1.7], localizer: [1.35] },
} satisfies Laws;

/** A street between buildings, in one-point perspective. */
export function street(scene: Scene): Facts {
  const { canvas, random, light, world } = scene, laws = STREET_LAWS, hour = pickHour(scene);
  const night = hour.name === "night", aside = sample(scene, laws.aside);
  const view = new Perspective(50 + aside, sample(scene, laws.horizon), 46), eye = sample(scene, laws.eye);
  drawSky(scene, hour, view.y);
  const road = under(hour, varied([0.3, 0.3, 0.32], random, 0.02)), pavement = under(hour, [0.62, 0.6, 0.57]);
  canvas.fill(rectangle(-1, view.y, 102, 101), plain(pavement));
  const half = sample(scene, laws.half), front = sample(scene, laws.front);
  canvas.fill(view.floor(eye, -half, half, front, 60), textured(plain(road), cloud(random, 10, 4, 0.8, 0.6), 0.18));
  for (const side of [-1, 1]) {
    canvas.fill(view.floor(eye, side * half, side * (half + 0.05), front, 60), plain(dim(pavement, 0.7)));
  }
  const paintWhite = plain(under(hour, [0.92, 0.92, 0.88]));
  for (let z = 0.7; z < 14; z *= 1.45) canvas.fill(view.floor(eye, -0.03, 0.03, z, z * 1.2), paintWhite);
  const crossing = random.chance(0.4);
  if (crossing) {
    for (let k = -4; k <= 4; k++) {
      canvas.fill(view.floor(eye, k * half / 5 - 0.045, k * half / 5 + 0.045, 1.15, 1.45), paintWhite);
    }
  }
  const tall = random.chance(0.5), storey = sample(scene, laws.storey), facade = pickColor(scene);
  for (const side of [-1, 1]) {
    const lots: { near: number; far: number; height: number; rgb: Rgb }[] = [];
    for (let z = 0.75; z < 15;) {
      const length = sample(scene, laws.lot) * (1 + z * 0.25),
        base = random.chance(0.5) ? facade.rgb : random.pick(COLORS[world]).rgb;
      lots.push({
        near: z,
        far: z + length,
        height: sample(scene, tall ? laws.tall : laws.low),
        rgb: under(hour, varied(mix(base, [0.72, 0.66, 0.58], 0.55), random)),
      });
      z += length;
    }
    for (const { near, far, height, rgb } of lots.reverse()) {
      const x = side * (half + 0.32),
        top = eye - height,
        shade = 0.8 - 0.25 * side * light.x,
        haze = Math.min(0.6, near * 0.05);
      const tone = mix(dim(rgb, shade), hour.low, haze);
      canvas.fill(
        view.front(near, Math.min(x, x + side * 3), Math.max(x, x + side * 3), top, eye),
        plain(mix(dim(rgb, 1.02), hour.low, haze)),
      );
      canvas.fill(view.wall(x, top, eye, near, far), plain(tone));
      canvas.fill(view.wall(x, top, top + 0.07, near, far), plain(dim(tone, 0.7)));
      const floors = Math.max(2, Math.floor(height / storey)),
        columns = Math.max(2, Math.floor((far - near) / (0.28 * (1 + near * 0.2))));
      for (let f = 0; f < floors; f++) {
        for (let c = 0; c < columns; c++) {
          const y0 = top + 0.14 + f * (height - 0.2) / floors,
            y1 = y0 + (height / floors) * 0.52,
            step = (far - near) / columns;
          const lit = night && random.chance(0.5);
          canvas.fill(
            view.wall(x, y0, y1, near + (c + 0.22) * step, near + (c + 0.78) * step),
            plain(lit ? GLASS_LIT : mix(under(hour, [0.26, 0.33, 0.4]), hour.low, haze)),
          );
        }
      }
    }
  }
  const gap = sample(scene, laws.lamps);
  for (let z = 6; z > 1; z /= gap) {
    const side = random.sign(),
      [x, y] = view.at([side * (half + 0.12), eye, z]),
      [, top] = view.at([0, eye - 0.95, z]),
      width = 2.2 / z;
    canvas.fill(stroke([x, y, x, top, x - side * 5 / z, top - 1.5 / z], width), plain(under(hour, [0.18, 0.18, 0.2])));
    canvas.fill(
      ellipse(x - side * 6 / z, top - 1.2 / z, 3 / z, 1.6 / z),
      plain(night ? [1, 0.95, 0.7] : [0.85, 0.85, 0.8]),
    );
  }
  return {
    setting: "outdoors",
    hour: hour.name,
    height: tall ? "tall" : "low",
    walls: facade.name,
    crossing: crossing ? "yes" : "no",
  };
}
