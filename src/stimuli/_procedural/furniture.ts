import type { Rgb } from "./canvas.ts";
import { cylinder, dim, ellipsoid, gradient, mix, plain, textured } from "./paint.ts";
import { blob, capsule, ellipse, mapped, type Path, polygon } from "./path.ts";
import { type Facts, pickColor, type Scene } from "./scene.ts";
import { drawStand } from "./stand.ts";
import { cloud } from "./texture.ts";
import { apart, type ByWorld, type Laws, sample } from "./world.ts";

/** How chairs differ. */
export const CHAIR_LAWS = {
  scale: { training: [31, 41], localizer: [24, 30] },
  turn: { training: { bell: 0.05 }, localizer: apart(0.09, 0.17) },
  skew: { training: [0.25, 0.42], localizer: [0.12, 0.22, 0.46, 0.56] },
  back: { training: [0.85, 1.05], localizer: [0.58, 0.76, 1.14, 1.26] },
  width: { training: [0.42, 0.52], localizer: [0.32, 0.39, 0.56, 0.64] },
} satisfies Laws;

/** How many slats a back has. */
const SLATS: ByWorld<number> = { training: 3, localizer: 5 };

/** How lamps differ. */
export const LAMP_LAWS = {
  scale: { training: [31, 42], localizer: [24, 30] },
  turn: { training: { bell: 0.05 }, localizer: apart(0.09, 0.17) },
  top: { training: [0.2, 0.38], localizer: [0.08, 0.16, 0.42, 0.5] },
  width: { training: [0.58, 0.75], localizer: [0.46, 0.54, 0.8, 0.9] },
  low: { training: [-0.18, 0], localizer: [-0.46, -0.26] },
} satisfies Laws;

/** Half the width of a round foot at three heights. */
const FEET: ByWorld<readonly [number, number, number]> = { training: [0.12, 0.34, 0.2], localizer: [0.3, 0.2, 0.34] };

/** A chair with four legs, seen at an angle. */
export function chair(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    { place, scale, distance, facing } = drawStand(scene, CHAIR_LAWS),
    color = pickColor(scene),
    cushion = pickColor(scene);
  const lay = (path: Path): Path => mapped(path, place),
    skew = sample(scene, CHAIR_LAWS.skew),
    back = sample(scene, CHAIR_LAWS.back),
    w = sample(scene, CHAIR_LAWS.width),
    slats = random.chance(0.5);
  const leg = 0.92, d = 0.24, seat = 0.12;
  const bar = (x0: number, y0: number, x1: number, y1: number, r: number, tone: number): void => {
    const [px, py] = place(x0, y0), [qx, qy] = place(x1, y1);
    canvas.fill(capsule(px, py, (r + 0.018) * scale, qx, qy, (r + 0.018) * scale), plain(dim(color.rgb, 0.3)), 0.8);
    canvas.fill(
      capsule(px, py, r * scale, qx, qy, r * scale),
      cylinder(px, py, qx, qy, r * scale * 1.05, dim(color.rgb, tone), light),
    );
  };
  canvas.fill(
    lay(polygon(-w, leg, w, leg + 0.06, w + skew, leg - d + 0.06, -w + skew, leg - d)),
    plain([0.03, 0.03, 0.04]),
    0.3,
  );
  // The back is on the left, the seat runs to the right; depth runs up and right.
  bar(-w + skew, seat - d, -w + skew, leg - d, 0.045, 0.6);
  bar(w + skew, seat - d, w + skew, leg - d, 0.045, 0.6);
  bar(-w + skew, seat - d, -w + skew - 0.1, seat - d - back, 0.05, 0.75);
  if (slats) {
    const count = SLATS[world], share = count + 0.1;
    for (let k = 1; k <= count; k++) {
      const lean = 0.1 * k / count;
      bar(-w + skew - lean, seat - d - back * k / share, -w - lean, seat - back * k / share, 0.045, 0.9);
    }
  } else {canvas.fill(
      lay(
        // deno-fmt-ignore
        polygon(
          -w - 0.03, seat - back * 0.3, -w + skew - 0.03, seat - d - back * 0.3,
          -w + skew - 0.1, seat - d - back * 0.96, -w - 0.1, seat - back * 0.96,
        ),
      ),
      textured(plain(dim(cushion.rgb, 0.85)), cloud(random, 5, 3, 0.7), 0.2),
    );}
  bar(-w, seat, -w - 0.1, seat - back, 0.055, 1);
  bar(-w - 0.1, seat - back, -w + skew - 0.1, seat - d - back, 0.055, 0.95);
  canvas.fill(lay(polygon(-w, seat + 0.12, w, seat + 0.14, w, seat, -w, seat)), plain(dim(color.rgb, 0.6)));
  canvas.fill(
    lay(polygon(w, seat + 0.14, w + skew, seat - d + 0.1, w + skew, seat - d, w, seat)),
    plain(dim(color.rgb, 0.45)),
  );
  canvas.fill(
    lay(polygon(-w, seat, w, seat + 0.02, w + skew, seat - d, -w + skew, seat - d)),
    textured(plain(slats ? dim(color.rgb, 1.05) : cushion.rgb), cloud(random, 5, 3, 0.7), 0.2),
  );
  bar(-w, seat + 0.1, -w, leg, 0.05, 0.95);
  bar(w, seat + 0.12, w, leg + 0.04, 0.05, 0.95);
  return {
    color: color.name,
    facing,
    back: slats ? "slats" : "cushion",
    accent: slats ? undefined : cushion.name,
    distance,
  };
}

/** A table lamp, on or off. */
export function lamp(scene: Scene): Facts {
  const { canvas, random, light, world } = scene,
    { place, scale, distance } = drawStand(scene, LAMP_LAWS),
    shade = pickColor(scene),
    foot = pickColor(scene),
    on = random.chance(0.5);
  const lay = (path: Path): Path => mapped(path, place),
    top = sample(scene, LAMP_LAWS.top),
    wide = sample(scene, LAMP_LAWS.width),
    low = sample(scene, LAMP_LAWS.low),
    round = random.chance(0.5);
  const [cx, cy] = place(0, -0.5), [bx, by] = place(0, 0.5);
  if (on) {
    for (const grow of [1.5, 1.15]) {
      canvas.fill(ellipse(cx, cy, scale * grow * 0.75, scale * grow * 0.75), plain([1, 0.94, 0.7]), 0.22);
    }
  }
  canvas.fill(lay(ellipse(0, 0.97, 0.45, 0.09)), plain([0.03, 0.03, 0.04]), 0.4);
  canvas.fill(
    lay(ellipse(0, 0.92, 0.36, 0.1)),
    ellipsoid(bx, by + 0.3 * scale, 0.45 * scale, 0.4 * scale, foot.rgb, light),
  );
  if (round) {
    const [a, b, c] = FEET[world];
    canvas.fill(
      lay(blob([0.07, low, a, 0.2, b, 0.5, c, 0.86, -c, 0.86, -b, 0.5, -a, 0.2, -0.07, low], 4)),
      ellipsoid(bx, by, 0.38 * scale, 0.6 * scale, foot.rgb, light, 0.4),
    );
  } else {
    const [px, py] = place(0, low), [qx, qy] = place(0, 0.92);
    canvas.fill(
      capsule(px, py, 0.065 * scale, qx, qy, 0.065 * scale),
      cylinder(px, py, qx, qy, 0.07 * scale, foot.rgb, light),
    );
  }
  const [sx, sy] = place(0, -0.95),
    [tx, ty] = place(0, low),
    glow: Rgb = on ? mix(shade.rgb, [1, 0.95, 0.75], 0.5) : shade.rgb;
  canvas.fill(
    lay([[-top, -0.95, top, -0.95, ...ellipse(0, low, wide, 0.11)[0].slice(0, 30), -wide, low]]),
    on
      ? gradient(sx, sy, dim(glow, 0.85), tx, ty, mix(glow, [1, 1, 0.9], 0.35))
      : cylinder(sx, sy, tx, ty, 0.72 * scale, shade.rgb, light),
  );
  canvas.fill(lay(ellipse(0, -0.95, top, 0.05)), plain(on ? [1, 0.98, 0.85] : dim(shade.rgb, 0.5)));
  return { color: shade.name, accent: foot.name, lit: on ? "on" : "off", distance };
}
