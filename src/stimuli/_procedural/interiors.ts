import type { Rgb } from "./canvas.ts";
import { dim, gradient, mix, plain, textured, varied } from "./paint.ts";
import { ellipse } from "./path.ts";
import { type Facts, pickColor, type Scene } from "./scene.ts";
import { Perspective } from "./space.ts";
import { cloud } from "./texture.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** The vantage point in a corridor, and its size in units of the distance to the picture. */
export const CORRIDOR_LAWS = {
  aside: { training: { bell: 11 }, localizer: apart(15, 25) },
  above: { training: { bell: 6 }, localizer: apart(8, 13) },
  reach: { training: [58], localizer: [44, 50, 66, 72] },
  far: { training: [3.6, 7], localizer: [2.4, 3.3, 7.6, 9.5] },
  floor: { training: [0.75, 0.95], localizer: [0.62, 0.71] },
  ceiling: { training: [0.75, 0.95], localizer: [1.0, 1.25] },
  width: { training: [0.7, 1], localizer: [0.46, 0.62, 1.1, 1.35] },
  near: { training: [0.3], localizer: [0.12] },
  tiles: { training: [1.25], localizer: [1.5] },
} satisfies Laws;

/** The vantage point in a kitchen, and its size. */
export const KITCHEN_LAWS = {
  aside: { training: { bell: 7 }, localizer: apart(10, 17) },
  above: { training: { bell: 4 }, localizer: apart(6, 10) },
  back: { training: [1.35, 1.7], localizer: [1.12, 1.26, 1.85, 2.15] },
  width: { training: [0.95, 1.15], localizer: [0.78, 0.88, 1.25, 1.4] },
  tile: { training: [0.3], localizer: [0.2] },
  table: { training: { bell: 0.15 }, localizer: apart(0.2, 0.4) },
} satisfies Laws;

/** How many cupboards stand side by side. */
const CUPBOARDS: ByWorld<readonly number[]> = { training: [4], localizer: [3, 5] };

/** A corridor in one-point perspective. */
export function corridor(scene: Scene): Facts {
  const { canvas, random, light } = scene,
    wall = pickColor(scene),
    floor = pickColor(scene),
    door = pickColor(scene);
  const laws = CORRIDOR_LAWS,
    view = new Perspective(50 + sample(scene, laws.aside), 48 + sample(scene, laws.above), sample(scene, laws.reach)),
    far = sample(scene, laws.far),
    low = sample(scene, laws.floor),
    high = -sample(scene, laws.ceiling),
    tiles = sample(scene, laws.tiles),
    near = sample(scene, laws.near);
  const wide = sample(scene, laws.width),
    pale = mix(wall.rgb, [0.9, 0.88, 0.84], 0.5),
    bright = random.range(0.75, 1.1);
  const tone = (rgb: Rgb, factor: number): Rgb => dim(rgb, factor * bright);
  const [cx, cy] = [view.x, view.y], [, farLow] = view.at([0, low, far]), [, farHigh] = view.at([0, high, far]);
  const ground = mix(floor.rgb, [0.55, 0.52, 0.48], 0.4);
  canvas.cover(gradient(0, farLow, tone(ground, 0.5), 0, 100, tone(ground, 1)));
  canvas.fill(
    view.floor(high, -wide * 3, wide * 3, near, far),
    gradient(0, farHigh, tone([0.9, 0.9, 0.88], 0.6), 0, 0, tone([0.9, 0.9, 0.88], 0.95)),
  );
  if (random.chance(0.6)) {
    for (let z = 0.6, k = 0; z < far; z *= tiles, k++) {
      for (let u = -3; u < 3; u++) {
        if ((u + k) % 2) {
          canvas.fill(
            view.floor(low, u * wide / 3, (u + 1) * wide / 3, z, Math.min(far, z * tiles)),
            plain([0, 0, 0]),
            0.22,
          );
        }
      }
    }
  }
  const grain = cloud(random, 4, 4, 0.7);
  for (const side of [-1, 1]) {
    const edge = side < 0 ? -1 : 101, shade = 0.9 - 0.22 * side * light.x, [fx] = view.at([side * wide, 0, far]);
    canvas.fill(
      view.wall(side * wide, high, low, near, far),
      textured(gradient(edge, 0, tone(pale, shade), fx, 0, tone(pale, shade * 0.6)), grain, 0.08),
    );
    canvas.fill(view.wall(side * wide, low - 0.09, low, near, far), plain(tone(pale, shade * 0.45)));
    for (let z = random.range(0.9, 1.3); z < far - 0.5; z *= random.range(1.5, 1.8)) {
      if (random.chance(0.15)) continue;
      const wood = tone(mix(door.rgb, [0.5, 0.36, 0.24], 0.35), shade * (1 - 0.08 * z)), end = z + 0.42;
      canvas.fill(view.wall(side * wide, low - 1.22, low, z - 0.04, end + 0.04), plain(dim(wood, 0.5)));
      canvas.fill(view.wall(side * wide, low - 1.17, low, z, end), plain(wood));
      const [kx, ky] = view.at([side * wide, low - 0.56, z + 0.07]);
      canvas.fill(ellipse(kx, ky, 1.1 / z, 1.1 / z), plain([0.9, 0.85, 0.6]));
    }
  }
  const window = random.chance(0.5), back = tone(pale, 0.7);
  canvas.fill(view.front(far, -wide, wide, high, low), plain(back));
  if (window) {
    canvas.fill(view.front(far, -wide * 0.6, wide * 0.6, high * 0.7, low * 0.45), plain([0.95, 0.97, 0.98]));
    canvas.fill(view.front(far, -wide * 0.05, wide * 0.05, high * 0.7, low * 0.45), plain(back));
    canvas.fill(view.front(far * 0.98, -wide * 0.4, wide * 0.4, low, low * 1.06), plain([1, 1, 1]), 0.35);
  } else {
    canvas.fill(view.front(far, -wide * 0.42, wide * 0.42, low - 1.25, low), plain(tone(door.rgb, 0.55)));
  }
  const lamps = random.chance(0.5) ? 0.14 : 0.4;
  for (let z = 0.8; z < far - 0.3; z *= 1.45) {
    canvas.fill(view.floor(high + 0.01, -wide * lamps, wide * lamps, z, z * 1.18), plain([1, 1, 0.96]), 0.95);
  }
  canvas.fill(ellipse(cx, cy, 60, 60), plain([1, 0.97, 0.9]), 0.03);
  return {
    setting: "indoors",
    walls: wall.name,
    floor: floor.name,
    end: window ? "window" : "door",
    lighting: bright > 0.92 ? "bright" : "dim",
  };
}

/** A kitchen: cupboards, a worktop, a window, a stove and a fridge. */
export function kitchen(scene: Scene): Facts {
  const { canvas, random, light } = scene,
    wall = pickColor(scene),
    units = pickColor(scene),
    tilesColor = pickColor(scene);
  const laws = KITCHEN_LAWS,
    view = new Perspective(50 + sample(scene, laws.aside), 44 + sample(scene, laws.above), 60),
    tile = sample(scene, laws.tile),
    back = sample(scene, laws.back),
    low = 0.95,
    high = -0.85,
    wide = sample(scene, laws.width);
  const bright = random.range(0.8, 1.1), tone = (rgb: Rgb, factor: number): Rgb => dim(rgb, factor * bright);
  const paintedWall = mix(wall.rgb, [0.92, 0.9, 0.84], 0.6),
    front = mix(units.rgb, [0.8, 0.76, 0.7], 0.25),
    floor = mix(tilesColor.rgb, [0.75, 0.7, 0.62], 0.5);
  canvas.cover(plain(tone(floor, 0.8)));
  const columns = Math.round(1.2 / tile);
  for (let u = -columns; u < columns; u++) {
    for (let k = 0; k < 6; k++) {
      if ((u + k) % 2 === 0) continue;
      canvas.fill(
        view.floor(low, u * tile, (u + 1) * tile, 0.5 + k * 0.22, 0.5 + (k + 1) * 0.22),
        plain(tone(floor, 1.08)),
      );
    }
  }
  canvas.fill(view.floor(high, -3, 3, 0.3, back), plain(tone([0.95, 0.94, 0.9], 0.9)));
  canvas.fill(
    view.front(back, -wide, wide, high, low),
    textured(plain(tone(paintedWall, 0.92)), cloud(random, 4, 4, 0.7), 0.07),
  );
  for (const side of [-1, 1]) {
    canvas.fill(view.wall(side * wide, high, low, 0.3, back), plain(tone(paintedWall, 0.78 - 0.18 * side * light.x)));
  }

  const z = back * 0.86, top = low - 0.62, fridgeSide = random.sign(), inner = wide * 0.98;
  // deno-fmt-ignore
  const cupboard = (
    left: number, right: number, upper: number, lower: number, depth: number, shade: number, knobLow: boolean,
  ): void => {
    canvas.fill(view.front(depth, left, right, upper, lower), plain(tone(front, shade * 0.55)));
    canvas.fill(
      view.front(depth, left + 0.015, right - 0.015, upper + 0.015, lower - 0.015),
      plain(tone(front, shade)),
    );
    canvas.fill(
      view.front(depth, left + 0.05, right - 0.05, upper + 0.06, lower - 0.06),
      plain(tone(front, shade * 0.9)),
    );
    const [kx, ky] = view.at([right - 0.05, knobLow ? lower - 0.07 : upper + 0.08, depth]);
    canvas.fill(ellipse(kx, ky, 0.8, 0.8), plain([0.9, 0.88, 0.8]));
  };
  const left = fridgeSide < 0 ? -inner + 0.42 : -inner,
    right = fridgeSide > 0 ? inner - 0.42 : inner,
    counts = CUPBOARDS[scene.world],
    count = counts.length === 1 ? counts[0] : random.pick(counts),
    step = (right - left) / count;
  const stove = random.index(count), windowed = random.chance(0.7) ? (stove + 2) % count : -1;
  for (let k = 0; k < count; k++) {
    const a = left + k * step, b = a + step;
    if (windowed >= 0 && (k === windowed || k === Math.min(count - 1, windowed + 1))) {
      if (k !== windowed) continue;
      const end = Math.min(right, a + 2 * step);
      canvas.fill(view.front(back, a + 0.03, end - 0.03, high + 0.18, high + 0.86), plain([0.95, 0.95, 0.92]));
      canvas.fill(
        view.front(back, a + 0.07, end - 0.07, high + 0.22, high + 0.82),
        gradient(0, view.at([0, high, back])[1], [0.5, 0.72, 0.95], 0, view.at([0, high + 0.8, back])[1], [
          0.8,
          0.9,
          0.8,
        ]),
      );
      canvas.fill(
        view.front(back, (a + end) / 2 - 0.015, (a + end) / 2 + 0.015, high + 0.2, high + 0.84),
        plain([0.95, 0.95, 0.92]),
      );
    } else if (k === stove) {
      canvas.fill(
        view.patch([a + 0.12, high, z], [b - 0.12, high, z], [b - 0.12, high + 0.3, z], [b, high + 0.55, z], [
          a,
          high + 0.55,
          z,
        ], [a + 0.12, high + 0.3, z]),
        plain(tone([0.7, 0.72, 0.74], 0.9)),
      );
    } else {
      cupboard(a, b, high + 0.06, high + 0.68, z * 1.08, 1, true);
    }
  }
  canvas.fill(view.floor(top, left, right, z, back), plain(tone([0.85, 0.82, 0.78], 1)));
  canvas.fill(view.front(z, left, right, top, top + 0.06), plain(tone([0.5, 0.45, 0.4], 0.9)));
  for (let k = 0; k < count; k++) {
    const a = left + k * step, b = a + step;
    if (k !== stove) {
      cupboard(a, b, top + 0.06, low, z, 0.92, false);
      continue;
    }
    canvas.fill(view.front(z, a, b, top, low), plain(tone([0.86, 0.86, 0.87], 0.95)));
    canvas.fill(view.front(z, a + 0.05, b - 0.05, top + 0.2, low - 0.12), plain([0.12, 0.12, 0.14]));
    for (let knob = 0; knob < 4; knob++) {
      const [kx, ky] = view.at([a + step * (0.2 + knob * 0.2), top + 0.1, z]);
      canvas.fill(ellipse(kx, ky, 0.9, 0.9), plain([0.1, 0.1, 0.1]));
    }
    const [px, py] = view.at([(a + b) / 2, top - 0.07, z * 1.05]),
      pot = random.pick([[0.75, 0.2, 0.15], [0.3, 0.32, 0.35], [0.2, 0.35, 0.6]] as const);
    canvas.fill(
      [[px - 5, py - 3.4, px + 5, py - 3.4, px + 4.4, py + 3, px - 4.4, py + 3]],
      gradient(px - 5, 0, dim(pot, 0.7), px + 5, 0, dim(pot, 1.2)),
    );
    canvas.fill(ellipse(px, py - 3.4, 5, 1.2), plain(dim(pot, 0.5)));
  }
  const f0 = fridgeSide < 0 ? -inner : inner - 0.4,
    f1 = f0 + 0.4,
    steel = random.chance(0.5) ? [0.93, 0.93, 0.92] as const : [0.66, 0.68, 0.7] as const;
  canvas.fill(
    view.front(z * 0.97, f0, f1, high + 0.28, low),
    gradient(view.at([f0, 0, z])[0], 0, tone(steel, 1), view.at([f1, 0, z])[0], 0, tone(steel, 0.85)),
  );
  canvas.fill(view.front(z * 0.97, f0, f1, high + 0.78, high + 0.81), plain(tone(steel, 0.5)));
  for (const [a, b] of [[0.55, 0.72], [0.88, 1.15]]) {
    canvas.fill(view.front(z * 0.96, f0 + 0.05, f0 + 0.08, high + a, high + b), plain(tone(steel, 0.45)));
  }
  const table = random.chance(0.5);
  if (table) {
    const wood = varied([0.6, 0.42, 0.26], random), tx = sample(scene, laws.table), ty = low - 0.5, n = 0.72, f = 0.95;
    for (const dx of [-0.3, 0.28]) {
      canvas.fill(view.front(n + 0.03, tx + dx, tx + dx + 0.04, ty, low), plain(tone(wood, 0.6)));
    }
    canvas.fill(view.floor(ty, tx - 0.36, tx + 0.36, n, f), plain(tone(wood, 1.1)));
    canvas.fill(view.front(n, tx - 0.36, tx + 0.36, ty, ty + 0.05), plain(tone(wood, 0.8)));
    const [bx, by] = view.at([tx, ty - 0.03, 0.84]);
    canvas.fill(ellipse(bx, by, 6, 2.6), plain([0.92, 0.92, 0.9]));
    for (const dx of [-2.4, 0.2, 2.6]) {
      canvas.fill(ellipse(bx + dx, by - 2, 2, 2), plain(varied([0.85, 0.4, 0.15], random, 0.12)));
    }
  }
  return {
    setting: "indoors",
    cupboards: units.name,
    walls: wall.name,
    table: table ? "yes" : "no",
    window: windowed >= 0 ? "yes" : "no",
    fridge: fridgeSide > 0 ? "right" : "left",
    lighting: bright > 0.95 ? "bright" : "dim",
  };
}
